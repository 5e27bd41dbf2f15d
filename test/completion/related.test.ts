import { expect, it } from 'vitest';
import type { ContextPack, ContextPlace, RelatedContext } from '../../src/context/related-context.ts';
import { DrawnDocument } from './drawn.ts';
import { bench, shown, text } from './engine-bench.ts';
import { infillModel } from './scripted-models.ts';

class ScriptedContext implements RelatedContext {
  readonly places: (ContextPlace & { readonly characters: number })[] = [];
  readonly moves: string[] = [];
  current: ContextPack = {
    version: 1,
    files: [{ filename: 'src/other.ts', text: 'export const other = 1;', uris: ['file:///src/other.ts'] }],
  };

  async pack(place: ContextPlace, characters: number): Promise<ContextPack> {
    this.places.push({ ...place, characters });
    return this.current;
  }

  moved(uri: string): void {
    this.moves.push(uri);
  }
}

const carrying = { ...infillModel, completion: 'llamacpp-infill' } as const;

it('related code goes along with the request', async () => {
  const related = new ScriptedContext();
  const on = bench({}, related);
  on.models.model = carrying;
  const document = new DrawnDocument('const sum = |;\n');
  await shown(on, document, 'a + b');
  expect(related.places).toMatchObject([{ uri: document.uri, offset: 12, prefix: 'const sum = ', suffix: ';\n' }]);
  expect(related.places[0]?.characters).toBeGreaterThan(0);
  expect(on.models.last.request).toMatchObject({
    prompt: { extra: [{ filename: 'src/other.ts', text: 'export const other = 1;' }] },
  });
  expect(on.engine.records.at(-1)?.request?.prompt).toContain('export const other = 1;');
});

it('an answer given with other related code does not count any more, but the shown one stays', async () => {
  const related = new ScriptedContext();
  const on = bench({}, related);
  const document = new DrawnDocument('const a = |;\nconst b = ;\n');
  await shown(on, document, 'one()');
  document.offset = document.content.indexOf(';\n', 12);
  related.current = { version: 2, files: [] };
  await shown(on, document, 'two()');
  expect(on.ask(document).answer).toMatchObject({ text: 'two()' });
  document.offset = 'const a = '.length;
  expect(await shown(on, document, 'three()')).toBe('three()');
});

it('is told when a suggestion is taken and when the cursor goes far away', async () => {
  const related = new ScriptedContext();
  const on = bench({}, related);
  const document = new DrawnDocument(`const a = |;\n${'\n'.repeat(2000)}`);
  await shown(on, document, 'one()');
  on.engine.cursorMoved(document.uri, document.offset + 3);
  expect(related.moves).toEqual([]);
  on.engine.cursorMoved(document.uri, document.offset + 1500);
  expect(related.moves).toEqual([document.uri]);
  await on.ask(document).answer;
  on.engine.documentChanged(document.uri, document.type('one()'));
  on.engine.accepted(on.engine.records.findLast(({ suggestionId }) => suggestionId !== undefined)?.suggestionId ?? 0);
  expect(related.moves).toEqual([document.uri, document.uri]);
});

it('what was gathered before the rules changed is not sent, but gathered anew', async () => {
  const related = new ScriptedContext();
  const gathered = Promise.withResolvers<ContextPack>();
  const pack = related.pack.bind(related);
  related.pack = () => gathered.promise;
  const on = bench({}, related);
  on.models.model = carrying;
  const asking = on.ask(new DrawnDocument('const sum = |;\n'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  on.engine.forget();
  related.pack = pack;
  const hidden = { filename: 'hidden.ts', text: 'secret', uris: ['file:///hidden.ts'] };
  gathered.resolve({ version: 7, files: [hidden] });
  (await on.models.asked(1)).text('a + b').end();
  expect(await text(asking)).toBe('a + b');
  expect(on.models.last.request).toMatchObject({
    prompt: { extra: [{ filename: 'src/other.ts', text: 'export const other = 1;' }] },
  });
});
