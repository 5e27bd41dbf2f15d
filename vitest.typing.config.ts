import { defineConfig } from 'vitest/config';

/** Where it matters which key comes before which answer. */
export const typing = [
  'test/host/completion.test.ts',
  'test/host/completion-along.test.ts',
  'test/host/completion-calm.test.ts',
  'test/host/completion-places.test.ts',
  'test/host/completion-streaming.test.ts',
] as const;

/** Tests inside the real VS Code that type: one window at a time, as a person has. */
export default defineConfig({
  test: {
    include: [...typing],
    testTimeout: 90_000,
    hookTimeout: 90_000,
    maxWorkers: 1,
    fileParallelism: false,
    retry: 1,
  },
});
