import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../../scripts/setup/paths.ts';
import type { ChatPage } from '../support/chat-page.ts';
import { hostileMarkdown } from '../support/hostile-markdown.ts';
import { useChatPages } from '../support/use-chat-pages.ts';

interface Drawn {
  readonly html: string;
  /** Undefined where the block has to go through the sanitiser. */
  readonly direct: string | undefined;
}

const open = useChatPages();
let page: ChatPage;
beforeAll(async () => {
  page = await open();
  await page.page.goto(new URL('sanitiser.html', page.page.url()).href);
});
afterAll(() => page[Symbol.asyncDispose]());

const draw = (texts: readonly string[]): Promise<Drawn[]> =>
  page.page.evaluate(
    (all) => all.flatMap((text) => (window as unknown as { drawnBothWays(text: string): Drawn[] }).drawnBothWays(text)),
    texts,
  );

describe('a block drawn from its tokens', () => {
  function check(what: string, text: string, isDirect: boolean) {
    it(`${what}: ${isDirect ? 'as through HTML' : 'through the sanitiser'}`, async () => {
      const blocks = await draw([text]);
      expect(blocks.length).toBeGreaterThan(0);
      expect(blocks.every(({ direct }) => (direct !== undefined) === isDirect)).toBe(true);
      if (isDirect) expect(blocks.map(({ direct }) => direct)).toEqual(blocks.map(({ html }) => html));
    });
  }

  check(
    'words',
    'One **bold** _slanted_ ~~gone~~ line\nand another  \nwith `code` & a \\* star, a < b > c "said" \'so\'',
    true,
  );
  check('titles', '# One\n\n## Two\n\n### Three\n\n#### Four\n\n##### Five\n\n###### Six **bold**', true);
  check('lists', '- one\n- two\n  - inner `code`\n\n3. three\n4. four\n\n- [x] done\n- [ ] open', true);
  check('loose lists', '1. one\n\n   more\n\n   ```ts\n   let a = 1;\n   ```\n\n2. two\n\n   > said', true);
  check('tables', '| a | b | c |\n|:-:|--:|---|\n| 1 | **2** | `3` |\n| 4 | | 6 |\n\n| only | head |\n|---|---|', true);
  check('quotations', '> one\n> two\n>\n> > deeper\n> - item\n\n---', true);
  check('code', '    indented\n\n~~~js title="a.js"\nlet a = "<b>&amp;</b>";\n\n\n~~~\n\n```\n```', true);
  check(
    'links',
    '[a](https://a.b/c?d=1&e=2 "t") <https://x.y/?q=1&r> https://auto.link/a_b_c [f](src/a.ts:3) [j](javascript:x) [r](/a b) [s](<a b>)',
    true,
  );
  check('formulas', 'Inline $a<b$ and \\(c & d\\)\n\n$$\nx < y\n$$', true);
  check('HTML', 'a <b>bold</b> word', false);
  check('HTML in a list', '- one\n- a <kbd>key</kbd>', false);
  check('a block of HTML', '<details><summary>s</summary>x</details>', false);
  check('entities', 'a &amp; b &copy; c', false);
  check('an entity in an address', '[a](https://a.b/?x&lt;=1)', false);
  check('pictures', '![a](https://a.b/c.png)', false);
  check('a picture in a link', '[![a](https://a.b/c.png)](https://d.e)', false);
  check('an address that is none', '[a](\ud800)', false);
  check('quotations in each other without end', `${'>'.repeat(100)} deep`, true);
  check('stress in each other without end', `${'*a **b '.repeat(60)}${'c** d* '.repeat(60)}`, false);

  it('is the same for texts models wrote', async () => {
    const texts = ['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'CONTRIBUTING.md'].map((name) =>
      readFileSync(join(root, name), 'utf8'),
    );
    const licences = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => readFileSync(join(root, 'docs', name), 'utf8'));
    const blocks = (await draw([...texts, ...licences])).filter(({ direct }) => direct !== undefined);
    expect(blocks.length).toBeGreaterThan(100);
    for (const { html, direct } of blocks) expect(direct).toBe(html);
  });

  it('is the same for hostile texts', async () => {
    const texts = hostileMarkdown.map((row) => (typeof row === 'string' ? row : JSON.stringify(row)));
    for (const { html, direct } of await draw(texts)) if (direct !== undefined) expect(direct).toBe(html);
  });

  it('is the same for any text', async () => {
    const piece = fc.constantFrom(
      ...[
        '*',
        '**',
        '_',
        '~~',
        '`',
        '``',
        '```',
        '\n',
        '\n\n',
        '  \n',
        '- ',
        '1. ',
        '> ',
        '# ',
        '    ',
        '| a | b |\n|---|--:|\n',
      ],
      ...[
        '| c |',
        '[',
        '](x)',
        '](https://a.b)',
        '![',
        '<b>',
        '</b>',
        '<',
        '>',
        '&',
        '&amp;',
        '"',
        '\\',
        '$',
        '$$',
        '\\(',
        '\\)',
      ],
      ...[
        'word',
        ' ',
        'src/a.ts:1',
        'https://a.b/c',
        'a@b.cd',
        '- [x] ',
        '\t',
        'é',
        '\u0000',
        '---\n',
        '<br>',
        'javascript:x',
        ':',
      ],
    );
    const text = fc.array(piece, { minLength: 1, maxLength: 24 }).map((pieces) => pieces.join(''));
    const texts = fc.sample(text, { numRuns: 1500, seed: 7 });
    const blocks = (await draw(texts)).filter(({ direct }) => direct !== undefined);
    expect(blocks.length).toBeGreaterThan(500);
    for (const { html, direct } of blocks) expect(direct).toBe(html);
  }, 60_000);
});
