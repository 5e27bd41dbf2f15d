import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { askExtensionHost } from '../support/extension-host.ts';
import { type FakeVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { openTutti, type TuttiWindow } from '../support/tutti-window.ts';
import { startVscodeServer } from '../support/vscode-server.ts';
import { goToEndOfLine, openFile, typeText } from '../support/workbench-editor.ts';
import { waitForStatusBarItem } from '../support/workbench-parts.ts';
import type { WorkspaceCodeAnswer } from './inside/workspace-code.ts';

/** Stands in every file that no model may see; searched in all that comes back. */
const canary = 'canary';

const price = `/** What a thing costs. */
export function priceOf(thing: string, rate: number): number {
  return thing.length * rate;
}
`;
const user =
  'export interface User {\n  readonly name: string;\n  readonly born: number;\n}\n\nexport const anna: User = { name: "Anna", born: 1 };\n';
const main = `import { anna } from './lib/user';
import { priceOf } from './lib/price';
import { secretValue } from './private/notes';
import { hiddenBySetting } from './by-setting';

const user = anna;
const twice = 'a'.repeat(2);
// cursor
console.log(priceOf(twice, 1), user, secretValue, hiddenBySetting);
`;
const long = Array.from({ length: 3000 }, (_, line) => `export const value${line} = ${line};`).join('\n');

const similar = `export function stackBoxes(boxes: readonly Box[]): Shelves {
  const shelves = new Map<string, number>();
  for (const box of boxes) {
    if (box.weight > heaviest) continue;
    shelves.set(box.label, box.weight);
  }
  return shelves;
}
`;
const hold = `export function holdCrates(boxes: readonly Box[]): Shelves {
  const shelves = new Map<string, number>();
  for (const box of boxes) {

  }
}
`;

const cell = (kind: string, source: string): object =>
  kind === 'code'
    ? {
        ...{ cell_type: 'code', execution_count: 1, metadata: {}, source: [source] },
        outputs: [{ output_type: 'stream', name: 'stdout', text: [`${canary} put out`] }],
      }
    : { cell_type: 'markdown', metadata: {}, source: [source] };
const notebook = (...cells: readonly object[]): string =>
  JSON.stringify({ cells, metadata: { language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 5 });

const cells = notebook(
  ...[cell('code', 'rows = [1]'), cell('code', 'more = [2]'), cell('code', 'total = '), cell('markdown', '# End')],
);

const files = {
  'main.ts': main,
  'open.ts': 'export const open = 1;\n',
  'long.ts': long,
  'lib/price.ts': price,
  'lib/user.ts': user,
  'tsconfig.json': '{"compilerOptions":{"strict":true},"include":["**/*.ts"]}',
  'cells.ipynb': notebook(cell('code', 'rows = [1]'), cell('code', 'total = '), cell('markdown', '# End')),
  '.env': `TOKEN=${canary}\n`,
  '.tuttiignore': 'private/\n',
  'private/notes.ts': `export const secretValue = '${canary}';\n`,
  'private/cells.ipynb': notebook(cell('code', `token = '${canary}'`), cell('code', 'x = ')),
  'by-setting.ts': `export const hiddenBySetting = '${canary}';\n`,
};

async function folderWith(all: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(await mkdtemp(join(tmpdir(), 'tutti-context-')), 'folder');
  for (const [path, content] of Object.entries(all)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  await writeFile(join(folder, '../outside.ts'), `export const outside = '${canary}';\n`);
  await symlink('.env', join(folder, 'linked.ts'));
  return folder;
}

describe('the code around, as the real VS Code knows it', () => {
  let folder: string;
  let answer: WorkspaceCodeAnswer;

  beforeAll(async () => {
    folder = await folderWith(files);
    await using server = await startVscodeServer({
      runsModules: true,
      settings: { 'tutti.privacy.ignore': ['by-setting.ts'] },
    });
    const module = join(import.meta.dirname, 'inside/workspace-code.ts');
    answer = (await askExtensionHost(server, { folder, module })) as WorkspaceCodeAnswer;
  }, 180_000);

  afterAll(() => rm(dirname(folder), { recursive: true, force: true }));

  const paths = (all: readonly { readonly path: string }[]): readonly string[] => all.map(({ path }) => path);

  it('files seen come latest first, a long one in part, the same objects until they change', () => {
    expect(paths(answer.recent)).toEqual(['long.ts', 'open.ts']);
    expect(answer.recent[0]?.text.length).toBeLessThanOrEqual(30_000);
    expect(answer.recent[1]).toMatchObject({ languageId: 'typescript', text: 'export const open = 1;\n' });
    expect(answer.sameObjects).toBe(true);
  });

  it('a file that is typed in comes first, as it is now', () => {
    expect(answer.afterEdit[0]).toMatchObject({ path: 'open.ts', text: 'const typed = 1;\nexport const open = 1;\n' });
  });

  it('an import is found by the first ending that is a file', () => {
    expect(answer.imported).toMatchObject({ path: 'lib/price.ts', languageId: 'typescript', text: price });
  });

  it.each(['./.env', './private/notes.ts', './by-setting.ts', './linked.ts', '../outside.ts', './none.ts'])(
    '%s is not read',
    (path) => {
      expect(answer.refused).not.toHaveProperty([path]);
    },
  );

  it('names are followed to the whole of what defines them, with its docs, in files that are not open', () => {
    const definition = answer.definitions.find(({ name }) => name === 'priceOf');
    expect(definition).toMatchObject({ path: 'lib/price.ts', line: 0, text: price.trimEnd() });
  });

  it('of a variable of this file, the type is found in another', () => {
    const definition = answer.definitions.find(({ name, path }) => name === 'user' && path === 'lib/user.ts');
    expect(definition?.text).toContain('readonly born: number;');
  });

  it('a library’s declaration is found outside of the workspace', () => {
    const [definition] = answer.definitions.filter(({ name }) => name === 'repeat');
    expect(definition).toMatchObject({ path: expect.stringMatching(/^lib\..*\.d\.ts$/) });
    expect(definition?.text).toContain('repeat(count: number): string;');
  });

  it('a name defined in a hidden file has no definition', () => {
    expect(answer.definitions.filter(({ name }) => name === 'secretValue' || name === 'hiddenBySetting')).toEqual([
      // The import in the file itself is all there is.
    ]);
  });

  it('a definition that changes on disk is read anew', () => {
    expect(answer.afterChangeOnDisk[0]?.text).toContain('newRate');
  });

  it('of a file that only its extension can read, the code of the hover is taken, without prose and quotes', () => {
    expect(answer.hover).toEqual([
      { name: 'Text', uri: 'archive://lib/Text.class', path: 'Text.class', line: 0, text: 'class Text { from: "…" }' },
    ]);
  });

  it('what a provider says after the signal is told of, and there the next time', () => {
    expect(answer.late).toMatchObject({ inTime: [], told: true, afterwards: [{ name: 'Slow', path: 'lib/user.ts' }] });
  });

  it('cells come in order, without what they put out', () => {
    expect(answer.cells).toEqual({
      before: [{ languageId: 'python', kind: 'code', text: 'rows = [1]' }],
      after: [{ languageId: 'markdown', kind: 'markup', text: '# End' }],
    });
    expect(answer.hiddenCells).toBe(0);
  });

  it('a file that becomes hidden is gone', () => {
    // Documents without a file are this test's own, made for its language providers.
    expect(paths(answer.afterHiding.filter(({ uri }) => !uri.startsWith('untitled:')))).toEqual(['long.ts']);
  });

  it('nothing of a hidden file came back, and no editor was opened', () => {
    expect(JSON.stringify(answer)).not.toContain(canary);
    expect(answer.openEditors.toSorted()).toEqual(
      ['.env', 'by-setting.ts', 'long.ts', 'main.ts', 'notes.ts', 'open.ts'].toSorted(),
    );
  });
});

describe('what of the code around reaches a model', { timeout: 180_000 }, () => {
  let vendor: FakeVendor;
  let tutti: TuttiWindow;

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['fim']);
    const provider = { vendor: 'openai-compatible', baseUrl: `${vendor.url}/v1`, models: { fim: { fim: 'infill' } } };
    tutti = await openTutti({
      files: { ...files, 'similar.ts': similar, 'hold.ts': hold, 'docs/cells.ipynb': cells },
      settings: {
        'editor.autoClosingBrackets': 'never',
        'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
        'tutti.privacy.ignore': ['by-setting.ts'],
        'tutti.providers': { fim: provider },
        'tutti.roles': { completion: 'fim/fim' },
        'tutti.completion.delayMs': 0,
      },
    });
    await waitForStatusBarItem(tutti.workbench, 'Tutti completion model: fim', 60_000);
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await vendor?.[Symbol.asyncDispose]();
  });

  /** Types on, a word at a time, until what is asked holds all of this, in this order. */
  async function untilAskedWith(...words: readonly string[]): Promise<void> {
    await vi.waitFor(
      async () => {
        await typeText(tutti.workbench, ' x');
        await tutti.workbench.page.waitForTimeout(1200);
        const prompt = String(vendor.bodies().at(-1)?.['prompt']);
        const places = words.map((word) => prompt.indexOf(word));
        expect({ prompt, places }).toEqual({ prompt, places: places.toSorted((one, other) => one - other) });
        expect(prompt).toSatisfy(() => !places.includes(-1), words.join(' … '));
      },
      { timeout: 60_000, interval: 200 },
    );
  }

  async function typeAt(file: string, line: number, text: string): Promise<void> {
    await openFile(tutti.workbench, file);
    await goToEndOfLine(tutti.workbench, line);
    await typeText(tutti.workbench, text);
  }

  it('the signature of a function that a file nobody opened declares', async () => {
    await typeAt('main.ts', 8, ' priceOf(');
    await untilAskedWith(
      'lib/price.ts',
      'export function priceOf(thing: string, rate: number): number',
      'cursor priceOf(',
    );
  });

  it('what was changed in another file, as it was and as it is', async () => {
    await typeAt('open.ts', 1, ' // kept');
    await typeAt('main.ts', 8, '');
    await untilAskedWith('open.ts', '-export const open = 1;', '+export const open = 1; // kept', 'cursor priceOf(');
  });

  it('lines like those at the cursor, of a file that is open', async () => {
    await openFile(tutti.workbench, 'similar.ts');
    await typeAt('hold.ts', 4, '  ');
    await untilAskedWith('similar.ts', 'shelves.set(box.label, box.weight);', 'export function holdCrates');
  });

  it('the cells of a notebook in their order', async () => {
    const { page } = tutti.workbench;
    await page.keyboard.press('Control+P');
    await page.locator('.quick-input-widget input').first().fill('docs/cells.ipynb');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'docs' }).first().waitFor();
    await page.keyboard.press('Enter');
    const own = page.locator('.notebook-editor .cell-editor-container .view-line', { hasText: 'total' });
    await own.first().click();
    await page.keyboard.press('End');
    await untilAskedWith('docs/cells.ipynb', 'rows = [1]', 'more = [2]', 'total =');
  });

  it('nothing of a hidden file: imported, open, typed in, near by name or as a notebook', async () => {
    await typeAt('.env', 1, ` ${canary}Typed`);
    await typeAt('private/notes.ts', 1, ` ${canary}Typed`);
    await typeAt('by-setting.ts', 1, ` ${canary}Typed`);
    await typeAt('main.ts', 9, ' secretValue hiddenBySetting');
    await untilAskedWith('export function priceOf(', 'secretValue hiddenBySetting');
    await typeAt('hold.ts', 4, '  ');
    await untilAskedWith('export function holdCrates');
    expect(vendor.bodies().length).toBeGreaterThan(5);
    expect(vendor.seen.map(({ body }) => body).filter((body) => body.includes(canary))).toEqual([]);
  });
});
