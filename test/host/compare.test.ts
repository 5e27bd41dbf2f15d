import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type FakeVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { openTutti, replied, reply, send, type TuttiWindow } from '../support/tutti-window.ts';
import { runCommand } from '../support/workbench-input.ts';
import { openChat, waitForStatusBarItem } from '../support/workbench-parts.ts';

describe('comparing models in the real VS Code', () => {
  let first: FakeVendor;
  let second: FakeVendor;
  let tutti: TuttiWindow;

  beforeAll(async () => {
    [first, second] = await Promise.all([startOpenAiVendor(['x']), startOpenAiVendor(['y'])]);
    tutti = await openTutti({
      settings: {
        'tutti.providers': {
          one: { vendor: 'openai-compatible', baseUrl: `${first.url}/v1` },
          two: { vendor: 'openai-compatible', baseUrl: `${second.url}/v1` },
          // Nobody listens there.
          gone: { vendor: 'openai-compatible', baseUrl: 'http://127.0.0.1:1/v1', models: { w: {} } },
        },
        'tutti.roles': { chat: 'one/x' },
      },
      keybindings: [
        { key: 'ctrl+alt+1', command: 'tutti.compareModels', args: { models: ['one/x', 'two/y'] } },
        { key: 'ctrl+alt+2', command: 'tutti.compareModels', args: { models: ['one/x', 'two/y', 'one/z', 'gone/w'] } },
      ],
    });
    await waitForStatusBarItem(tutti.workbench, 'x', 60_000);
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await first?.[Symbol.asyncDispose]();
    await second?.[Symbol.asyncDispose]();
  });

  it('one message goes to two at once; a vote is counted, and the chat goes on with the one that is chosen', async () => {
    const chat = await openChat(tutti.workbench);
    const pauses = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    first.answers.push({ say: ['Rome', pauses[0].promise, ', of course'] });
    second.answers.push({ say: ['Roma', pauses[1].promise, ', certo'] });
    await tutti.workbench.page.keyboard.press('Control+Alt+1');
    await chat.getByTestId('compare-bar').locator('li[title="one/x"]').waitFor();
    await chat.getByTestId('composer').fill('Capital of Italy?');
    await chat.getByTestId('composer').press('Enter');
    const columns = chat.getByTestId('compare-column');
    // Both have begun, and neither has ended.
    await columns.nth(0).getByText('Rome').waitFor();
    await columns.nth(1).getByText('Roma').waitFor();
    for (const { resolve } of pauses) resolve();
    await replied(chat);
    await columns.nth(1).getByText('Roma, certo').waitFor();
    expect(await columns.nth(1).getByTestId('compare-usage').textContent()).toMatch(/12.*7/);
    await columns.nth(1).getByTestId('compare-best').click();
    await chat.getByTestId('leaderboard').getByText('two/y').waitFor();
    await columns.nth(1).getByTestId('compare-continue').click();
    await reply(chat).getByText('Roma, certo').waitFor();
    expect(await columns.count()).toBe(0);
    expect(await reply(chat).getByTestId('branch-position').textContent()).toBe('2/2');

    // What was said before is what was chosen; the chat's own model answers.
    await send(chat, 'Sure?');
    await replied(chat);
    await vi.waitFor(() => expect(first.bodies()).toHaveLength(2));
    expect(JSON.stringify(first.bodies()[1])).toContain('Roma, certo');
    expect(second.bodies()).toHaveLength(1);
    await runCommand(tutti.workbench, 'Tutti: Compare Models');
    await chat.getByTestId('compare-bar').waitFor();
  });

  it('four answer side by side, and one that fails says so in its own place', async () => {
    const chat = await openChat(tutti.workbench);
    await runCommand(tutti.workbench, 'Tutti: New Chat');
    await chat.getByTestId('message').first().waitFor({ state: 'detached' });
    first.always = ({ model }) => [`${model} of one`];
    second.always = ({ model }) => [`${model} of two`];
    await tutti.workbench.page.keyboard.press('Control+Alt+2');
    await chat.getByTestId('compare-bar').locator('li[title="gone/w"]').waitFor();
    await chat.getByTestId('composer').fill('All of you?');
    await chat.getByTestId('composer').press('Enter');
    const columns = chat.getByTestId('compare-column');
    await columns.nth(0).getByText('x of one').waitFor();
    await columns.nth(1).getByText('y of two').waitFor();
    await columns.nth(2).getByText('z of one').waitFor();
    await columns.nth(3).getByText('Nothing listens at http://127.0.0.1:1').waitFor();
    await replied(chat);
    await columns.nth(2).getByTestId('compare-continue').click();
    await reply(chat).getByText('z of one').waitFor();
    expect(await reply(chat).getByTestId('branch-position').textContent()).toBe('3/4');
  });
});
