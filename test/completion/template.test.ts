import { describe, expect, it } from 'vitest';
import type { Asked, Hole } from '../../src/completion/asked.ts';
import { filesThatFit, windowFor } from '../../src/completion/budget.ts';
import { fimTemplates } from '../../src/completion/fim-templates.ts';
import { specialTokens } from '../../src/completion/special-tokens.ts';
import { askFor } from '../../src/completion/template.ts';
import type { Model } from '../../src/llm/model.ts';
import type { FimForm } from '../../src/llm/model-facts.ts';
import { infillModel } from './scripted-models.ts';

const hole: Hole = {
  path: 'src/a.ts',
  languageId: 'typescript',
  prefix: 'const a = ',
  suffix: ';\n',
  maxLines: 20,
  extra: [],
};
const extra = [{ filename: 'src/b.ts', text: 'export const b = 1;\n' }];

const model = (fim: FimForm | undefined, changed: Partial<Model> = {}): Model => ({
  ...infillModel,
  facts: fim === undefined ? {} : { fim },
  ...changed,
});

function ask(from: Model, changed: Partial<Hole> = {}): Asked {
  const asked = askFor(from, { ...hole, ...changed });
  if ('unsupported' in asked) throw new Error(asked.unsupported);
  return asked;
}

function rawText(asked: Asked): string {
  const { request } = asked;
  if (request.kind !== 'completion' || request.prompt.type !== 'raw') throw new Error('not a raw prompt');
  return request.prompt.text;
}

describe('families', () => {
  const check = (family: string, alone: string, withFile?: string): void =>
    it(family, () => {
      expect(rawText(ask(model(family)))).toBe(alone);
      if (withFile !== undefined) expect(rawText(ask(model(family), { extra }))).toBe(withFile);
    });

  check(
    'qwen',
    '<|fim_prefix|>const a = <|fim_suffix|>;\n<|fim_middle|>',
    '<|file_sep|>src/b.ts\nexport const b = 1;\n\n<|file_sep|>src/a.ts\n<|fim_prefix|>const a = <|fim_suffix|>;\n<|fim_middle|>',
  );
  check(
    'starcoder2',
    '<fim_prefix>const a = <fim_suffix>;\n<fim_middle>',
    '<file_sep>src/b.ts\nexport const b = 1;\n\n<file_sep><fim_prefix>src/a.ts\nconst a = <fim_suffix>;\n<fim_middle>',
  );
  check(
    'codellama',
    '<PRE> const a =  <SUF>;\n <MID>',
    '<PRE> // src/b.ts:\n// export const b = 1;\n\nconst a =  <SUF>;\n <MID>',
  );
  check('deepseek', '<｜fim▁begin｜>const a = <｜fim▁hole｜>;\n<｜fim▁end｜>');
  check('codestral', '[SUFFIX];\n[PREFIX]const a = ');
  check('seed-coder', '<[fim-suffix]>;\n<[fim-prefix]>const a = <[fim-middle]>');
  check('mellum', '<filename>src/a.ts\n<fim_suffix>;\n<fim_prefix>const a = <fim_middle>');
  check('codegemma', '<|fim_prefix|>const a = <|fim_suffix|>;\n<|fim_middle|>');
  check('granite', '<|fim_prefix|>const a = <|fim_suffix|>;\n<|fim_middle|>');
  check('glm', '<|code_prefix|>const a = <|code_suffix|>;\n<|code_middle|>');
  check('smollm', '<file_sep>src/a.ts\nconst a = ');

  it.each(fimTemplates.map((row) => [row.family, row] as const))('%s is whole', (_family, row) => {
    const holes = (pattern: typeof row.prompt) =>
      pattern.filter((part) => typeof part !== 'string').map((part) => part.hole);
    expect(holes(row.prompt)).toContain('prefix');
    if (row.withFiles)
      expect(holes(row.withFiles.prompt)).toEqual(expect.arrayContaining(['files', ...holes(row.prompt)]));
    expect(row.stop.length).toBeGreaterThan(0);
    expect(row.stop.length).toBeLessThanOrEqual(4);
    const known = [...specialTokens, ...row.tokens, '</s>'];
    expect(row.stop.filter((stop) => !known.includes(stop))).toEqual([]);
  });

  it('no two have one name', () => {
    expect(new Set(fimTemplates.map((row) => row.family)).size).toBe(fimTemplates.length);
  });
});

