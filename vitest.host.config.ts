import { defineConfig } from 'vitest/config';
import { looks } from './vitest.looks.config.ts';

/** Tests inside the real VS Code: one window at a time, it needs both cores. */
export default defineConfig({
  test: {
    include: ['test/host/**/*.test.ts'],
    exclude: [...looks],
    testTimeout: 90_000,
    hookTimeout: 90_000,
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: 1,
    fileParallelism: false,
  },
});
