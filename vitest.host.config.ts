import { defineConfig } from 'vitest/config';
import { typing } from './vitest.typing.config.ts';

/** Tests inside the real VS Code. A window mostly waits, so two share the machine. */
export default defineConfig({
  test: {
    include: ['test/host/**/*.test.ts'],
    exclude: [...typing],
    testTimeout: 90_000,
    hookTimeout: 90_000,
    maxWorkers: 2,
    // A window that starts while another one does can be slow beyond any limit; what fails twice is wrong.
    retry: 1,
  },
});
