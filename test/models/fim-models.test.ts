import { describe, expect, it } from 'vitest';
import { fimTemplate } from '../../src/completion/fim-templates.ts';
import type { ModelFacts } from '../../src/llm/model-facts.ts';
import { publishedFamily } from '../../src/models/fim-models.ts';
import type { ProviderConfig } from '../../src/models/provider-config.ts';
import { isError, resolveModel, resolveProvider } from '../../src/models/resolve-model.ts';
import { vendors } from '../../src/providers/vendors.ts';

describe('published models', () => {
  const check = (family: string | undefined, ...ids: readonly string[]): void => {
    it.each(ids)(`%s: ${family ?? 'none'}`, (id) => {
      expect(publishedFamily(id)).toBe(family);
      if (family !== undefined) expect(fimTemplate(family)?.family).toBe(family);
    });
  };

  check(
    'qwen',
    'qwen2.5-coder:1.5b-base',
    'qwen2.5-coder',
    'qwen2.5-coder:7b-instruct-q4_K_M',
    'Qwen/Qwen2.5-Coder-7B',
    'Qwen/Qwen2.5-Coder-32B-Instruct-AWQ',
    'qwen2.5-coder-1.5b-q8_0.gguf',
    '/models/Qwen2.5-Coder-1.5B-Q8_0.gguf',
    'C:\\models\\qwen2.5-coder-0.5b-instruct-q8_0.gguf',
    'bartowski_Qwen2.5.1-Coder-7B-Instruct-GGUF',
    'hf.co/Qwen/Qwen2.5-Coder-1.5B-GGUF:Q8_0',
    'accounts/fireworks/models/qwen2p5-coder-7b',
    'qwen3-coder:30b',
    'Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8',
    'qwen-coder-turbo-latest',
    'mlx-community/Qwen2.5-Coder-3B-4bit',
  );
  check('codeqwen', 'codeqwen:7b-code-v1.5-q8_0', 'Qwen/CodeQwen1.5-7B');
  check('starcoder2', 'starcoder2:3b', 'bigcode/starcoder2-15b', 'starcoder2');
  check('starcoder', 'starcoder:7b', 'bigcode/starcoderbase-1b', 'bigcode/tiny_starcoder_py', 'bigcode/starcoder');
  check('starcoder', 'smallcloudai/Refact-1_6B-fim');
  check('santacoder', 'bigcode/santacoder');
  check('stable-code', 'stabilityai/stable-code-3b', 'stable-code:3b-code-q4_0');
  check('codellama', 'codellama:7b-code', 'codellama:13b', 'codellama/CodeLlama-7b-hf', 'codellama:code');
  check(
    'deepseek',
    'deepseek-coder-v2-lite',
    'deepseek-coder-v2:16b',
    'deepseek-coder:6.7b-base-q4_K_M',
    'deepseek-ai/deepseek-coder-1.3b-base',
    'deepseek-ai/DeepSeek-Coder-V2-Lite-Base',
  );
  check('codestral', 'codestral-latest', 'codestral-2508', 'codestral:22b', 'mistralai/Codestral-22B-v0.1');
  check('granite', 'ibm-granite/granite-4.0-h-tiny', 'granite4:micro');
  check('granite-code', 'ibm-granite/granite-3b-code-base-2k', 'granite-code:8b-base');
  check('codegemma', 'codegemma:2b', 'codegemma:7b-code', 'google/codegemma-2b', 'google/codegemma-1.1-7b');
  check('seed-coder', 'ByteDance-Seed/Seed-Coder-8B-Base');
  check('mellum', 'JetBrains/Mellum-4b-sft-all-gguf:Q8_0', 'JetBrains/Mellum-4b-base');
  check('codegeex4', 'codegeex4:9b', 'THUDM/codegeex4-all-9b');
  check('aixcoder', 'aiXcoder/aixcoder-7b-base');

  // Models that only chat, and relatives that were not taught the middle or lost it.
  check(
    undefined,
    ...['llama3.1:8b', 'gpt-4o', 'gpt-5-codex', 'claude-sonnet-4-5', 'gemini-2.5-pro', 'gemma3:4b', 'grok-code-fast-1'],
    ...['mistral-large-latest', 'devstral-medium-latest', 'phi4', 'kimi-k2', 'glm-4.6', 'smollm2:135m', 'o4-mini'],
    ...[
      'qwen2.5:7b',
      'qwen3:30b',
      'Qwen/Qwen3-Next-80B-A3B-Instruct',
      'qwen3-coder-plus',
      'deepseek-chat',
      'deepseek-r1',
    ],
    ...['starcoder2:instruct', 'bigcode/starcoder2-15b-instruct-v0.1', 'HuggingFaceH4/starchat-beta', 'wizardcoder:7b'],
    ...['codellama:34b', 'codellama:7b-python', 'codellama', 'deepseek-coder:6.7b', 'deepseek-coder-6.7b-instruct'],
    ...['mistralai/Mamba-Codestral-7B-v0.1', 'codestral-embed-2505', 'google/codegemma-7b-it', 'codegemma:7b'],
    ...['stable-code-instruct-3b', 'Seed-Coder-8B-Instruct', 'granite3.3:8b', 'granite-code:8b', 'yi-coder:9b', ''],
    ...[
      'codeqwen:7b-chat',
      'Qwen/CodeQwen1.5-7B-Chat',
      'ibm-granite/granite-vision-4.0',
      'DeepSeek-R1-Distill-Qwen-7B',
    ],
  );
});

