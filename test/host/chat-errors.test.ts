import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answering, type FakeVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { sseData } from '../support/http-server.ts';
import { openTutti, replied, reply, send, type TuttiWindow } from '../support/tutti-window.ts';
import { openChat, waitForStatusBarItem } from '../support/workbench-parts.ts';

interface Case {
  readonly name: string;
  readonly answers: readonly Answering[];
  /** What the reply has to tell. */
  readonly cause: RegExp;
  readonly nextStep: RegExp;
  /** What had arrived and has to be there still. */
  readonly kept?: string;
}

const chunk = (content: string): string =>
  sseData({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });

function raw(status: number, type: string, body: string, headers: Readonly<Record<string, string>> = {}): Answering {
  return {
    raw: (response) => {
      response.writeHead(status, { 'content-type': type, ...headers });
      response.end(body);
    },
  };
}

const streaming = (then: (response: ServerResponse) => void): Answering => ({
  raw: (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    then(response);
  },
});

const tooMany = raw(429, 'application/json', '{"error":{"message":"slow down","type":"rate_limit"}}', {
  'retry-after': '1',
});

const nothing = streaming((response) =>
  response.end(`${sseData({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}${sseData('[DONE]')}`),
);

const cases: readonly Case[] = [
  {
    name: 'a wrong key',
    answers: [
      raw(401, 'application/json', '{"error":{"message":"Incorrect API key provided","code":"invalid_api_key"}}'),
    ],
    cause: /key .* was refused/,
    nextStep: /valid key/,
  },
  {
    name: 'a web page instead of an API',
    answers: [raw(200, 'text/html', '<!DOCTYPE html><html><title>Sign in</title><body>Please log in</body></html>')],
    cause: /web page/,
    nextStep: /base URL/,
  },
  {
    name: 'a stream cut in the middle',
    answers: [
      streaming((response) => response.write(chunk('half of it'), () => setTimeout(() => response.destroy(), 50))),
    ],
    cause: /lost|broke off/,
    nextStep: /Retry/,
    kept: 'half of it',
  },
  {
    name: 'a stream that ends without its end',
    answers: [streaming((response) => response.end(chunk('and then')))],
    cause: /broke off/,
    nextStep: /Retry/,
    kept: 'and then',
  },
  {
    name: 'malformed events',
    answers: [streaming((response) => response.end(`${chunk('so far')}data: {"choices":[{"delta"\n\n`))],
    cause: /cannot be read|broke off/,
    nextStep: /Check|Retry/,
    kept: 'so far',
  },
  {
    name: 'an empty reply, and it stays so',
    answers: [nothing, nothing, nothing],
    cause: /answered with nothing/,
    nextStep: /Retry/,
  },
  {
    name: 'too many requests, and it stays so',
    answers: [tooMany, tooMany, tooMany],
    cause: /too many requests/,
    nextStep: /another model/,
  },
];

describe('bad input in the real VS Code', () => {
  let vendor: FakeVendor;
  let tutti: TuttiWindow;

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['m']);
    tutti = await openTutti({
      settings: {
        'tutti.providers': {
          cloud: { vendor: 'openai-compatible', baseUrl: `${vendor.url}/v1`, models: { m: {} } },
          nobody: { vendor: 'openai-compatible', baseUrl: 'http://127.0.0.1:9/v1', models: { m: {} } },
        },
        'tutti.roles': { chat: 'cloud/m' },
      },
      keybindings: [
        { key: 'ctrl+alt+1', command: 'tutti.switchModel', args: { model: 'nobody/m' } },
        { key: 'ctrl+alt+2', command: 'tutti.switchModel', args: { model: 'cloud/m' } },
      ],
    });
    await openChat(tutti.workbench);
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await vendor?.[Symbol.asyncDispose]();
  });

  it.each(cases)('$name: told with cause and next step', async ({ answers, cause, nextStep, kept }) => {
    const chat = await openChat(tutti.workbench);
    vendor.answers.splice(0, vendor.answers.length, ...answers);
    await send(chat, 'Hello?');
    const error = reply(chat).getByTestId('retry');
    await error.waitFor({ timeout: 20_000 });
    await replied(chat);
    const told = (await reply(chat).textContent()) ?? '';
    expect(told).toMatch(cause);
    expect(told).toMatch(nextStep);
    if (kept !== undefined) expect(told).toContain(kept);
  });

  it('after a pause the server asked for, it is tried again, and that is told', async () => {
    const chat = await openChat(tutti.workbench);
    vendor.answers.splice(0, vendor.answers.length, tooMany, { say: ['Now I have time'] });
    const before = vendor.bodies().length;
    await send(chat, 'And now?');
    await reply(chat)
      .getByTestId('notice')
      .filter({ hasText: /Trying again in 1(\.\d)? s/ })
      .waitFor();
    await reply(chat).getByText('Now I have time').waitFor();
    await replied(chat);
    expect(vendor.bodies().length).toBe(before + 2);
  });

  it('requests one after the other go over one connection', async () => {
    const chat = await openChat(tutti.workbench);
    const before = vendor.seen.length;
    for (const text of ['one', 'two', 'three', 'four', 'five']) {
      await send(chat, text);
      await replied(chat);
    }
    const connections = vendor.seen.slice(before).map((seen) => seen.connection);
    expect(connections).toHaveLength(5);
    expect(new Set(connections).size).toBe(1);
  });

  it('Retry asks again and replaces the failure', async () => {
    const chat = await openChat(tutti.workbench);
    vendor.answers.splice(0, vendor.answers.length, raw(400, 'application/json', '{"error":{"message":"nope"}}'), {
      say: ['Second time lucky'],
    });
    await send(chat, 'Once more');
    await reply(chat).getByTestId('retry').waitFor();
    const replies = await chat.locator('[data-role="assistant"]').count();
    await reply(chat).getByTestId('retry').click();
    await reply(chat).getByText('Second time lucky').waitFor();
    expect(await chat.locator('[data-role="assistant"]').count()).toBe(replies);
  });

  it('a server that is not there is told with its address', async () => {
    const chat = await openChat(tutti.workbench);
    await tutti.workbench.page.keyboard.press('Control+Alt+1');
    await waitForStatusBarItem(tutti.workbench, 'Tutti chat model: m');
    await expect.poll(() => chat.getByTestId('model-button').getAttribute('title')).toContain('nobody/m');
    await send(chat, 'Anybody?');
    await reply(chat)
      .getByText(/Nothing listens at http:\/\/127\.0\.0\.1:9/)
      .waitFor({ timeout: 20_000 });
    expect(await reply(chat).textContent()).toMatch(/Start the server/);
  });
});
