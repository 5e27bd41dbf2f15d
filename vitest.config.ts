import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/host/**'],
    setupFiles: ['test/support/property-seed.ts'],
    testTimeout: 20_000,
    // A state is waited for as long as a busy machine may take to come to it.
    expect: { poll: { timeout: 10_000 } },
    // Two cores are the smallest machine this has to pass on; the embedded model's child process wants one of them.
    maxWorkers: 2,
  },
});
