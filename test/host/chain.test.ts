import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answering, type FakeVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { sseData } from '../support/http-server.ts';
import { openTutti, replied, reply, send, type TuttiWindow } from '../support/tutti-window.ts';
import { openChat, waitForStatusBarItem } from '../support/workbench-parts.ts';

const tooMany: Answering = {
  raw: (response) => {
    response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '7200' });
    response.end('{"error":{"message":"Slow down","type":"rate_limit"}}');
  },
};

const brokenOff: Answering = {
  raw: (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const delta = { content: 'Rome was not' };
    response.write(sseData({ choices: [{ index: 0, delta, finish_reason: null }] }), () =>
      setTimeout(() => response.destroy(), 50),
    );
  },
};

describe('a chain and Auto in the real VS Code', () => {
  let first: FakeVendor;
  let second: FakeVendor;
  let tutti: TuttiWindow;

  beforeAll(async () => {
    [first, second] = await Promise.all([startOpenAiVendor(['x']), startOpenAiVendor(['y'])]);
    const provider = (vendor: FakeVendor, model: string, more: object): object => ({
      vendor: 'openai-compatible',
      baseUrl: `${vendor.url}/v1`,
      models: { [model]: more },
    });
    tutti = await openTutti({
      settings: {
        'tutti.providers': {
          one: provider(first, 'x', { price: { input: 10, output: 50 } }),
          two: provider(second, 'y', { price: { input: 0.1, output: 0.4 } }),
        },
        'tutti.roles': { chat: ['one/x', 'two/y'] },
        'tutti.auto': { models: ['one/x', 'two/y'], quality: 0, cost: 1, latency: 0 },
      },
      keybindings: [{ key: 'ctrl+alt+1', command: 'tutti.switchModel', args: { model: 'auto' } }],
    });
    await openChat(tutti.workbench);
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await first?.[Symbol.asyncDispose]();
    await second?.[Symbol.asyncDispose]();
  });

  it('a reply that broke off is kept, and the next model goes on with it when told to', async () => {
    const chat = await openChat(tutti.workbench);
    first.answers.push(brokenOff);
    second.answers.push({ say: ['built in a day.'] });
    await send(chat, 'A proverb, please');
    const goOn = reply(chat).getByTestId('continue-with');
    await goOn.waitFor({ timeout: 20_000 });
    expect(await goOn.textContent()).toBe('Continue with two/y');
    expect(await reply(chat).textContent()).toContain('Rome was not');
    await goOn.click();
    await reply(chat).getByText('built in a day.').waitFor();
    expect(await reply(chat).getByTestId('message-model').textContent()).toBe('two/y');
    const [body] = second.bodies();
    expect(body).toMatchObject({
      messages: [{ role: 'system' }, { role: 'user' }, { role: 'assistant' }, { role: 'user' }],
    });
    expect(JSON.stringify(body)).toContain('Rome was not');
    await replied(chat);
  });

  it('the next model answers where the first cannot, and one line says so', async () => {
    const chat = await openChat(tutti.workbench);
    first.answers.push(tooMany);
    second.answers.push({ say: ['I have time.'] });
    await send(chat, 'Hello?');
    await reply(chat).getByText('I have time.').waitFor();
    await replied(chat);
    const notices = await reply(chat).getByTestId('notice').allTextContents();
    expect(notices).toEqual([expect.stringMatching(/^one\/x → two\/y, because: one\/x gets too many requests/)]);
    expect(notices[0]).toMatch(/until (\d{4}-\d\d-\d\d )?\d\d:\d\d/);
    expect(await reply(chat).getByTestId('message-model').textContent()).toBe('two/y');
    // The choice is what it was, and the list says until when it rests.
    await chat.getByTestId('model-button').click();
    const option = chat.locator('[data-testid="model-option"][data-model="one/x"]');
    await option.getByText(/is over its rate limit until/).waitFor();
    expect(await option.getAttribute('aria-selected')).toBe('true');
    await chat.getByTestId('composer').press('Escape');
  });

  it('Auto says whom it took and why, and shows all scores', async () => {
    const chat = await openChat(tutti.workbench);
    await tutti.workbench.page.keyboard.press('Control+Alt+1');
    await waitForStatusBarItem(tutti.workbench, 'Tutti chat model: Auto');
    await expect.poll(() => chat.getByTestId('model-button').textContent()).toContain('Auto');
    second.answers.push({ say: ['As you like.'] });
    await send(chat, 'And now?');
    await reply(chat).getByText('As you like.').waitFor();
    await replied(chat);
    const line = reply(chat).getByTestId('auto-choice');
    expect(await line.textContent()).toMatch(/^Auto → two\/y: .*one\/x is over its rate limit until/);
    await line.click();
    const lines = tutti.workbench.page.locator('.editor-instance .view-lines');
    // The editor writes spaces as such that do not break.
    const shown = async (): Promise<string> => (await lines.allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
    await expect.poll(shown, { timeout: 20_000 }).toContain('chat → two/y');
    expect(await shown()).toMatch(/\| one\/x \| 0\.\d\d \|/);
  });
});
