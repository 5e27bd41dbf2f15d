import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Providers } from '../../src/providers/providers.ts';
import { addInfill, helloReply, scriptedModel } from '../../test/support/make-gguf.ts';
import { developmentFolder } from '../setup/paths.ts';
import { step } from '../setup/step.ts';
import { tinyModelFile } from '../setup/tiny-model.ts';
import { type CheckResult, checkServer } from './checks.ts';
import { prepareLlamaServer, startLlamaServer, templateWithTools } from './llama-server.ts';
import type { StartedServer } from './started.ts';

/** One server a model: what is asked of each is known. */
export interface LlamaServers extends AsyncDisposable {
  /** Says and fills what test/support/make-gguf.ts tells it to. */
  readonly hello: StartedServer;
  readonly endless: StartedServer;
  /** Calls the tool of checks.ts, with the words of Qwen's template. */
  readonly caller: StartedServer;
  /** A real, if small, model, where its weights are there. */
  readonly tiny?: StartedServer;
}

export const fillPrompt = { prefix: 'function add(a, b) {\n  ', suffix: '\n' };

const toolCall = ['<tool_call>\n', '{"name": "weather", ', '"arguments": {"city": ', '"Paris"}}', '\n</tool_call>'];

const folder = join(developmentFolder, 'servers/models');

export async function startLlamaServers(): Promise<LlamaServers> {
  await step('llama.cpp’s server', prepareLlamaServer);
  await using starting = new AsyncDisposableStack();
  const scripted = async (name: string, bytes: Buffer, template?: string): Promise<StartedServer> => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${name}.gguf`), bytes);
    return starting.use(await startLlamaServer(join(folder, `${name}.gguf`), name, template));
  };
  const hello = await scripted('hello', scriptedModel());
  const endless = await scripted(
    'endless',
    scriptedModel({ reply: ['And then ', 'and so on '], infill: [], endless: true }),
  );
  const caller = await scripted('caller', scriptedModel({ reply: toolCall, infill: [] }), templateWithTools);
  const tiny = existsSync(tinyModelFile) ? starting.use(await startLlamaServer(tinyModelFile, 'tiny')) : undefined;
  const servers = starting.move();
  return { hello, endless, caller, ...(tiny && { tiny }), [Symbol.asyncDispose]: () => servers.disposeAsync() };
}

export function checkLlamaServers(
  providers: Providers,
  { hello, endless, caller, tiny }: LlamaServers,
): Promise<readonly CheckResult[]> {
  const { prefix, suffix } = fillPrompt;
  const fills = { model: 'hello', wire: 'llamacpp-infill', text: addInfill } as const;
  return checkServer(
    providers,
    { vendor: 'llamacpp', url: hello.url },
    {
      says: { model: 'hello', text: helloReply },
      endless: { model: 'endless', url: endless.url },
      tools: { model: 'caller', url: caller.url },
      ...(tiny && { talks: { model: 'tiny', url: tiny.url } }),
      fills: [
        { ...fills, name: 'fill by /infill', prompt: { type: 'infill', prefix, suffix, extra: [] } },
        { ...fills, name: 'fill by /completion', prompt: { type: 'raw', text: qwenPrompt } },
      ],
    },
  );
}

/** The same hole in the tokens of the scripted model's family. */
export const qwenPrompt = `<|fim_prefix|>${fillPrompt.prefix}<|fim_suffix|>${fillPrompt.suffix}<|fim_middle|>`;
