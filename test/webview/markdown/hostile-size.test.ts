import { describe, expect, it } from 'vitest';
import { useChatPages } from '../support/use-chat-pages.ts';
import { assistant, chat } from '../support/views.ts';

const open = useChatPages();

const nestedLists = (depth: number): string =>
  Array.from({ length: depth }, (_, nth) => `${'  '.repeat(nth)}- x\n`).join('');

describe('a reply without measure', () => {
  function check(what: string, text: string, letters: number) {
    it(`${what} is drawn, and the page lives`, async () => {
      await using page = await open();
      await page.page.evaluate(() => {
        const tasks: number[] = [];
        Object.assign(window, { tasks });
        new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
          type: 'longtask',
        });
      });
      await page.snapshot(chat({ messages: [assistant('a1', text)] }));
      const drawn = () => page.page.locator('.markdown').evaluate((box) => box.textContent?.length ?? 0);
      await expect.poll(drawn, { timeout: 50_000 }).toBeGreaterThan(letters);
      const tasks = await page.page.evaluate<number[]>(() => Reflect.get(window, 'tasks'));
      console.log(`${what}: longest task ${Math.max(0, ...tasks).toFixed(0)} ms`);
      await page.testId('composer').fill('alive');
      expect(page.alarms).toEqual([]);
    }, 60_000);
  }

  check('one line of 1 MB', 'word '.repeat(200_000), 900_000);
  check('a list of 10,000 items', '- an item of the list\n'.repeat(10_000), 190_000);
  check('10,000 quotations in each other', `${'>'.repeat(10_000)} deep`, 3);
  check('a fence that is never closed', `\`\`\`js\n${'let a = 1;\n'.repeat(20_000)}`, 190_000);
  check('1 MB of one line of code', `\`\`\`js\n${'a+'.repeat(500_000)}\n\`\`\``, 10_000);
  check('brackets', '['.repeat(50_000), 49_000);
  check('stars', '*a '.repeat(20_000), 39_000);
  check('escapes of a terminal', '\u001b[31mred\u001b[0m'.repeat(10_000), 29_000);
  check('1,000 lists in each other', nestedLists(1000), 900);
  check('tags in each other', '<details><b>'.repeat(5000), -1);
});
