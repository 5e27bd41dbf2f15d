import { describe, expect, it } from 'vitest';
import { answer as fim } from '../../scripts/try/fim.ts';

describe('npm run try -- fim, with other files', () => {
  const context = [
    { filename: 'src/b.ts', text: 'export const b = 1;\n' },
    { filename: 'src/c.ts', text: 'export const c = 2;\r\n' },
  ];
  const check = (name: string, model: object, endpoint: string, body: object): void =>
    it(name, async () => {
      const row = { model, filename: 'src/a.ts', prefix: 'const a = ', suffix: ';\n', context };
      expect(await fim(row)).toMatchObject({ endpoint, body });
    });
  const commented = '// src/b.ts:\n// export const b = 1;\n\n// src/c.ts:\n// export const c = 2;\n\n';

  check('a family that was taught repositories', { fim: 'qwen' }, '/v1/completions', {
    prompt:
      '<|repo_name|>project\n<|file_sep|>src/b.ts\nexport const b = 1;\n<|file_sep|>src/c.ts\nexport const c = 2;\n' +
      '<|file_sep|>src/a.ts\n<|fim_prefix|>const a = <|fim_suffix|>;\n<|fim_middle|>',
    stop: ['<|endoftext|>', '<|file_sep|>', '<|fim_pad|>', '<|im_end|>'],
  });
  check(
    'a published model on a server that takes prompts',
    { vendor: 'vllm', id: 'bigcode/starcoder2-3b' },
    '/v1/completions',
    {
      model: 'bigcode/starcoder2-3b',
      prompt:
        '<repo_name>project<file_sep>src/b.ts\nexport const b = 1;\n<file_sep>src/c.ts\nexport const c = 2;\n' +
        '<file_sep><fim_prefix>src/a.ts\nconst a = <fim_suffix>;\n<fim_middle>',
    },
  );
  check('a published model at Ollama', { vendor: 'ollama', id: 'qwen2.5-coder:1.5b-base' }, '/api/generate', {
    raw: true,
    prompt: expect.stringMatching(/^<\|repo_name\|>/),
  });
  check('a model nobody knows at Ollama', { vendor: 'ollama', id: 'mine' }, '/api/generate', {
    prompt: `${commented}const a = `,
    suffix: ';\n',
  });
  check('llama.cpp', { vendor: 'llamacpp' }, '/infill', {
    input_prefix: 'const a = ',
    input_suffix: ';\n',
    input_extra: [context[0], { filename: 'src/c.ts', text: 'export const c = 2;\n' }],
  });
  check('Codestral at its maker', { vendor: 'mistral', id: 'codestral-latest' }, '/v1/fim/completions', {
    prompt: `${commented}const a = `,
    suffix: ';\n',
  });
  check('DeepSeek at its maker', { vendor: 'deepseek', id: 'deepseek-chat' }, '/beta/completions', { suffix: ';\n' });
  check('a model that only chats', { vendor: 'anthropic', id: 'claude-haiku-4-5' }, '/v1/messages', {
    messages: [{ role: 'user' }],
  });
});
