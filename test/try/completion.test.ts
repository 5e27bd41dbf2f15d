import { describe, expect, it } from 'vitest';
import { answer as completion } from '../../scripts/try/completion.ts';
import { answer as fim } from '../../scripts/try/fim.ts';

describe('npm run try -- completion', () => {
  const check = (name: string, row: unknown, expected: unknown): void =>
    it(name, async () => expect(await completion(row)).toEqual(expected));

  check(
    'tells what would be shown and what cut it',
    { filename: 'a.ts', input: 'call(<|fim|>);\n', llmOutput: 'a, b);' },
    { text: 'a, b', cutBy: ['rest-of-line'] },
  );
  check(
    'tells what it replaces',
    { filename: 'a.ts', input: 'function f(<|fim|>)\n', llmOutput: 'a) {\n  return a;\n}' },
    { text: 'a) {\n  return a;\n}', cutBy: [], replaceAfter: 1 },
  );
  check(
    'indents as the row says',
    {
      filename: 'a.go',
      input: 'func f() {\r\n\t<|fim|>\r\n}\r\n',
      llmOutput: 'if a {\n    b()\n}',
      tabSize: 4,
      insertSpaces: false,
    },
    { text: 'if a {\r\n\tb()\r\n}', cutBy: ['file-indentation', 'line-ends'] },
  );
  check(
    'tells why nothing would be shown',
    { filename: 'a.ts', input: '<|fim|>\n', llmOutput: '' },
    { text: '', cutBy: [], reason: 'The model had nothing to add here.' },
  );
  for (const row of [null, 1, 'text', [], {}, { input: '<|fim|>' }, { input: 'no cursor', llmOutput: 'a' }])
    check(`answers ${JSON.stringify(row)} with an error`, row, { error: expect.any(String) });
});

describe('npm run try -- fim', () => {
  const row = (model: unknown) => ({ model, filename: 'a.ts', prefix: 'const a = ', suffix: ';\n', context: [] });
  const check = (name: string, model: unknown, expected: unknown): void =>
    it(name, async () => expect(await fim(row(model))).toMatchObject(expected as object));

  check('suffix', { fim: 'infill' }, { endpoint: '/v1/completions', body: { prompt: 'const a = ', suffix: ';\n' } });
  check(
    'infill',
    { vendor: 'llamacpp' },
    { endpoint: '/infill', body: { input_prefix: 'const a = ', input_suffix: ';\n' } },
  );
  check(
    'family',
    { fim: 'qwen' },
    { endpoint: '/v1/completions', body: { prompt: expect.stringMatching(/^<\|fim_prefix\|>/) } },
  );
  check('chat', { fim: 'chat' }, { endpoint: '/v1/chat/completions', body: { messages: expect.any(Array) } });
  check('another chat', { vendor: 'anthropic' }, { endpoint: '/v1/messages' });
  check('a vendor’s own path', { vendor: 'deepseek' }, { endpoint: '/beta/completions' });
  check('a base URL', { fim: 'infill', baseUrl: 'http://x/api/v2' }, { endpoint: '/api/v2/completions' });
  check('the model inside', { vendor: 'embedded' }, { endpoint: 'embedded' });
  check('an unknown vendor', { vendor: 'nobody' }, { error: expect.stringContaining('nobody') });

  it.each([null, 1, 'text', [], {}, { prefix: 'a' }])('answers %j with an error', async (bad) => {
    expect(await fim(bad)).toEqual({ error: expect.any(String) });
  });
});