describe('the form of a published model', () => {
  interface Case {
    readonly vendor: string;
    readonly id: string;
    readonly listed?: ModelFacts;
    readonly own?: ModelFacts;
    readonly fim: string | undefined;
  }
  const check = (name: string, { vendor, id, listed, own, fim }: Case): void =>
    it(name, () => {
      const config: ProviderConfig = { id: 'p', vendor, headers: {}, timeouts: {}, models: own ? { [id]: own } : {} };
      const baseUrl = vendors.find((row) => row.id === vendor)?.baseUrl ?? 'http://models.example.com/v1';
      const provider = resolveProvider({ ...config, baseUrl }, vendors);
      if (isError(provider)) throw new Error(provider.message);
      expect(resolveModel(provider, id, { catalog: new Map(), listed }, { parameters: {} }).facts.fim).toBe(fim);
    });

  check('is its family where prompts go through as they are', {
    ...{ vendor: 'vllm', id: 'Qwen/Qwen2.5-Coder-7B', fim: 'qwen' },
  });
  check('is nothing where the model is not known', { vendor: 'vllm', id: 'meta-llama/Llama-3.1-8B', fim: undefined });
  check('goes over what a compatible server is taken to have', {
    ...{ vendor: 'openai-compatible', id: 'starcoder2-3b', fim: 'starcoder2' },
  });
  check('is the door a list of models tells of', {
    ...{ vendor: 'openai-compatible', id: 'codestral-latest', listed: { fim: 'infill' }, fim: 'infill' },
  });
  check('goes past a template', {
    ...{ vendor: 'ollama', id: 'qwen2.5-coder:1.5b-base', listed: { fim: 'infill' }, fim: 'qwen' },
  });
  check('goes past a template that knows no suffix', {
    ...{ vendor: 'ollama', id: 'hf.co/Qwen/Qwen2.5-Coder-1.5B-GGUF:Q8_0', listed: { fim: 'chat' }, fim: 'qwen' },
  });
  check('is as the list says where the model is not known', {
    ...{ vendor: 'ollama', id: 'llama3.1:8b', listed: { fim: 'chat' }, fim: 'chat' },
  });
  check('is left to a server that reads the tokens from the file', {
    ...{ vendor: 'llamacpp', id: 'qwen2.5-coder-1.5b-q8_0.gguf', fim: 'infill' },
  });
  check('is the door of its maker, listed or not', { vendor: 'mistral', id: 'codestral-latest', fim: 'infill' });
  check('is no door for the maker’s other models', { vendor: 'mistral', id: 'mistral-large-latest', fim: 'chat' });
  check('is what the user says', { vendor: 'vllm', id: 'qwen2.5-coder-7b', own: { fim: 'chat' }, fim: 'chat' });
  check('is that of the model behind a name of the user’s own', {
    ...{ vendor: 'litellm', id: 'ours', own: { model: 'bigcode/starcoder2-7b' }, fim: 'starcoder2' },
  });
  check('is none where there are only chats', { vendor: 'openrouter', id: 'qwen/qwen3-coder', fim: 'chat' });
});
