import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { startHttpServer, type TestServer } from '../support/http-server.ts';
import { openTutti, replied, reply, type TuttiWindow } from '../support/tutti-window.ts';
import { waitUntil } from '../support/workbench.ts';
import { openFile } from '../support/workbench-editor.ts';
import { runCommand } from '../support/workbench-input.ts';
import { openChat } from '../support/workbench-parts.ts';

/** Stands in everything no model may see, and is searched for in all that leaves. */
const canary = 'canaryM4';

const files = {
  'src/cart.ts': 'export const total = (prices: number[]) => prices.reduce((sum, price) => sum + price, 0);\n',
  'src/private/notes.ts': `export const notes = '${canary}';\n`,
  'broken.json': '{ "a": }\n',
  '.env': `TOKEN=${canary}\n`,
  '.tuttiignore': 'private/\n',
};

const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

/** As text: it runs in the page. */
const pastePicture = new Function(
  'element',
  'base64',
  `const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
   const clipboardData = new DataTransfer();
   clipboardData.items.add(new File([bytes], 'image.png', { type: 'image/png' }));
   element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));`,
) as (element: unknown, base64: string) => void;

describe('what goes along with a message, in the real VS Code', () => {
  let vendor: FakeVendor;
  let site: TestServer;
  let tutti: TuttiWindow;
  let chat: FrameLocator;

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['blind', 'seeing']);
    site = await startHttpServer((_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<title>Rope</title><script>alert(1)</script><h1>Ropes</h1><p>A rope is a tree.</p>');
    });
    const models = { blind: { images: false }, seeing: { images: true, name: 'Seeing' } };
    tutti = await openTutti({
      files,
      settings: {
        'tutti.providers': { one: { vendor: 'openai-compatible', baseUrl: `${vendor.url}/v1`, models } },
        'tutti.roles': { chat: 'one/blind' },
      },
    });
    const git = (...words: readonly string[]): void =>
      void execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...words], { cwd: tutti.folder });
    git('init', '--quiet');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'First');
    for (const path of ['src/cart.ts', '.env']) {
      appendFileSync(join(tutti.folder, path), `// ${path === '.env' ? canary : 'second'}\n`);
    }
    git('commit', '--quiet', '--all', '--message', 'Second');
    await openFile(tutti.workbench, 'cart.ts');
    chat = await openChat(tutti.workbench);
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await site?.[Symbol.asyncDispose]();
    await vendor?.[Symbol.asyncDispose]();
  });

  const composer = (): Locator => chat.getByTestId('composer');
  const chip = (text: string): Locator => chat.locator('.composer').getByTestId('attachment').filter({ hasText: text });

  /** Sends what is in the composer with `text` behind it; answers with what the model read of it. */
  async function ask(text: string): Promise<string> {
    const before = vendor.bodies().length;
    await composer().pressSequentially(text);
    await composer().press('Enter');
    await waitUntil(tutti.workbench, `ask ${text}`, async () => vendor.bodies().length > before);
    await replied(chat);
    const messages = vendor.bodies().at(-1)?.['messages'];
    return JSON.stringify(Array.isArray(messages) ? messages.at(-1) : undefined);
  }

  /** Types behind an `@` and chooses what is offered under this name. */
  async function mention(query: string, label: string | RegExp): Promise<void> {
    await composer().pressSequentially(`@${query}`);
    await chat.getByTestId('suggestion').filter({ hasText: label }).first().click();
    await chat.getByTestId('suggestions').waitFor({ state: 'detached' });
  }

  it('the file in front goes along, once; a hidden one is struck out with the reason', async () => {
    await chip('cart.ts').waitFor();
    expect(await ask('What does it do?')).toContain('prices.reduce');
    expect(await ask('And now?')).not.toContain('prices.reduce');
    expect(await chat.locator('[data-role="user"]').first().getByTestId('attachment').innerText()).toContain('cart.ts');
    await openFile(tutti.workbench, '.env');
    await chip('holds secrets').waitFor();
    await ask('What is in it?');
    await chip('.env').getByRole('button', { name: 'Remove .env' }).click();
    await chip('.env').waitFor({ state: 'detached' });
  });

  it('files and folders are found by a few letters; what no model may see cannot be chosen', async () => {
    await composer().pressSequentially('@notes');
    const hidden = chat.getByTestId('suggestion').filter({ hasText: '.tuttiignore keeps this file' });
    expect(await hidden.getAttribute('aria-disabled')).toBe('true');
    await composer().fill('');
    await mention('src', 'src/');
    await chip('2 files').filter({ hasText: '≈' }).waitFor();
    const sent = await ask('what is here?');
    expect(sent).toContain('src/cart.ts');
    expect(sent).not.toContain('notes');
  });

  it('problems, and a command that asks to fix them', async () => {
    await openFile(tutti.workbench, 'broken.json');
    await waitUntil(tutti.workbench, 'see the problem', async () => {
      await composer().fill('');
      await composer().pressSequentially('@probl');
      const entry = chat.getByTestId('suggestion').filter({ hasText: 'Problems' });
      await entry.waitFor();
      return (await entry.getAttribute('aria-disabled')) === 'false';
    });
    await composer().press('Enter');
    await chip('Problems').waitFor();
    expect(await ask('help')).toMatch(/broken\.json:1:8 error/);
    const before = vendor.bodies().length;
    await openFile(tutti.workbench, 'broken.json');
    await runCommand(tutti.workbench, 'Tutti: Fix');
    await waitUntil(tutti.workbench, 'ask to fix', async () => vendor.bodies().length > before);
    await replied(chat);
    const last = JSON.stringify(vendor.bodies().at(-1)?.['messages']);
    expect(last).toContain('Fix the problem');
    expect(last).toContain('{ \\\\\\"a\\\\\\": }'.replaceAll('\\\\\\', '\\'));
  });

  it('a symbol with its body, and a commit without what no model may see', async () => {
    await openFile(tutti.workbench, 'cart.ts');
    await waitUntil(tutti.workbench, 'find the symbol', async () => {
      await composer().fill('');
      await composer().pressSequentially('@symbol:total');
      const entry = chat.getByTestId('suggestion').filter({ hasText: 'cart.ts:1' });
      return entry.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      );
    });
    await composer().press('Enter');
    await chip('total').filter({ hasText: '≈' }).waitFor();
    expect(await ask('explain')).toContain('prices.reduce');
    await mention('commit:', 'First');
    await chip('First').filter({ hasText: 'cannot compare the first commit' }).waitFor();
    await chip('First').getByRole('button', { name: 'Remove' }).click();
    await composer().fill('');
    await mention('commit:', 'Second');
    await chip('Second').filter({ hasText: '1 of 2 files' }).filter({ hasText: '≈' }).waitFor();
    expect(await ask('what was it?')).toContain('+// second');
  });

  it('git changes, file by file, also by /review and /commit', async () => {
    for (const path of ['src/cart.ts', 'src/private/notes.ts', '.env']) {
      appendFileSync(join(tutti.folder, path), `// ${path === 'src/cart.ts' ? 'changed' : canary}\n`);
    }
    await runCommand(tutti.workbench, 'Git: Refresh');
    await waitUntil(tutti.workbench, 'see the changes', async () => {
      for (const button of await chip('Changes').getByRole('button', { name: 'Remove' }).all()) await button.click();
      await composer().fill('');
      await mention('changes', 'since the last commit');
      await chip('Changes').filter({ hasNotText: 'reading' }).waitFor();
      return (await chip('Changes').innerText()).includes('1 of 3 files');
    });
    expect(await ask('review')).toContain('+// changed');
    for (const [command, order] of [
      ['/review races above all', /Review the attached changes[\s\S]*races above all/],
      ['/commit', /Write a commit message for the attached changes/],
    ] as const) {
      const sent = await ask(`${command} `);
      expect(sent).toMatch(order);
      expect(sent).toContain('+// changed');
    }
  });

  it('a web page, fetched when the user agrees', async () => {
    await composer().pressSequentially(`@${site.url}/rope`);
    await chat.getByTestId('suggestion').first().click();
    const dialog = tutti.workbench.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    expect(site.seen).toHaveLength(0);
    await dialog.getByRole('button', { name: 'Fetch' }).click();
    await chip('/rope').filter({ hasText: '≈' }).waitFor();
    const sent = await ask('sum it up');
    expect(sent).toContain('# Ropes\\n\\nA rope is a tree.');
    expect(sent).not.toContain('alert');
  });

  it('a pasted picture waits for a model that sees', async () => {
    await composer().evaluate(pastePicture, png);
    await chip('takes no pictures. These do: Seeing.').waitFor();
    expect(await ask('look')).not.toContain(png);
    await chip('takes no pictures').waitFor();
    await chat.getByTestId('model-button').click();
    await chat.locator('[data-testid="model-option"][data-model="one/seeing"]').click();
    await chip('Pasted picture').filter({ hasText: '≈' }).waitFor();
    expect(await ask('look')).toContain(png);
  });

  it('nothing no model may see has left, on any of these ways', async () => {
    expect(await reply(chat).count()).toBe(1);
    expect(vendor.bodies().length).toBeGreaterThan(12);
    expect(JSON.stringify(vendor.seen)).not.toContain(canary);
  });
});
