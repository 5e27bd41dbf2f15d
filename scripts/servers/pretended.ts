import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { parseJson, stringAt } from '../../src/util/json.ts';
import { sseData, startHttpServer, type TestServer } from '../../test/support/http-server.ts';

export const pretendedText = 'Hello from nobody!';
export const pretendedFilling = 'a + b';
/** Talks until its listener leaves. */
export const endlessModel = 'endless';

/** An OpenAI-compatible server of ours for a real proxy to stand in front of. It fills a hole only where it gets a suffix. */
export function startPretendedServer(): Promise<TestServer> {
  return startHttpServer(async ({ path, body }, response) => {
    const asked = parseJson(body);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (path.endsWith('/chat/completions')) await say(response, stringAt(asked, 'model') === endlessModel);
    else await fill(response, stringAt(asked, 'suffix') === undefined ? 'no suffix came' : pretendedFilling);
    response.end(sseData('[DONE]'));
  });
}

async function say(response: ServerResponse, endless: boolean): Promise<void> {
  const chunk = (delta: object, finish: string | null): string =>
    sseData({
      id: 'c',
      object: 'chat.completion.chunk',
      created: 1,
      choices: [{ index: 0, delta, finish_reason: finish }],
    });
  do {
    for (const content of pretendedText.split(/(?= )/)) {
      response.write(chunk({ content }, null));
      // What comes at once may be told at once; each piece is to stand for itself.
      await pause(20);
    }
  } while (endless && !response.destroyed);
  response.write(chunk({}, 'stop'));
}

async function fill(response: ServerResponse, filling: string): Promise<void> {
  for (const [text, finish] of [
    [filling, null],
    ['', 'stop'],
  ]) {
    const choice = { index: 0, text, finish_reason: finish, logprobs: null };
    response.write(sseData({ id: 'f', object: 'text_completion', created: 1, choices: [choice] }));
    await pause(1);
  }
}
