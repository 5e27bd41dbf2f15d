import type { ServerResponse } from 'node:http';
import { type SeenRequest, sseData, startHttpServer, type TestServer } from './http-server.ts';

/** What a pretended vendor says: pieces of text, and pauses that last until the test lets go. */
export type Said = string | Promise<unknown>;

export interface FakeVendor extends TestServer {
  /** The next answers, first come first served; without one it says "ok". */
  readonly answers: Answering[];
  /** What it says when none is left, to any number of requests; null: "ok". */
  always: ((body: Record<string, unknown>) => readonly Said[]) | null;
  /** Bodies of the requests that asked for a reply (not of lists), parsed. */
  bodies(): readonly Record<string, unknown>[];
}

/** Says something, or answers the raw way (errors, nonsense, silence). */
export type Answering =
  | { readonly say: readonly Said[] }
  | { readonly raw: (response: ServerResponse, request: SeenRequest) => void | Promise<void> };

type Wire = (response: ServerResponse, said: readonly Said[]) => Promise<void>;

/** A server that speaks OpenAI's chat completions, FIM `/completions` and model list. */
export function startOpenAiVendor(models: readonly string[]): Promise<FakeVendor> {
  return startFakeVendor(models, (path) => (path.endsWith('/chat/completions') ? sayAsChat : sayAsCompletion));
}

/** A server that speaks Anthropic's messages and model list. */
export function startAnthropicVendor(models: readonly string[]): Promise<FakeVendor> {
  return startFakeVendor(models, () => sayAsMessages);
}

/** A model that wants to write `text`: it says what is still missing of it at the cursor, whichever key asks. */
export function completing(text: string): (body: Record<string, unknown>) => readonly string[] {
  return ({ prompt }) => {
    const before = String(prompt).split('<|fim_suffix|>', 1)[0] ?? '';
    const typed = (before.split('\n').at(-1) ?? '').trimStart();
    return text.startsWith(typed) ? [text.slice(typed.length)] : [];
  };
}

async function startFakeVendor(models: readonly string[], wireOf: (path: string) => Wire): Promise<FakeVendor> {
  const answers: Answering[] = [];
  const server = await startHttpServer(async (request, response) => {
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ data: models.map((id) => ({ id, type: 'model' })), has_more: false }));
      return;
    }
    const answering = answers.shift() ?? { say: vendor.always?.(JSON.parse(request.body)) ?? ['ok'] };
    if ('raw' in answering) {
      await answering.raw(response, request);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    await wireOf(request.path)(response, answering.say);
  });
  const vendor: FakeVendor = Object.assign(server, {
    answers,
    always: null,
    bodies: () => server.seen.filter((seen) => seen.method === 'POST').map((seen) => JSON.parse(seen.body)),
  });
  return vendor;
}

/** Writes each piece at once, waits at each pause; stops where the client has gone. */
async function saying(response: ServerResponse, said: readonly Said[], write: (text: string) => string): Promise<void> {
  for (const piece of said) {
    if (response.destroyed) return;
    if (typeof piece === 'string') response.write(write(piece));
    else await piece;
  }
}

const sayAsChat: Wire = async (response, said) => {
  const chunk = (delta: object, finish: string | null = null): string =>
    sseData({ id: 'c1', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] });
  await saying(response, said, (content) => chunk({ content }));
  response.write(chunk({}, 'stop'));
  response.write(
    sseData({ id: 'c1', choices: [], usage: { prompt_tokens: 12, completion_tokens: 7, total_tokens: 19 } }),
  );
  response.end(sseData('[DONE]'));
};

const sayAsCompletion: Wire = async (response, said) => {
  await saying(response, said, (text) => sseData({ id: 'f1', choices: [{ index: 0, text, finish_reason: null }] }));
  response.write(sseData({ id: 'f1', choices: [{ index: 0, text: '', finish_reason: 'stop' }] }));
  response.end(sseData('[DONE]'));
};

const sayAsMessages: Wire = async (response, said) => {
  const event = (payload: { type: string }): string => `event: ${payload.type}\n${sseData(payload)}`;
  const begin = {
    id: 'm1',
    type: 'message',
    role: 'assistant',
    content: [],
    usage: { input_tokens: 11, output_tokens: 1 },
  };
  response.write(event(Object.assign({ type: 'message_start' }, { message: begin })));
  response.write(
    event(Object.assign({ type: 'content_block_start' }, { index: 0, content_block: { type: 'text', text: '' } })),
  );
  await saying(response, said, (text) =>
    event(Object.assign({ type: 'content_block_delta' }, { index: 0, delta: { type: 'text_delta', text } })),
  );
  response.write(event(Object.assign({ type: 'content_block_stop' }, { index: 0 })));
  response.write(
    event(
      Object.assign({ type: 'message_delta' }, { delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 6 } }),
    ),
  );
  response.end(event({ type: 'message_stop' }));
};
