import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { openTutti, replied, reply, send, type TuttiWindow } from '../support/tutti-window.ts';
import { openWorkbench, reload, waitUntil } from '../support/workbench.ts';
import { goToEndOfLine, openFile, typeText } from '../support/workbench-editor.ts';
import { runCommand } from '../support/workbench-input.ts';
import {
  notifications,
  openChat,
  reloadWithSettings,
  waitForNotification,
  waitForStatusBarItem,
} from '../support/workbench-parts.ts';

/** A reply is thought to have ten tokens and has seven: $1.00, then $0.70. */
const models = { 'cloud/m': { maxOutputTokens: 10, price: { input: 0, output: 100_000 } } };

describe('budgets in the real VS Code', () => {
  let vendor: FakeVendor;
  let tutti: TuttiWindow;
  let settings: Readonly<Record<string, unknown>>;

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['m']);
    settings = {
      'tutti.providers': {
        cloud: { vendor: 'openai-compatible', baseUrl: `${vendor.url}/v1`, models: { m: { fim: 'infill' } } },
      },
      'tutti.roles': { chat: 'cloud/m', completion: 'cloud/m' },
      'tutti.completion.enabled': { '*': false },
      'tutti.models': models,
      'tutti.budget.perDay': 2,
    };
    tutti = await openTutti({ settings, files: { 'add.ts': 'function add(a: number, b: number) {\n  \n}\n' } });
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await vendor?.[Symbol.asyncDispose]();
  });

  const ledger = (): readonly (readonly unknown[])[] => {
    const database = new DatabaseSync(join(tutti.server.globalStorage, 'tutti.db'), { readOnly: true });
    try {
      const rows = database.prepare(
        'select outcome, round(coalesce(cost, expected_cost), 4) as cost from usage order by id',
      );
      return rows.all().map((row) => [row['outcome'], row['cost']]);
    } finally {
      database.close();
    }
  };

  it('what had left when the extension host was killed is counted', async () => {
    const chat = await openChat(tutti.workbench);
    vendor.answers.push({ say: [new Promise(() => undefined)] });
    await send(chat, 'Will you hear this?');
    await waitUntil(tutti.workbench, 'see the request arrive', async () => vendor.bodies().length === 1 || undefined);
    expect(ledger()).toEqual([['pending', 1]]);
    for (const host of await tutti.server.extensionHosts()) process.kill(host, 'SIGKILL');

    await reload(tutti.workbench);
    const again = await openChat(tutti.workbench);
    vendor.answers.push({ say: ['This I hear'] });
    await send(again, 'And this?');
    await reply(again).getByText('This I hear').waitFor();
    await replied(again);
    expect(ledger()).toEqual([
      ['lost', 1],
      ['stop', 0.7],
    ]);
    await waitForNotification(tutti.workbench, '100 % of your budget of $2.00 a day is used');
  });

  it('what would go over is stopped before it leaves, and can be allowed once', async () => {
    const chat = await openChat(tutti.workbench);
    const before = vendor.bodies().length;
    await send(chat, 'One more?');
    const allow = reply(chat).getByRole('button', { name: 'Allow Once' });
    await allow.waitFor();
    const told = (await reply(chat).textContent()) ?? '';
    expect(told).toContain('Your budget of $2.00 a day would be exceeded: $1.70 is spent or under way');
    expect(told).toContain('It begins anew on');
    expect(vendor.bodies().length).toBe(before);

    vendor.answers.push({ say: ['Allowed, so gladly'] });
    await allow.click();
    await reply(chat).getByText('Allowed, so gladly').waitFor();
    await reply(chat).getByTestId('notice').filter({ hasText: 'You allowed this request' }).waitFor();
    await replied(chat);

    await send(chat, 'And another?');
    await reply(chat).getByRole('button', { name: 'Allow Once' }).waitFor();
    expect(vendor.bodies().length).toBe(before + 1);
    expect(ledger().slice(1)).toEqual([
      ['stop', 0.7],
      ['stop', 0.7],
    ]);
  });

  it('completions pause with the reason at hand, and nobody is told at every key', async () => {
    await reloadWithSettings(tutti.workbench, { ...settings, 'tutti.completion.enabled': { '*': true } });
    await waitForStatusBarItem(tutti.workbench, 'Tutti completion model: m', 60_000);
    const before = vendor.bodies().length;
    await openFile(tutti.workbench, 'add.ts');
    await goToEndOfLine(tutti.workbench, 2);
    await typeText(tutti.workbench, 'return a', 60);
    await waitForStatusBarItem(tutti.workbench, 'Tutti completion model: m, error');
    expect(vendor.bodies().length).toBe(before);
    expect(await notifications(tutti.workbench)).toEqual([]);
    await runCommand(tutti.workbench, 'Tutti: Why No Suggestion?');
    await waitForNotification(tutti.workbench, 'Your budget of $2.00 a day');
  });

  it('two windows cannot both spend the last of it', async () => {
    // $2.40 is spent: there is room for one more, whichever window has it.
    await reloadWithSettings(tutti.workbench, { ...settings, 'tutti.budget.perDay': 3.6 });
    const folder = await mkdtemp(join(tmpdir(), 'tutti-second-'));
    await using second = await openWorkbench(tutti.server, { folder, profile: tutti.profile });
    const windows = [tutti.workbench, second];
    const chats = [await openChat(tutti.workbench), await openChat(second)] as const;
    const before = vendor.bodies().length;
    const { promise: letGo, resolve: release } = Promise.withResolvers<void>();
    vendor.answers.push({ say: [letGo, 'Here I am'] });
    await Promise.all(chats.map((chat) => send(chat, 'Who gets it?')));

    const refusals = chats.map((chat) => reply(chat).getByRole('button', { name: 'Allow Once' }));
    const refused = await Promise.race(refusals.map((button, index) => button.waitFor().then(() => index)));
    const served = chats[1 - refused];
    await waitUntil(second, 'see a request arrive', async () => vendor.bodies().length === before + 1 || undefined);
    release();
    if (served) await reply(served).getByText('Here I am').waitFor();
    expect(vendor.bodies().length).toBe(before + 1);
    // It was told to one of them that the budget is nearly used up.
    const told = await Promise.all(windows.map(notifications));
    expect(told.flat().filter((text) => text.includes('of your budget of $3.60')).length).toBe(1);
  });
});
