import { closeSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type FakeVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { openTutti, replied, reply, send, type TuttiWindow } from '../support/tutti-window.ts';
import { reload } from '../support/workbench.ts';
import { runCommand } from '../support/workbench-input.ts';
import { openChat, waitForNotification, waitForStatusBarItem } from '../support/workbench-parts.ts';

/** What other assistants keep their chats in, each with one question and its answer. */
const foreign = [
  {
    path: 'chat.json',
    content: {
      responderUsername: 'GitHub Copilot',
      creationDate: 5000,
      requests: [{ message: { text: 'Asked of Copilot' }, response: [{ value: 'Said by Copilot' }] }],
    },
  },
  {
    path: '.continue/sessions/abc.json',
    content: {
      sessionId: 'abc',
      title: 'Asked of Continue',
      history: [
        { message: { role: 'user', content: 'Asked of Continue' }, contextItems: [] },
        { message: { role: 'assistant', content: 'Said by Continue' } },
      ],
    },
  },
  {
    path: 'tasks/1700000000000/ui_messages.json',
    content: [
      { ts: 1, type: 'say', say: 'text', text: 'Asked of Cline' },
      { ts: 2, type: 'say', say: 'completion_result', text: 'Said by Cline' },
    ],
  },
] as const;

describe('the history in the real VS Code', () => {
  let vendor: FakeVendor;
  let tutti: TuttiWindow;
  let outside: string;
  let exported: string;

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['gpt-test']);
    outside = await mkdtemp(join(tmpdir(), 'tutti-outside-'));
    exported = join(outside, 'all.json');
    for (const { path, content } of foreign) {
      await mkdir(dirname(join(outside, path)), { recursive: true });
      await writeFile(join(outside, path), JSON.stringify(content));
    }
    tutti = await openTutti({
      settings: {
        'tutti.providers': { cloud: { vendor: 'openai-compatible', baseUrl: `${vendor.url}/v1` } },
        'tutti.roles': { chat: 'cloud/gpt-test' },
      },
      keybindings: [
        { key: 'ctrl+alt+7', command: 'tutti.exportChat', args: { format: 'json', file: exported } },
        { key: 'ctrl+alt+8', command: 'tutti.importChats', args: { file: exported } },
        { key: 'ctrl+alt+9', command: 'tutti.showHistory', args: { search: 'getUser' } },
        ...foreign.map(({ path }, index) => ({
          key: `ctrl+alt+${index + 1}`,
          command: 'tutti.importChats',
          args: { file: join(outside, path) },
        })),
      ],
    });
    await waitForStatusBarItem(tutti.workbench, 'gpt-test', 60_000);
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await vendor?.[Symbol.asyncDispose]();
  });

  const item = (chat: FrameLocator, text: string) => chat.getByTestId('history-item').filter({ hasText: text });
  const storage = (): string => tutti.server.globalStorage;
  const filesWith = (word: string): string[] =>
    readdirSync(storage(), { recursive: true })
      .map((name) => join(storage(), String(name)))
      .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() && readFileSync(path).includes(word));

  it('finds a chat by a word of a reply and goes on with it', async () => {
    const chat = await openChat(tutti.workbench);
    vendor.answers.push({ say: ['Call getUserName and read 設定 first.'] });
    await send(chat, 'Whose name is it?');
    await replied(chat);
    await runCommand(tutti.workbench, 'Tutti: New Chat');
    await chat.getByTestId('message').first().waitFor({ state: 'detached' });
    vendor.answers.push({ say: ['canaryreply is the answer'] });
    await send(chat, 'canaryquestion please');
    await replied(chat);

    await tutti.workbench.page.keyboard.press('Control+Alt+9');
    await item(chat, 'Whose name is it?').waitFor();
    expect(await chat.getByTestId('history-item').count()).toBe(1);
    expect(await chat.locator('.history-excerpt').textContent()).toContain('Call getUserName');
    await chat.getByTestId('history-search').press('ArrowDown');
    await tutti.workbench.page.keyboard.press('Enter');
    await reply(chat).getByText('Call getUserName').waitFor();
    await send(chat, 'And then?');
    await replied(chat);
    expect(vendor.bodies().at(-1)?.['messages']).toMatchObject({ length: 4 });
  });

  it('names, pins, exports, deletes to the last byte, and imports what was exported', async () => {
    const chat = await openChat(tutti.workbench);
    await runCommand(tutti.workbench, 'Tutti: Show History');
    await item(chat, 'canaryquestion').locator('.history-open').focus();
    await tutti.workbench.page.keyboard.press('F2');
    await chat.getByTestId('history-title').fill('Canarytitle of mine');
    await chat.getByTestId('history-title').press('Enter');
    await item(chat, 'Canarytitle').hover();
    await item(chat, 'Canarytitle').getByTestId('history-pin').click();
    await chat.getByRole('heading', { name: 'Pinned' }).waitFor();

    await tutti.workbench.page.keyboard.press('Control+Alt+7');
    const text = await vi.waitFor(() => readFile(exported, 'utf8'), 10_000);
    expect(JSON.parse(text)).toMatchObject({ format: 'tutti-chats', chats: [{}, { title: 'Canarytitle of mine' }] });

    await vi.waitFor(() => expect(filesWith('canaryreply')).not.toEqual([]), 10_000);
    await item(chat, 'Canarytitle').locator('.history-open').focus();
    await tutti.workbench.page.keyboard.press('Delete');
    await chat.getByTestId('history-undo').waitFor();
    await vi.waitFor(() => expect(filesWith('canary')).toEqual([]), 20_000);

    await tutti.workbench.page.keyboard.press('Control+Alt+8');
    await waitForNotification(tutti.workbench, '1 chats were imported, 2 messages. 1 were here already');
    await chat.getByTestId('history-close').click();
    await runCommand(tutti.workbench, 'Tutti: Show History');
    await item(chat, 'Canarytitle of mine').waitFor();
    await chat.getByTestId('history-close').click();
  });

  it('is there again after the database was damaged, and says so', async () => {
    const database = join(storage(), 'tutti.db');
    const copies = (): number => readdirSync(join(storage(), 'chats')).length;
    await vi.waitFor(() => expect(copies()).toBe(2), 10_000);
    for (const pid of await tutti.server.extensionHosts()) process.kill(pid, 'SIGKILL');
    // The log may hold a sound copy of the page.
    rmSync(`${database}-wal`, { force: true });
    const file = openSync(database, 'r+');
    writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, 0);
    closeSync(file);

    await reload(tutti.workbench);
    await waitForNotification(tutti.workbench, "Tutti's database was damaged. 2 chats with 6 messages were saved");
    expect(readdirSync(storage()).filter((name) => /^tutti-damaged-.*\.db$/.test(name))).toHaveLength(1);
    const chat = await openChat(tutti.workbench);
    await runCommand(tutti.workbench, 'Tutti: Show History');
    await item(chat, 'Canarytitle of mine').waitFor();
    await item(chat, 'Whose name is it?').waitFor();
  });

  it('takes in what Copilot, Continue and Cline have kept', async () => {
    const chat = await openChat(tutti.workbench);
    for (const [index, name] of ['Copilot', 'Continue', 'Cline'].entries()) {
      await tutti.workbench.page.keyboard.press(`Control+Alt+${index + 1}`);
      await waitForNotification(tutti.workbench, '1 chats were imported, 2 messages');
      await runCommand(tutti.workbench, 'Notifications: Clear All Notifications');
      await item(chat, `Asked of ${name}`).waitFor();
    }
    for (const name of ['Copilot', 'Continue', 'Cline']) {
      await item(chat, `Asked of ${name}`).locator('.history-open').click();
      await reply(chat).getByText(`Said by ${name}`).waitFor();
      await runCommand(tutti.workbench, 'Tutti: Show History');
    }
  });
});
