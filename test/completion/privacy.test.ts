import { describe, expect, it } from 'vitest';
import { wordRecords } from '../../src/completion/record-words.ts';
import type { ContextPack } from '../../src/context/related-context.ts';
import type { Model } from '../../src/llm/model.ts';
import { DrawnDocument } from './drawn.ts';
import { bench, shown, text } from './engine-bench.ts';
import { infillModel } from './scripted-models.ts';

const pack: ContextPack = {
  version: 1,
  files: [
    { filename: 'ours.ts', text: 'const ours = 1;', uris: ['file:///plain.ts', 'file:///ours.ts'] },
    { filename: 'plain.ts', text: 'const plain = 1;', uris: ['file:///plain.ts'] },
  ],
};
const here: Model = { ...infillModel, completion: 'llamacpp-infill' };
const elsewhere: Model = { ...here, endpoint: { ...here.endpoint, local: false } };

describe('whose text is in a request', () => {
  it.each<[string, Model, readonly string[]]>([
    ['all of it, for a local model', here, ['ours.ts', 'plain.ts']],
    ['what all models may see, for another', elsewhere, ['plain.ts']],
  ])('%s', async (_, model, names) => {
    const on = bench({}, { pack: async () => pack, moved: () => undefined });
    on.models.model = model;
    on.localOnly = ['file:///ours.ts'];
    const document = new DrawnDocument('const sum = |;\n');
    await shown(on, document, 'a + b');
    const { files, request } = on.models.last;
    expect(request).toMatchObject({
      prompt: { extra: names.map((filename) => expect.objectContaining({ filename })) },
    });
    const uris = pack.files.filter(({ filename }) => names.includes(filename)).flatMap((file) => file.uris);
    expect(files).toEqual([document.uri, ...new Set(uris)]);
    // Where the files stand on this machine is told to the door, not to the model.
    expect(JSON.stringify(request)).not.toContain('file:///');
  });
});

it('a place the model may not see is explained, and the next place is asked for as if nothing had been', async () => {
  const on = bench();
  on.models.answer = (request) => request.end('error', { code: 'privacy', message: 'a.ts is ours.', retryable: false });
  expect(await text(on.ask(new DrawnDocument('const sum = |;\n')))).toBeUndefined();
  expect(on.engine.explain()).toBe('a.ts is ours.');
  expect(on.engine.state.state).toBe('idle');
  on.models.answer = (request) => request.text('a + b').end();
  expect(await text(on.ask(new DrawnDocument('const other = |;\n')))).toBe('a + b');
});

it('what was taken out of a prompt at the door is told with the request', async () => {
  const on = bench();
  on.models.answer = (request) =>
    request
      .notice({ kind: 'redacted', count: 1, kinds: ['AWS key'] })
      .text('a + b')
      .end();
  expect(await text(on.ask(new DrawnDocument('const sum = |;\n')))).toBe('a + b');
  expect(on.engine.records.at(-1)?.request?.redacted).toEqual(['AWS key']);
  expect(wordRecords(on.engine.records)).toContain('- taken out of the prompt before it was sent: AWS key');
});
