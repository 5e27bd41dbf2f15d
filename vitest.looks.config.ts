import { defineConfig } from 'vitest/config';

/** Right but slow: pages looked at in three themes, each after a reload of the window, what dies and comes back, and what takes the whole editor. */
export const looks = [
  'test/host/chat-crashes.test.ts',
  'test/host/code-and-chat.test.ts',
  'test/host/completion-learning.test.ts',
  'test/host/completion-menu.test.ts',
  'test/host/edits-looks.test.ts',
  'test/host/looks.test.ts',
  'test/host/request-log.test.ts',
  'test/host/usage.test.ts',
] as const;

/** npm run test:looks. */
export default defineConfig({
  test: {
    include: [...looks],
    testTimeout: 90_000,
    hookTimeout: 90_000,
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: 1,
    fileParallelism: false,
  },
});