describe('the form of a request', () => {
  const check = (name: string, from: Model, form: string): void => it(name, () => expect(ask(from).form).toBe(form));
  const { completion: _completion, ...chatOnly } = model(undefined);
  const { chat: _chat, ...completionOnly } = model(undefined);

  check('is the declared family', model('qwen'), 'qwen');
  check('is the endpoint’s own door', model('infill'), 'infill');
  check('is a question where only that works', model('chat'), 'chat');
  check('is a question for models that only chat', chatOnly, 'chat');
  check('is a question where nothing is known', model(undefined), 'chat');
  check('is a question where the family is unknown', model('llama-of-tomorrow'), 'chat');
  check('is the door where there is no chat', completionOnly, 'infill');
  check('is the door of a wire made for holes', model(undefined, { completion: 'llamacpp-infill' }), 'infill');
  check('is the family also inside', model('smollm', { completion: 'embedded' }), 'smollm');

  it('there is none without completions and chat', () => {
    const { chat: _none, ...neither } = chatOnly;
    expect(askFor(neither, hole)).toEqual({ unsupported: expect.stringContaining('neither') });
  });

  it('carries other files where the wire does, else as comments', () => {
    expect(ask(model('infill', { completion: 'llamacpp-infill' }), { extra }).request).toMatchObject({
      prompt: { prefix: 'const a = ', extra },
    });
    expect(ask(model('infill'), { extra }).request).toMatchObject({
      prompt: { prefix: '// src/b.ts:\n// export const b = 1;\n\nconst a = ', extra: [] },
    });
  });

  it('stops at the line’s end in the middle of a line', () => {
    expect(ask(model('infill'), { maxLines: 1 }).request.parameters).toMatchObject({
      stop: ['\n'],
      maxOutputTokens: 64,
    });
    expect(ask(model('qwen'), { maxLines: 1 }).request.parameters.stop).toHaveLength(4);
    expect(ask(model('infill')).request.parameters.stop).toBeUndefined();
  });

  it('asks a model that reasons for as little of it as it can, and for nothing it may refuse', () => {
    const asked = ask({ ...chatOnly, facts: { reasoningEfforts: ['low', 'minimal', 'high'] } });
    expect(asked.request.parameters).toEqual({ maxOutputTokens: 384 + 1024, reasoningEffort: 'minimal' });
  });

  it('never asks for more than the model gives', () => {
    expect(
      ask(model('infill', { facts: { fim: 'infill', maxOutputTokens: 50 } })).request.parameters.maxOutputTokens,
    ).toBe(50);
  });
});

describe('the room of a prompt', () => {
  it('is smaller for a model inside, and never more than the model can read', () => {
    const characters = (from: Model): number => windowFor(from).prefixCharacters + windowFor(from).suffixCharacters;
    const inside = characters(model('infill', { completion: 'embedded' }));
    const remote = characters({ ...infillModel, endpoint: { ...infillModel.endpoint, local: false } });
    expect(inside).toBeLessThan(characters(infillModel));
    expect(characters(infillModel)).toBeLessThan(remote);
    expect(characters(model('infill', { facts: { contextWindow: 512 } }))).toBeLessThan(512 * 3);
  });

  it('leaves out files that do not fit', () => {
    const files = [{ text: 'a'.repeat(100_000) }, { text: 'b'.repeat(100) }];
    expect(filesThatFit(infillModel, files)).toEqual([files[1]]);
  });
});
