import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import type { ChatPage } from '../support/chat-page.ts';
import { useChatPages } from '../support/use-chat-pages.ts';
import { assistant, chat } from '../support/views.ts';

const open = useChatPages();

async function show(text: string): Promise<ChatPage> {
  const page = await open();
  await page.snapshot(chat({ messages: [assistant('a1', text)] }));
  return page;
}

describe('formulas', () => {
  it('are typeset where they are meant, and prices are left alone', async () => {
    const text = [
      'Inline $a_1 * b_1$, \\(x < y\\) and a price of $5 and $6, or US$7-$8.',
      '',
      'Then',
      '$$',
      '\\sum_{i=0}^n i',
      '+ 1',
      '$$',
      '',
      '\\[ e = mc^2 \\]',
      '',
      '`$HOME` and $HOME/$USER stay.',
    ].join('\n');
    await using page = await show(text);
    const formulas = page.page.locator('.formula math');
    await expect.poll(() => formulas.count()).toBe(4);
    expect(await page.page.locator('.formula.display math').count()).toBe(2);
    const words = await page.page.locator('.markdown').innerText();
    for (const kept of ['$5 and $6', 'US$7-$8', '$HOME/$USER']) expect(words).toContain(kept);
    expect(page.alarms).toEqual([]);
  });

  it('that are none show their source', async () => {
    await using page = await show('Here: $\\frac{1}$ end, and $\\href{javascript:pwned()}{x}$.');
    await expect.poll(() => page.page.locator('.formula-problem').count()).toBeGreaterThan(0);
    expect(await page.page.locator('.formula-problem').first().textContent()).toBe('\\frac{1}');
    expect(await page.page.locator('.markdown [href]').count()).toBe(0);
  });
});

describe('files and names in code', () => {
  it('are asked for together; those that are files open the editor', async () => {
    await using page = await show(
      'See `src/a.ts:12`, [the other](src/b.ts#L3-L9), `none/such.ts`, `../up.ts` and `Session.receive()`.',
    );
    const asked = await (async () => {
      await expect
        .poll(async () => await page.page.evaluate(() => Reflect.get(window, 'testPosted').length))
        .toBeGreaterThan(1);
      return (await page.posted()).filter(({ type }) => type === 'find-files');
    })();
    expect(asked).toEqual([{ type: 'find-files', paths: ['src/a.ts', 'src/b.ts', 'none/such.ts'] }]);
    await page.send({
      type: 'files-found',
      asked: ['src/a.ts', 'src/b.ts', 'none/such.ts'],
      found: ['src/a.ts', 'src/b.ts'],
    });
    for (const words of ['src/a.ts:12', 'the other', 'Session.receive()'])
      await page.page.getByRole('link', { name: words }).click();
    expect(await page.posted()).toEqual([
      { type: 'open-file', path: 'src/a.ts', line: 12 },
      { type: 'open-file', path: 'src/b.ts', line: 3 },
      { type: 'open-symbol', name: 'Session.receive()' },
    ]);
    expect(await page.page.getByRole('link').count()).toBe(3);
  });
});

describe('code', () => {
  it('is coloured beside the page, letter by letter as it was', async () => {
    const code = Array.from({ length: 300 }, (_, nth) => `const value${nth} = "text"; // ${nth}`).join('\n');
    await using page = await show(`\`\`\`ts\n${code}\n\`\`\``);
    await expect.poll(() => page.page.locator('pre').textContent()).toBe(code);
    await expect.poll(() => page.page.locator('.hljs-string').count()).toBe(300);
    expect(await page.page.locator('pre').textContent()).toBe(code);
    const selected = await page.page.evaluate(() => {
      const pre = document.querySelector('pre');
      if (pre) getSelection()?.selectAllChildren(pre);
      return getSelection()?.toString();
    });
    expect(selected?.trimEnd()).toBe(code);
  });

  it('is put into the file it names, as work of its message; commands are not', async () => {
    await using page = await show('```ts src/new.ts\nlet a;\n```\n\n```sh\nls\n```');
    await page.posted();
    expect(await page.testId('code-apply').count()).toBe(1);
    await page.testId('code-apply').click();
    expect(await page.posted()).toEqual([
      { type: 'apply-code', text: 'let a;', path: 'src/new.ts', messageId: expect.stringMatching(/./) },
    ]);
  });

  it('becomes a new file, named where the fence names it, or commands in the terminal', async () => {
    await using page = await show('```ts src/new.ts\nlet a;\n```\n\n```sh\nls\n```');
    await page.posted();
    await page.testId('code-new-file').first().click();
    expect(await page.testId('code-run').count()).toBe(1);
    await page.testId('code-run').click();
    expect(await page.posted()).toEqual([
      { type: 'new-file', text: 'let a;', language: 'ts', path: 'src/new.ts' },
      { type: 'run-in-terminal', text: 'ls' },
    ]);
  });
});

/** What the first diagram has fetched. */
const mermaid = readFileSync(createRequire(import.meta.url).resolve('@mermaid-js/tiny/dist/mermaid.tiny.js'), 'utf8');

describe('diagrams', () => {
  const ask = async (source: string): Promise<ChatPage> => {
    const page = await show(`\`\`\`mermaid\n${source}\n\`\`\``);
    await page.posted();
    await page.testId('show-diagram').click();
    await expect.poll(() => page.posted()).toEqual([{ type: 'need-diagrams' }]);
    await page.send({ type: 'diagrams', script: mermaid });
    return page;
  };

  it('are drawn on request, as a picture', async () => {
    await using page = await ask('flowchart TD\n  A[Start] --> B{Works?}\n  B -->|yes| C[Done]\n  B -->|no| A');
    await page.testId('diagram').waitFor();
    const size = await page
      .testId('diagram')
      .evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth));
    expect(size).toBeGreaterThan(50);
    // Styles that Mermaid writes as markup while it measures are refused by the page's policy, and are in the picture all the same.
    expect(page.alarms.filter((alarm) => !alarm.includes('Applying inline style'))).toEqual([]);
  }, 30_000);

  it('that cannot be drawn say why', async () => {
    await using page = await ask('flowchart TD\n  A[Start --> ');
    await page.testId('diagram-problem').waitFor();
    expect(await page.testId('diagram-problem').textContent()).toContain('cannot be drawn');
  }, 30_000);
});

it('text from right to left stands right, code left', async () => {
  await using page = await show('שלום עולם\n\n- مرحبا\n\n`code`\n\nEnglish');
  const directions = await page.page
    .locator('.markdown p, .markdown li, .markdown code')
    .evaluateAll((all) => all.map((one) => getComputedStyle(one).direction));
  expect(directions).toEqual(['rtl', 'rtl', 'ltr', 'ltr', 'ltr']);
});
