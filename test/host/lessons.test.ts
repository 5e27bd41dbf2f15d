import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { openTutti, replied, reply, send, type TuttiWindow } from '../support/tutti-window.ts';
import { reload } from '../support/workbench.ts';
import { openChat } from '../support/workbench-parts.ts';

const refusal = {
  raw: (response: ServerResponse): void => {
    response.writeHead(400, { 'content-type': 'application/json' });
    const message = "Unsupported value: 'temperature' does not support 0.3 with this model.";
    response.end(JSON.stringify({ error: { message, type: 'invalid_request_error', param: 'temperature' } }));
  },
};

describe('a client that learns, in the real VS Code', () => {
  let vendor: FakeVendor;
  let tutti: TuttiWindow;

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['m']);
    tutti = await openTutti({
      settings: {
        'tutti.providers': { cloud: { vendor: 'openai-compatible', baseUrl: `${vendor.url}/v1`, models: { m: {} } } },
        'tutti.roles': { chat: 'cloud/m' },
        'tutti.models': { 'cloud/m': { temperature: 0.3 } },
      },
    });
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await vendor?.[Symbol.asyncDispose]();
  });

  const temperatures = (): readonly unknown[] => vendor.bodies().map((body) => body['temperature']);

  it('a refused parameter is left out, told, remembered over a restart, shown and undone', async () => {
    let chat = await openChat(tutti.workbench);
    vendor.answers.push(refusal, { say: ['Without it, gladly'] });
    await send(chat, 'Hello?');
    await reply(chat).getByText('Without it, gladly').waitFor();
    await replied(chat);
    const notice = reply(chat)
      .getByTestId('notice')
      .filter({ hasText: 'does not accept temperature; sent without it' });
    await notice.waitFor();
    expect(temperatures()).toEqual([0.3, undefined]);

    await reload(tutti.workbench);
    chat = await openChat(tutti.workbench);
    await send(chat, 'Again?');
    await replied(chat);
    await reply(chat).getByTestId('notice').filter({ hasText: 'sent without it' }).waitFor();
    expect(temperatures()).toEqual([0.3, undefined, undefined]);

    await chat.getByRole('button', { name: 'Model settings' }).click();
    await chat.getByTestId('learned').getByText('temperature is not accepted · since').waitFor();
    await chat.getByRole('button', { name: 'Undo: temperature is not accepted' }).click();
    await chat.getByTestId('learned').waitFor({ state: 'detached' });
    await chat.getByRole('button', { name: 'Close settings' }).click();
    await send(chat, 'And now?');
    await replied(chat);
    expect(temperatures().at(-1)).toBe(0.3);
  });
});
