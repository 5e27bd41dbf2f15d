import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { openTutti, replied, reply, send, type TuttiWindow } from '../support/tutti-window.ts';
import { reload } from '../support/workbench.ts';
import { openChat, waitForStatusBarItem } from '../support/workbench-parts.ts';

describe('a chat as a tree, in the real VS Code', () => {
  let vendor: FakeVendor;
  let tutti: TuttiWindow;

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['gpt-one', 'gpt-two']);
    tutti = await openTutti({
      settings: {
        'tutti.providers': { cloud: { vendor: 'openai-compatible', baseUrl: `${vendor.url}/v1` } },
        'tutti.roles': { chat: 'cloud/gpt-one' },
      },
    });
    await waitForStatusBarItem(tutti.workbench, 'gpt-one', 60_000);
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await vendor?.[Symbol.asyncDispose]();
  });

  it('is edited, answered by another model, forked and queued, and comes back as it was seen last', async () => {
    vendor.answers.push({ say: ['Rome'] }, { say: ['Paris'] }, { say: ['Paris, says the other'] });
    const chat = await openChat(tutti.workbench);
    const messages = chat.getByTestId('message');
    await send(chat, 'Capital of Italy?');
    await replied(chat);

    // An earlier message in other words: the old one is a branch.
    await messages.first().hover();
    await chat.getByTestId('edit-message').click();
    await chat.getByTestId('edit-input').fill('Capital of France?');
    await chat.getByTestId('edit-input').press('Enter');
    await reply(chat).getByText('Paris').waitFor();
    await replied(chat);
    expect(await messages.first().getByTestId('branch-position').textContent()).toBe('2/2');

    // One reply of another model; the chat's own choice stays.
    await chat.getByTestId('retry-with').click();
    await chat.locator('[data-testid="model-option"][data-model="cloud/gpt-two"]').click();
    await reply(chat).getByText('says the other').waitFor();
    await replied(chat);
    expect(vendor.bodies().map(({ model }) => model)).toEqual(['gpt-one', 'gpt-one', 'gpt-two']);
    await chat.getByTestId('model-button').getByText('gpt-one').waitFor();

    // The other branch, and a fork of it.
    await messages.first().getByTestId('branch-previous').click();
    await reply(chat).getByText('Rome').waitFor();
    await reply(chat).getByTestId('fork').click();
    await messages.first().getByTestId('branch-position').waitFor({ state: 'detached' });
    expect(await messages.allTextContents()).toEqual([
      expect.stringContaining('Capital of Italy?'),
      expect.stringContaining('Rome'),
    ]);

    // In the fork: a message that waits for the end of a reply.
    const pause = Promise.withResolvers<void>();
    vendor.answers.push({ say: ['Yes', pause.promise, ', surely'] }, { say: ['Since 1871'] });
    await send(chat, 'Are you sure?');
    await reply(chat).getByText('Yes').waitFor();
    await chat.getByTestId('composer').fill('Since when?');
    await chat.getByTestId('composer').press('Enter');
    await chat.getByTestId('queued-message').getByText('Since when?').waitFor();
    pause.resolve();
    await reply(chat).getByText('Since 1871').waitFor();
    await replied(chat);
    expect(await chat.getByTestId('queued-message').count()).toBe(0);
    const said = await messages.allTextContents();
    expect(said).toHaveLength(6);

    // Back to the first reply's sibling, and the window is loaded anew.
    vendor.answers.push({ say: ['In 1871, on a Thursday'] });
    await reply(chat).getByTestId('retry').click();
    await reply(chat).getByText('Thursday').waitFor();
    await replied(chat);
    await reply(chat).getByTestId('branch-previous').click();
    await reply(chat).getByText('Since 1871').waitFor();
    await reload(tutti.workbench);
    const again = await openChat(tutti.workbench);
    await reply(again).getByText('Since 1871').waitFor({ timeout: 60_000 });
    expect(await reply(again).getByTestId('branch-position').textContent()).toBe('1/2');
    expect(await again.getByTestId('message').count()).toBe(6);
  });
});
