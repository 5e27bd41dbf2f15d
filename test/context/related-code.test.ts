import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WorkspaceCode } from '../../src/context/ports.ts';
import { RecentEdits } from '../../src/context/recent-edits.ts';
import { RelatedCode, type Timing } from '../../src/context/related-code.ts';
import type { ContextPack, ContextPlace } from '../../src/context/related-context.ts';
import { definition, placeAt, ScriptedWorkspace, uriOf } from './scripted-workspace.ts';

const { signal } = new AbortController();
const similar = Array.from({ length: 30 }, (_, index) => `  total${index % 3} += price(${index}, discount);`).join(
  '\n',
);
const files = {
  'src/shop.ts':
    'export interface Basket {\n  readonly items: readonly Item[];\n}\nexport interface Item {\n  readonly price: number;\n}\nexport function secretless(): void {}\n',
  'src/other.ts': `function sum(discount: number) {\n${similar}\n}\n`,
};
const main =
  "import type { Basket } from './shop.ts';\n\nfunction add(basket: Basket, discount: number) {\n  total1 += price(1, discount);\n  |\n}\n";

function begin(changed: Partial<Timing & { workspace: ScriptedWorkspace; edits: RecentEdits }> = {}): {
  workspace: ScriptedWorkspace;
  edits: RecentEdits;
  related: RelatedCode;
} {
  const workspace = changed.workspace ?? new ScriptedWorkspace(files);
  const edits = changed.edits ?? new RecentEdits();
  // Whoever waits to the end says so: the machine may be a slow one.
  const { now = () => performance.now(), budgetMs = 10_000 } = changed;
  return { workspace, edits, related: new RelatedCode(workspace, edits, { now, budgetMs }) };
}

const textOf = ({ files }: ContextPack): string => files.map(({ filename, text }) => `${filename}\n${text}`).join('\n');
const size = (pack: ContextPack): number => textOf(pack).length;

function typed(place: ContextPlace, text: string): ContextPlace {
  return { ...place, offset: place.offset + text.length, prefix: place.prefix + text };
}

describe('what a pack holds', () => {
  it('imports with the types they speak of, and similar lines', async () => {
    const text = textOf(await begin().related.pack(placeAt(main), 4000, signal));
    expect(text).toContain('interface Basket');
    expect(text).toContain('interface Item');
    expect(text).toContain('src/other.ts');
    expect(text).not.toContain('secretless');
  });

  it('definitions of the names around the cursor, the nearest file last', async () => {
    const { related, workspace } = begin({
      workspace: new ScriptedWorkspace({ 'src/other.ts': files['src/other.ts'] }),
    });
    workspace.definitions = [
      definition('price', 'src/price.ts', 'export function price(item: number, discount: number): number;'),
    ];
    const { files: shown } = await related.pack(placeAt(main), 4000, signal);
    expect(shown.map(({ filename }) => filename)).toContain('src/price.ts');
    expect(workspace.asked.flat()).toContain('discount');
  });

  it('cells of a notebook in their order, the nearest last', async () => {
    const { related, workspace } = begin({ workspace: new ScriptedWorkspace() });
    workspace.cells = {
      before: ['first', 'second', 'third'].map((text) => ({ languageId: 'python', kind: 'code', text: `${text} = 1` })),
      after: [{ languageId: 'markdown', kind: 'markup', text: 'What comes after.' }],
    };
    const { files: shown } = await related.pack(placeAt('print(|)', 'book.py'), 4000, signal);
    expect(shown.map(({ text }) => text)).toEqual(['What comes after.', 'first = 1\nsecond = 1\nthird = 1']);
  });

  it('edits of other files as they were and are, none of the lines around the cursor', async () => {
    const { related, edits } = begin({ workspace: new ScriptedWorkspace() });
    const place = placeAt(main);
    edits.opened({ uri: place.uri, path: place.path, languageId: 'typescript', text: main.replace('|', '') });
    edits.opened({ uri: 'b', path: 'b.ts', languageId: 'typescript', text: 'one();\ntwo();\nthree();\n' });
    edits.changed('b', [{ offset: 7, removedLength: 3, insertedText: 'second' }]);
    edits.changed(place.uri, [{ offset: place.offset, removedLength: 0, insertedText: 'mine' }]);
    const pack = await related.pack(typed(place, 'mine'), 4000, signal);
    expect(pack.files).toMatchObject([{ filename: 'b.ts', text: ' one();\n-two();\n+second();\n three();' }]);
  });

  it('what the file itself imports and declares beyond the window', async () => {
    const { related, edits } = begin({ workspace: new ScriptedWorkspace() });
    const far = `import { near } from 'far';\n\nexport function helper(a: number): void {\n  return;\n}\n${'\n// …'.repeat(200)}\n`;
    const drawn = `${far}function here() {\n  |\n}\n`;
    edits.opened({
      uri: uriOf('src/main.ts'),
      path: 'src/main.ts',
      languageId: 'typescript',
      text: drawn.replace('|', ''),
    });
    const text = textOf(await related.pack(placeAt(drawn, 'src/main.ts', 60), 2000, signal));
    expect(text).toContain("import { near } from 'far';");
    expect(text).toContain('export function helper(a: number): void {');
    expect(text).not.toContain('function here');
  });

  it('nothing the prompt shows anyway, and nothing twice', async () => {
    const { related, workspace } = begin();
    workspace.definitions = [
      definition(
        'add',
        'src/main.ts',
        'function add(basket: Basket, discount: number) {\n  total1 += price(1, discount);',
        2,
      ),
      definition('Basket', 'src/shop.ts', 'export interface Basket {\n  readonly items: readonly Item[];\n}'),
    ];
    const text = textOf(await related.pack(placeAt(main), 4000, signal));
    expect(text).not.toContain('function add');
    expect(text.split('interface Basket')).toHaveLength(2);
  });

  it('nothing of what is in no file of the workspace, which is asked for once in a while only', async () => {
    let now = 0;
    const { related, workspace } = begin({ workspace: new ScriptedWorkspace(), now: () => now });
    const place = placeAt(main);
    for (const wait of [0, 0, 40_000]) {
      now += wait;
      related.moved(place.uri);
      await related.pack(place, 4000, signal);
    }
    expect(workspace.filesAsked).toEqual([['./shop.ts'], ['./shop.ts']]);
  });

  it('never more than fits', async () => {
    const drawn = placeAt(main);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3000 }), async (characters) => {
        const pack = await begin().related.pack(drawn, characters, signal);
        expect(size(pack)).toBeLessThanOrEqual(characters);
      }),
      { numRuns: 60 },
    );
  });
});

