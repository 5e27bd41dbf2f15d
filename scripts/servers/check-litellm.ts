import type { Providers } from '../../src/providers/providers.ts';
import { addInfill, helloReply } from '../../test/support/make-gguf.ts';
import { step } from '../setup/step.ts';
import { fillPrompt, type LlamaServers, qwenPrompt } from './check-llama-server.ts';
import { type Abilities, type CheckResult, checkServer, type Filling } from './checks.ts';
import { type ProxiedModel, prepareLitellm, startLitellm } from './litellm.ts';
import { pretendedFilling, pretendedText, startPretendedServer } from './pretended.ts';

const apiKey = 'sk-of-the-proxy';

/** The proxy in front of llama.cpp's servers where they run, and of one of ours for what they cannot do. */
export async function checkLitellm(
  providers: Providers,
  llama: LlamaServers | undefined,
): Promise<readonly CheckResult[]> {
  await step('LiteLLM', prepareLitellm);
  await using pretended = await startPretendedServer();
  const behind = (name: string, server: { readonly url: string } = pretended): ProxiedModel[] =>
    (['openai', 'text-completion-openai'] as const).map((speaks) => ({
      name: speaks === 'openai' ? name : `${name}-text`,
      speaks,
      id: name,
      baseUrl: `${server.url}/v1`,
    }));
  const models = [
    ...[...behind('hello', llama?.hello), ...behind('endless', llama?.endless), ...behind('suffix')],
    ...(llama ? behind('caller', llama.caller) : []),
    ...(llama?.tiny ? behind('tiny', llama.tiny) : []),
  ];
  await using proxy = await startLitellm(models, apiKey);
  const server = { vendor: 'litellm', url: proxy.url, apiKey };
  const abilities: Abilities = {
    says: { model: 'hello', text: llama ? helloReply : pretendedText },
    endless: { model: 'endless' },
    tools: llama ? { model: 'caller' } : { missing: 'no model with tools stands behind it' },
    ...(llama?.tiny && { talks: { model: 'tiny' } }),
    fills: [bySuffix, ...(llama ? [byTokens] : [])],
  };
  // Awaited, so that the servers are there until the end.
  return await checkServer(providers, server, abilities);
}

const bySuffix: Filling = {
  name: 'fill by suffix',
  model: 'suffix-text',
  wire: 'openai-completions',
  prompt: { type: 'infill', ...fillPrompt, extra: [] },
  text: pretendedFilling,
};

const byTokens: Filling = {
  name: 'fill by tokens',
  model: 'hello-text',
  wire: 'openai-completions',
  prompt: { type: 'raw', text: qwenPrompt },
  text: addInfill,
};
