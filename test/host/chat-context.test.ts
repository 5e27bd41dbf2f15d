import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answering, type FakeVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { openTutti, replied, reply, send, type TuttiWindow } from '../support/tutti-window.ts';
import { openFile } from '../support/workbench-editor.ts';
import { openChat, reloadWithSettings } from '../support/workbench-parts.ts';

const tooLong: Answering = {
  raw: (response) => {
    const message =
      "This model's maximum context length is 8000 tokens. However, your messages resulted in 9000 tokens.";
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({ error: { message, code: 'context_length_exceeded', type: 'invalid_request_error' } }),
    );
  },
};

const files = {
  'AGENTS.md': 'Indent with tabs, always.\n',
  'api/AGENTS.md': 'In the API, count from one.\n',
  'api/routes.ts': 'export const routes = 7;\n',
  'CLAUDE.md': 'Answer like a pirate.\n',
  '.tuttiignore': 'CLAUDE.md\n',
  '.github/prompts/greet.prompt.md':
    '---\ndescription: Greets\nmode: agent\n---\nGreet ${input:name} of ${workspaceFolderBasename}.',
};

/** What a request said, by role. */
function said(body: Record<string, unknown> | undefined): { readonly system: string; readonly last: string } {
  const messages = (body?.['messages'] ?? []) as readonly { role: string; content: unknown }[];
  const text = (content: unknown): string => (typeof content === 'string' ? content : JSON.stringify(content));
  const system = messages.find(({ role }) => role === 'system' || role === 'developer');
  return { system: text(system?.content), last: text(messages.at(-1)?.content) };
}

describe('what goes along with a chat in the real VS Code', () => {
  let vendor: FakeVendor;
  let tutti: TuttiWindow;
  let chat: FrameLocator;
  let settings: Readonly<Record<string, unknown>>;

  const ask = async (text: string): Promise<ReturnType<typeof said>> => {
    await send(chat, text);
    await replied(chat);
    return said(vendor.bodies().at(-1));
  };
  const ofUser = () => chat.locator('[data-testid="message"][data-role="user"]').last();

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['m']);
    const models = { m: { contextWindow: 8000 } };
    settings = {
      'tutti.providers': { one: { vendor: 'openai-compatible', baseUrl: `${vendor.url}/v1`, models } },
      'tutti.roles': { chat: 'one/m' },
      'security.workspace.trust.startupPrompt': 'never',
    };
    tutti = await openTutti({ files, settings, trustsEveryFolder: false });
    chat = await openChat(tutti.workbench);
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await vendor?.[Symbol.asyncDispose]();
  });

  it('nothing that a folder nobody trusts says', async () => {
    const { system, last } = await ask('/greet name=Ada');
    expect(system).toContain('You are Tutti');
    expect(system).not.toContain('tabs');
    expect(last).toContain('/greet name=Ada');
    expect(await chat.getByTestId('instruction').count()).toBe(0);
  });

  it('instructions of a trusted one, which are shown; not those that no model may see', async () => {
    await reloadWithSettings(tutti.workbench, { ...settings, 'security.workspace.trust.enabled': false });
    chat = await openChat(tutti.workbench);
    await chat.getByTestId('instruction').waitFor();
    expect(await chat.getByTestId('instruction').allTextContents()).toEqual(['AGENTS.md']);
    const { system } = await ask('Hello');
    expect(system).toContain('Indent with tabs, always.');
    expect(system).not.toContain('pirate');
  });

  it('those of a folder below, with a file that is in it', async () => {
    await openFile(tutti.workbench, 'routes.ts');
    await chat.getByTestId('instruction').filter({ hasText: 'api/AGENTS.md' }).waitFor();
    const { system, last } = await ask('What of this?');
    expect(last).toContain('routes = 7');
    expect(system).toMatch(/Indent with tabs, always\.[\s\S]*In the API, count from one\./);
  });

  it('a file that has changed counts anew and it is said; one that is switched off does not count', async () => {
    const before = said(vendor.bodies().at(-1)).system;
    expect((await ask('Again')).system).toBe(before);
    await writeFile(join(tutti.folder, 'AGENTS.md'), 'Indent with spaces from now on.\n');
    expect((await ask('And now?')).system).toContain('Indent with spaces');
    await ofUser().getByText('AGENTS.md has changed').waitFor();
    await chat.getByRole('button', { name: 'Send AGENTS.md along' }).click();
    await chat.locator('[data-testid="instruction"][data-on="false"]').waitFor();
    expect((await ask('Without it')).system).not.toContain('Indent');
  });

  it('the text of a prompt file and of a built-in command, while what was typed stays on the screen', async () => {
    const greeting = await ask('/greet name=Ada');
    expect(greeting.last).toMatch(/Greet Ada of tutti-folder-/);
    expect(await ofUser().textContent()).toContain('/greet name=Ada');
    await ofUser().getByText('is written for the mode “agent”').waitFor();
    const explanation = await ask('/explain the loop');
    expect(explanation.last).toMatch(/Explain the attached code[\s\S]*the loop/);
    await ofUser().getByTestId('sent-instead').locator('summary').click();
    await ofUser().getByText('Begin with what it is for').waitFor();
  });

  it('the meter says what the provider counted', async () => {
    await chat.locator('[aria-label="Context window: 19 of 8K tokens (0%)"]').waitFor();
    await chat.getByTestId('window-meter').click();
    expect(await chat.getByTestId('window-parts').locator('[data-part="history"]').textContent()).toContain(
      'Conversation',
    );
    await chat.getByTestId('window-meter').press('Escape');
  });

  it('after an overflow the chat goes on behind a summary', async () => {
    vendor.answers.push(tooLong, { say: ['They greet each other.'] }, { say: ['Of course.'] });
    await send(chat, 'Will this fit?');
    await reply(chat).getByRole('button', { name: 'Compact and Retry' }).click();
    await reply(chat).getByText('Of course.').waitFor({ timeout: 20_000 });
    await replied(chat);
    expect(said(vendor.bodies().at(-2)).last).toContain('Summarise the conversation above');
    const { last } = said(vendor.bodies().at(-1));
    expect(last).toMatch(/Summary of our conversation so far:\s*They greet each other\.\s*Will this fit\?/);
    expect(await chat.getByTestId('message').count()).toBe(2);
    await chat.getByTestId('unfold').click();
    expect(await chat.getByTestId('message').count()).toBeGreaterThan(10);
  });

  it('/compact puts a summary in the place of all, and /clear begins anew', async () => {
    vendor.answers.push({ say: ['All is well.'] });
    await chat.getByTestId('composer').fill('/compact ');
    await chat.getByTestId('composer').press('Enter');
    await chat.getByTestId('summary').nth(1).waitFor({ timeout: 20_000 });
    expect((await ask('Go on')).last).toContain('All is well.');
    await chat.getByTestId('composer').fill('/clear ');
    await chat.getByTestId('composer').press('Enter');
    await chat.getByTestId('message').first().waitFor({ state: 'detached' });
  });
});