describe('stable first', () => {
  it('while somebody types inside of a place, the pack is the very same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 40 }), fc.boolean(), async (text, edited) => {
        const { related, edits } = begin();
        let place = placeAt(main);
        edits.opened({ uri: place.uri, path: place.path, languageId: 'typescript', text: main.replace('|', '') });
        const first = await related.pack(place, 3000, signal);
        for (const character of text.replaceAll('\n', ' ')) {
          if (edited) edits.changed(place.uri, [{ offset: place.offset, removedLength: 0, insertedText: character }]);
          place = typed(place, character);
          expect(await related.pack(place, 3000, signal)).toBe(first);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('the same place again is the same version, also when it is put together anew', async () => {
    const { related } = begin();
    const first = await related.pack(placeAt(main), 3000, signal);
    related.moved(uriOf('src/main.ts'));
    expect(await related.pack(placeAt(main), 3000, signal)).toBe(first);
  });

  it.each<[string, (place: ContextPlace, related: RelatedCode) => ContextPlace]>([
    [
      'a suggestion was taken',
      (place, related) => {
        related.moved(place.uri);
        return typed(place, 'neww');
      },
    ],
    ['the cursor is many lines away', (place) => typed(place, '\n'.repeat(20))],
  ])('new code is in the pack after %s, and the old stays at its head', async (_, go) => {
    const { related, workspace } = begin();
    const place = placeAt(main);
    const first = await related.pack(place, 6000, signal);
    workspace.definitions = [definition('neww', 'src/neww.ts', 'export const neww: (basket: Basket) => number;')];
    const next = await related.pack(typed(go(place, related), '\nneww('), 6000, signal);
    expect(next.version).not.toBe(first.version);
    expect(next.files.slice(0, first.files.length)).toEqual(first.files);
    expect(textOf(next)).toContain('src/neww.ts');
  });

  it('what came late is in the pack after a pause, not before', async () => {
    let now = 0;
    const { related, workspace } = begin({ now: () => now, budgetMs: 50 });
    const { promise, resolve } = Promise.withResolvers<void>();
    workspace.definitionsReady = promise;
    workspace.definitions = [definition('price', 'src/price.ts', 'export function price(): number;')];
    const place = placeAt(main);
    const first = await related.pack(place, 6000, signal);
    resolve();
    await new Promise((done) => setImmediate(done));
    now += 100;
    expect(await related.pack(typed(place, 'a'), 6000, signal)).toBe(first);
    now += 2000;
    const later = await related.pack(typed(place, 'ab'), 6000, signal);
    expect(textOf(first)).not.toContain('src/price.ts');
    expect(textOf(later)).toContain('src/price.ts');
    expect(later.files.slice(0, first.files.length)).toEqual(first.files);
    now += 2000;
    expect(await related.pack(typed(place, 'abc'), 6000, signal)).toBe(later);
  });

  it('lines that come in above leave what the file declares below as it was shown', async () => {
    const { related, edits } = begin({ workspace: new ScriptedWorkspace() });
    const helpers = Array.from({ length: 9 }, (_, index) => `export function helper${index}(): void {}\n`).join('');
    const drawn = `function here() {\n  |\n}\n${'\n\n'.repeat(40)}${helpers}`;
    const place = placeAt(drawn, 'src/main.ts', 60);
    edits.opened({ uri: place.uri, path: place.path, languageId: 'typescript', text: drawn.replace('|', '') });
    const first = await related.pack(place, 2000, signal);
    expect(textOf(first)).toContain('helper8');
    edits.changed(place.uri, [{ offset: 0, removedLength: 0, insertedText: '\n\n' }]);
    related.moved(place.uri);
    const next = await related.pack(placeAt(`\n\n${drawn}`, 'src/main.ts', 60), 2000, signal);
    expect(next).toBe(first);
  });

  it('a smaller budget is kept at once', async () => {
    const { related } = begin();
    const place = placeAt(main);
    const large = await related.pack(place, 3000, signal);
    const small = await related.pack(place, 300, signal);
    expect(size(large)).toBeGreaterThan(300);
    expect(size(small)).toBeLessThanOrEqual(300);
  });
});

describe('faults of others', () => {
  const doors: readonly (keyof WorkspaceCode)[] = ['recentFiles', 'fileAt', 'definitionsOf', 'cellsAround'];
  const faults = ['hangs', 'rejects', 'throws'] as const;

  it.each(doors.flatMap((door) => faults.map((fault) => [door, fault] as const)))(
    '%s %s: the others are in the pack',
    async (door, fault) => {
      const { related, workspace } = begin(fault === 'hangs' ? { budgetMs: 400 } : {});
      workspace.faults.set(door, fault);
      workspace.definitions = [definition('price', 'src/price.ts', 'export function price(): number;')];
      const text = textOf(await related.pack(placeAt(main), 6000, signal));
      if (door !== 'definitionsOf') expect(text).toContain('src/price.ts');
      if (door !== 'fileAt') expect(text).toContain('interface Basket');
      if (door !== 'recentFiles') expect(text).toContain('src/other.ts');
    },
  );

  it('all hang: an empty pack', async () => {
    const { related, workspace } = begin({ budgetMs: 50 });
    for (const door of doors) workspace.faults.set(door, 'hangs');
    expect((await related.pack(placeAt(main), 6000, signal)).files).toEqual([]);
  });

  it('who does not want it any more gets what there is; the work goes on for the next', async () => {
    const { related, workspace } = begin({ budgetMs: 400 });
    workspace.faults.set('definitionsOf', 'hangs');
    const controller = new AbortController();
    const first = related.pack(placeAt(main), 6000, controller.signal);
    controller.abort();
    expect((await first).files).toEqual([]);
    expect(textOf(await related.pack(placeAt(main), 6000, signal))).toContain('interface Basket');
  });
});

describe('what may not be read any more', () => {
  it('does not come back from memory', async () => {
    const { related, workspace, edits } = begin();
    edits.opened({ uri: 'b', path: 'b.ts', languageId: 'typescript', text: 'one();\ntwo();\n' });
    edits.changed('b', [{ offset: 0, removedLength: 3, insertedText: 'hidden' }]);
    workspace.definitions = [definition('price', 'src/price.ts', 'export function price(): number;')];
    expect(textOf(await related.pack(placeAt(main), 6000, signal))).toMatch(/price\.ts/);
    workspace.definitions = [];
    workspace.files.clear();
    related.forget();
    expect((await related.pack(placeAt(main), 6000, signal)).files).toEqual([]);
  });

  it('is not shown to who was waiting, nor remembered when it comes late', async () => {
    const { related, workspace } = begin({ workspace: new ScriptedWorkspace() });
    const { promise, resolve } = Promise.withResolvers<void>();
    workspace.definitionsReady = promise;
    workspace.definitions = [definition('price', 'src/price.ts', 'export function price(): number;')];
    const waiting = related.pack(placeAt(main), 6000, signal);
    related.forget();
    resolve();
    expect((await waiting).files).toEqual([]);
    workspace.definitions = [];
    expect((await related.pack(placeAt(main), 6000, signal)).files).toEqual([]);
  });
});
