import { describe, expect, it } from 'vitest';
import type { Asked, Hole } from '../../src/completion/asked.ts';
import { controlTokens, fimTemplates } from '../../src/completion/fim-templates.ts';
import { formNote } from '../../src/completion/form.ts';
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
  const checked: string[] = [];
  const check = (family: string, alone: string, withFile: string): void => {
    checked.push(family);
    it(family, () => {
      expect(rawText(ask(model(family)))).toBe(alone);
      expect(rawText(ask(model(family), { extra }))).toBe(withFile);
    });
  };
  const commented = '// src/b.ts:\n// export const b = 1;\n\n';

  check(
    'qwen',
    '<|fim_prefix|>const a = <|fim_suffix|>;\n<|fim_middle|>',
    '<|repo_name|>project\n<|file_sep|>src/b.ts\nexport const b = 1;\n<|file_sep|>src/a.ts\n<|fim_prefix|>const a = <|fim_suffix|>;\n<|fim_middle|>',
  );
  check(
    'codeqwen',
    '<fim_prefix>const a = <fim_suffix>;\n<fim_middle>',
    `<fim_prefix>${commented}const a = <fim_suffix>;\n<fim_middle>`,
  );
  check(
    'starcoder',
    '<fim_prefix>const a = <fim_suffix>;\n<fim_middle>',
    `<fim_prefix>${commented}const a = <fim_suffix>;\n<fim_middle>`,
  );
  check(
    'starcoder2',
    '<fim_prefix>const a = <fim_suffix>;\n<fim_middle>',
    '<repo_name>project<file_sep>src/b.ts\nexport const b = 1;\n<file_sep><fim_prefix>src/a.ts\nconst a = <fim_suffix>;\n<fim_middle>',
  );
  check(
    'santacoder',
    '<fim-prefix>const a = <fim-suffix>;\n<fim-middle>',
    `<fim-prefix>${commented}const a = <fim-suffix>;\n<fim-middle>`,
  );
  check(
    'stable-code',
    '<fim_prefix>const a = <fim_suffix>;\n<fim_middle>',
    `<fim_prefix>${commented}const a = <fim_suffix>;\n<fim_middle>`,
  );
  check('codellama', '<PRE> const a =  <SUF>;\n <MID>', `<PRE> ${commented}const a =  <SUF>;\n <MID>`);
  check(
    'deepseek',
    '<｜fim▁begin｜>const a = <｜fim▁hole｜>;\n<｜fim▁end｜>',
    '<｜fim▁begin｜>#src/b.ts\nexport const b = 1;\n#src/a.ts\nconst a = <｜fim▁hole｜>;\n<｜fim▁end｜>',
  );
  check(
    'codestral',
    '[SUFFIX];\n[PREFIX]const a = ',
    '[SUFFIX];\n[PREFIX]+++++ src/b.ts\nexport const b = 1;\n\n+++++ src/a.ts\nconst a = ',
  );
  check(
    'granite',
    '<|fim_prefix|>const a = <|fim_suffix|>;\n<|fim_middle|>',
    `<|fim_prefix|>${commented}const a = <|fim_suffix|>;\n<|fim_middle|>`,
  );
  check(
    'granite-code',
    '<fim_prefix>const a = <fim_suffix>;\n<fim_middle>',
    `<fim_prefix>${commented}const a = <fim_suffix>;\n<fim_middle>`,
  );
  check(
    'codegemma',
    '<|fim_prefix|>const a = <|fim_suffix|>;\n<|fim_middle|>',
    'src/b.ts\nexport const b = 1;\n<|file_separator|>src/a.ts\n<|fim_prefix|>const a = <|fim_suffix|>;\n<|fim_middle|>',
  );
  check(
    'seed-coder',
    '<[fim-suffix]>;\n<[fim-prefix]>const a = <[fim-middle]>',
    `<[fim-suffix]>;\n<[fim-prefix]>${commented}const a = <[fim-middle]>`,
  );
  check(
    'mellum',
    '<filename>src/a.ts\n<fim_suffix>;\n<fim_prefix>const a = <fim_middle>',
    '<filename>src/b.ts\nexport const b = 1;\n<filename>src/a.ts\n<fim_suffix>;\n<fim_prefix>const a = <fim_middle>',
  );
  check(
    'glm',
    '<|code_prefix|>const a = <|code_suffix|>;\n<|code_middle|>',
    `<|code_prefix|>${commented}const a = <|code_suffix|>;\n<|code_middle|>`,
  );
  check(
    'codegeex4',
    '<|user|>\n###PATH:src/a.ts\n###LANGUAGE:\n###MODE:BLOCK\n<|code_suffix|>;\n<|code_prefix|>const a = <|code_middle|><|assistant|>\n',
    '<|user|>\n###REFERENCE:\n###PATH:src/b.ts\nexport const b = 1;\n###PATH:src/a.ts\n###LANGUAGE:\n###MODE:BLOCK\n<|code_suffix|>;\n<|code_prefix|>const a = <|code_middle|><|assistant|>\n',
  );
  check(
    'aixcoder',
    '▁<AIX-SPAN-PRE>▁<AIX-SPAN-POST>;\n▁<AIX-SPAN-MIDDLE>const a = ',
    `▁<AIX-SPAN-PRE>▁<AIX-SPAN-POST>;\n▁<AIX-SPAN-MIDDLE>${commented}const a = `,
  );
  check(
    'smollm',
    '<file_sep>src/a.ts\nconst a = ',
    '<file_sep>src/b.ts\nexport const b = 1;\n<file_sep>src/a.ts\nconst a = ',
  );
  check('prefix-only', 'const a = ', `${commented}const a = `);

  it.each(fimTemplates.filter((row) => controlTokens(row).length > 0).map((row) => [row.family, row] as const))(
    '%s: another file cannot pass for the frame of the prompt',
    (family, row) => {
      const tricky = controlTokens(row).map((token) => ({
        filename: 'tokens.ts',
        text: `const token = '${token}';\n`,
      }));
      expect(rawText(ask(model(family), { extra: tricky }))).toBe(rawText(ask(model(family))));
      expect(rawText(ask(model(family), { extra: [...tricky, ...extra] }))).toBe(
        rawText(ask(model(family), { extra })),
      );
    },
  );

  it('each has a prompt above', () => {
    expect(fimTemplates.map(({ family }) => family).toSorted()).toEqual(checked.toSorted());
  });

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

  it('the setting offers all of them', async () => {
    const { default: manifest } = await import('../../package.json', { with: { type: 'json' } });
    expect(JSON.stringify(manifest)).toContain(
      JSON.stringify(['infill', 'chat', ...fimTemplates.map((row) => row.family)]),
    );
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

  it.each([
    ['python', '# src/b.ts:\n# export const b = 1;\n\n'],
    ['css', '/* src/b.ts:\nexport const b = 1;\n*/\n\n'],
    ['html', '<!-- src/b.ts:\nexport const b = 1;\n-->\n\n'],
    ['latex', '% src/b.ts:\n% export const b = 1;\n\n'],
    ['sql', '-- src/b.ts:\n-- export const b = 1;\n\n'],
    ['language-of-tomorrow', '# src/b.ts:\n# export const b = 1;\n\n'],
  ])('comments are those of %s', (languageId, comments) => {
    expect(ask(model('infill'), { extra, languageId }).request).toMatchObject({
      prompt: { prefix: `${comments}const a = ` },
    });
  });

  it('a file cannot end the comment it stands in', () => {
    const sheet = [{ filename: 'a.css', text: 'a {} /* note */\nb {}' }];
    const { prompt } = ask(model('prefix-only'), { extra: sheet, languageId: 'css', prefix: '' });
    expect(prompt).toBe('/* a.css:\na {} /* note * /\nb {}\n*/\n\n');
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

describe('what a user is told of a form that was guessed', () => {
  const { chat: _chat, ...completionOnly } = infillModel;
  const { completion: _completion, ...chatOnly } = infillModel;
  const check = (name: string, from: Model, note: string | undefined): void =>
    it(name, () => expect(formNote(from)).toBe(note));
  const change = 'set "fim" in tutti.providers to change';

  check('nothing of a family', model('qwen'), undefined);
  check('nothing of a door', model('infill'), undefined);
  check('nothing of what was said to be asked through chat', model('chat'), undefined);
  check('nothing of a model that only chats', { ...chatOnly, facts: {} }, undefined);
  check('nothing of a wire made for holes', model(undefined, { completion: 'llamacpp-infill' }), undefined);
  check('no form', model(undefined), `fill-in-the-middle form unknown: asked through chat; ${change}`);
  check('no such form', model('qwne'), `unknown fill-in-the-middle form "qwne": asked through chat; ${change}`);
  check(
    'no form and no chat',
    { ...completionOnly, facts: {} },
    `fill-in-the-middle form unknown: asked with prompt and suffix; ${change}`,
  );
});

describe('a question for models that only chat', () => {
  const question = (changed: Partial<Hole> = {}): string => ask(model('chat'), changed).prompt;

  it('shows other files first, then the file with the cursor, and the line once more', () => {
    const text = question({ extra, prefix: 'let b;\nconst a = ' });
    const parts = [
      'File: src/b.ts\nexport const b = 1;',
      'File: src/a.ts (typescript)\nlet b;\nconst a = <cursor/>;\n',
    ];
    const places = [...parts, 'in this line:\nconst a = <cursor/>;\n'].map((part) => text.indexOf(part));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('tells how long the answer may be after all that stays the same', () => {
    expect(question()).toMatch(/at most 20 lines\.$/);
    expect(question({ maxLines: 1 })).toMatch(/stays on this line\.$/);
  });
});
