import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeVendor, startAnthropicVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { openTutti, replied, reply, send, type TuttiWindow } from '../support/tutti-window.ts';
import { reload } from '../support/workbench.ts';
import { quickItems, runCommand } from '../support/workbench-input.ts';
import { openChat, waitForStatusBarItem } from '../support/workbench-parts.ts';

describe('presets in the real VS Code', () => {
  let office: FakeVendor;
  let cloud: FakeVendor;
  let tutti: TuttiWindow;

  beforeAll(async () => {
    office = await startOpenAiVendor(['writer', 'coder']);
    cloud = await startAnthropicVendor(['thinker']);
    tutti = await openTutti({
      env: { CLOUD_KEY: 'key' },
      settings: {
        'tutti.providers': {
          office: { vendor: 'openai-compatible', baseUrl: `${office.url}/v1` },
          cloud: { vendor: 'anthropic-compatible', baseUrl: cloud.url, apiKey: '${env:CLOUD_KEY}' },
        },
        'tutti.roles': { chat: 'office/writer', completion: 'office/coder' },
        'tutti.presets': { Work: { chat: 'cloud/thinker', completion: ['office/writer', 'office/coder'] } },
      },
      keybindings: [
        { key: 'ctrl+alt+1', command: 'tutti.usePreset', args: { name: 'Work' } },
        { key: 'ctrl+alt+2', command: 'tutti.usePreset', args: { name: 'Work', scope: 'window' } },
        { key: 'ctrl+alt+3', command: 'tutti.switchModel', args: { role: 'completion', model: 'office/coder' } },
      ],
    });
    await waitForStatusBarItem(tutti.workbench, 'Tutti completion model: coder', 60_000);
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await office?.[Symbol.asyncDispose]();
    await cloud?.[Symbol.asyncDispose]();
  });

  const press = (key: string): Promise<void> => tutti.workbench.page.keyboard.press(key);

  it('changes all roles of this window, and of no other', async () => {
    await press('Control+Alt+2');
    await waitForStatusBarItem(tutti.workbench, 'Tutti completion model: writer');
    const chat = await openChat(tutti.workbench);
    await send(chat, 'hello');
    await replied(chat);
    expect(await reply(chat).getByTestId('message-model').textContent()).toContain('thinker');
    expect(cloud.bodies()).toHaveLength(1);
    const settings = await tutti.server.readUserSettings();
    expect(settings['tutti.roles']).toEqual({ chat: 'office/writer', completion: 'office/coder' });
  });

  it('survives the reload of the window', async () => {
    await reload(tutti.workbench);
    await waitForStatusBarItem(tutti.workbench, 'Tutti completion model: writer', 60_000);
  });

  it('gives way to a model chosen by hand, in this window', async () => {
    await press('Control+Alt+3');
    await waitForStatusBarItem(tutti.workbench, 'Tutti completion model: coder');
    const settings = await tutti.server.readUserSettings();
    expect(settings['tutti.roles']).toEqual({ chat: 'office/writer', completion: 'office/coder' });
  });

  it('lists the user’s and those made of the models there are, and keeps one for the user', async () => {
    await runCommand(tutti.workbench, 'Tutti: Use Preset…');
    await expect.poll(async () => (await quickItems(tutti.workbench)).join('\n')).toContain('Private');
    const items = (await quickItems(tutti.workbench)).join('\n');
    for (const name of ['Best', 'Cheap', 'Private', 'cloud/thinker']) expect(items).toContain(name);
    await tutti.workbench.page.screenshot({ path: 'test-results/presets.png' });
    await press('Enter');
    await waitForStatusBarItem(tutti.workbench, 'Tutti completion model: writer');
    await expect
      .poll(async () => (await tutti.server.readUserSettings())['tutti.roles'])
      .toEqual({ chat: 'cloud/thinker', completion: ['office/writer', 'office/coder'] });
  });
});
