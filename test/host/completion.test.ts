import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { root } from '../../scripts/setup/paths.ts';
import { completing, type FakeVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { addInfill, scriptedModel } from '../support/make-gguf.ts';
import { openTutti, type TuttiWindow } from '../support/tutti-window.ts';
import {
  editorText,
  ghostText,
  goToEndOfLine,
  openFile,
  seeGhostText,
  typeText,
  waitForEditorText,
  waitForGhostText,
} from '../support/workbench-editor.ts';
import { runCommand } from '../support/workbench-input.ts';
import { notifications, waitForStatusBarItem } from '../support/workbench-parts.ts';

const source = 'export function add(a: number, b: number) {\n  \n}\n';

describe('ghost text in the real VS Code', () => {
  let vendor: FakeVendor;
  let tutti: TuttiWindow;

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['fim', 'chatty']);
    const scripted = join(await mkdtemp(join(tmpdir(), 'tutti-gguf-')), 'scripted.gguf');
    await writeFile(scripted, scriptedModel());
    const provider = { vendor: 'openai-compatible', baseUrl: `${vendor.url}/v1` };
    tutti = await openTutti({
      env: { TUTTI_LLAMA_RUNTIME: join(root, `node_modules/@node-llama-cpp/linux-${process.arch}`) },
      files: {
        'add.ts': source,
        'stale.ts': source,
        'chat.ts': source,
        'qwen.ts': source,
        'inside.ts': source,
        'asleep.ts': source,
        '.env': 'TOKEN=\n',
        'private/notes.ts': source,
        '.tuttiignore': 'private/\n',
      },
      settings: {
        'editor.autoClosingBrackets': 'never',
        'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
        'tutti.providers': {
          fim: { ...provider, models: { fim: { fim: 'infill' }, chatty: { fim: 'chat' }, coder: { fim: 'qwen' } } },
        },
        // The request for what comes next has a test of its own, as have Tab and Escape.
        'tutti.completion.ahead': 'never',
        'tutti.completion.tabInIndentation': 'accept',
        'tutti.roles': { completion: 'fim/fim' },
        'tutti.completion.enabled': { '*': true, plaintext: false },
      },
      keybindings: [
        { key: 'escape', command: 'editor.action.inlineSuggest.hide', when: 'inlineSuggestionVisible' },
        { key: 'ctrl+alt+1', command: 'tutti.switchModel', args: { role: 'completion', model: 'fim/chatty' } },
        { key: 'ctrl+alt+2', command: 'tutti.switchModel', args: { role: 'completion', model: 'fim/coder' } },
        { key: 'ctrl+alt+3', command: 'tutti.chooseModelFile', args: { role: 'completion', path: scripted } },
        { key: 'ctrl+alt+4', command: 'tutti.switchModel', args: { role: 'completion', model: 'fim/fim' } },
        { key: 'ctrl+alt+5', command: 'tutti.snoozeCompletions', args: { minutes: 60 } },
        { key: 'ctrl+alt+6', command: 'tutti.snoozeCompletions', args: { minutes: 0 } },
      ],
    });
    await waitForStatusBarItem(tutti.workbench, 'Tutti completion model: fim', 60_000);
  });

  afterEach(() => {
    vendor.answers.length = 0;
    vendor.always = null;
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await vendor?.[Symbol.asyncDispose]();
  });

  const press = (key: string): Promise<void> => tutti.workbench.page.keyboard.press(key);

  async function typeInto(file: string, text: string): Promise<void> {
    await openFile(tutti.workbench, file);
    await goToEndOfLine(tutti.workbench, 2);
    await typeText(tutti.workbench, text);
  }

  /** Asks why there is no suggestion until the answer is the expected one. */
  async function isExplainedBy(words: string): Promise<void> {
    // The editor asks 50 ms after a key, and drops the question once it has lost the focus to the palette.
    await tutti.workbench.page.waitForTimeout(500);
    await vi.waitFor(
      async () => {
        await runCommand(tutti.workbench, 'Notifications: Clear All Notifications');
        await runCommand(tutti.workbench, 'Tutti: Why No Suggestion?');
        await expect
          .poll(() => notifications(tutti.workbench), { timeout: 2000 })
          .toContainEqual(expect.stringContaining(words));
      },
      { timeout: 30_000 },
    );
  }

  it('comes from prefix and suffix, and Tab puts exactly it into the file', async () => {
    vendor.always = completing('return a + b;');
    await typeInto('add.ts', 'ret');
    await seeGhostText(tutti.workbench, 'urn a + b;');
    expect(vendor.bodies().at(-1)).toMatchObject({
      model: 'fim',
      prompt: expect.stringMatching(/\{\n {2}r(e(t)?)?$/),
      suffix: '\n}\n',
      stream: true,
    });
    await press('Tab');
    await waitForEditorText(tutti.workbench, 'export function add(a: number, b: number) {\n  return a + b;\n}\n');
  });

  it('stays while it is typed along, without another request', async () => {
    vendor.always = completing('return a + b;');
    await typeInto('stale.ts', 'ret');
    await seeGhostText(tutti.workbench, 'urn a + b;');
    const asked = vendor.bodies().length;
    for (const [index, character] of [...'urn a'].entries()) {
      await typeText(tutti.workbench, character);
      await expect.poll(() => ghostText(tutti.workbench)).toBe('urn a + b;'.slice(index + 1));
    }
    expect(vendor.bodies().length).toBe(asked);
    await press('Escape');
  });

  it('closes the connection of a request that the typing contradicts', async () => {
    vendor.always = () => ['1', new Promise(() => undefined)];
    await openFile(tutti.workbench, 'stale.ts');
    await goToEndOfLine(tutti.workbench, 1);
    await press('Enter');
    await typeText(tutti.workbench, 'const x = ');
    await vi.waitFor(() => expect(vendor.seen.at(-1)?.body).toContain('const x = '), 10_000);
    const request = vendor.seen.at(-1);
    await typeText(tutti.workbench, 'zzz');
    await vi.waitFor(() => expect(request?.abortedAt).toBeDefined(), 5000);
  });

  it('comes from a chat-only model, cut out of fences and prose', async () => {
    await press('Control+Alt+1');
    await waitForStatusBarItem(tutti.workbench, 'Tutti completion model: chatty');
    vendor.always = () => ['Sure:\n```ts\n', 'return a + b;\n```\nThis adds.'];
    await typeInto('chat.ts', 'return');
    await seeGhostText(tutti.workbench, ' a + b;');
    expect(vendor.seen.at(-1)?.path).toBe('/v1/chat/completions');
    await press('Escape');
  });

  it('comes through a template of the model’s family', async () => {
    await press('Control+Alt+2');
    await waitForStatusBarItem(tutti.workbench, 'Tutti completion model: coder');
    vendor.always = (body) => [...completing('return a + b;')(body), '<|endoftext|>'];
    await typeInto('qwen.ts', 'ret');
    await seeGhostText(tutti.workbench, 'urn a + b;');
    const body = vendor.bodies().at(-1);
    expect(body?.['prompt']).toContain('<|fim_prefix|>');
    expect(body).not.toHaveProperty('suffix');
    await press('Escape');
  });

  it('comes from the model inside, by a real llama.cpp', async () => {
    await press('Control+Alt+3');
    await waitForStatusBarItem(tutti.workbench, 'Tutti completion model: scripted.gguf');
    await typeInto('inside.ts', ' ');
    const shown = await waitForGhostText(tutti.workbench, 30_000);
    expect(addInfill.startsWith(shown.split('\n', 1)[0] ?? '?')).toBe(true);
    await press('Tab');
    await waitForEditorText(tutti.workbench, 'export function add(a: number, b: number) {\n   return a + b;\n}\n');
  });

  it.each([
    ['.env', 'secret'],
    ['private/notes.ts', '.tuttiignore'],
  ])('never asks for %s, and says why', async (file, because) => {
    await press('Control+Alt+4');
    await waitForStatusBarItem(tutti.workbench, 'Tutti completion model: fim');
    const before = vendor.bodies().length;
    await openFile(tutti.workbench, file);
    await goToEndOfLine(tutti.workbench, 1);
    // What the editor in front before had asked for may have left after the switch; it ends with that editor.
    const asked = vendor.bodies().length;
    await typeText(tutti.workbench, 'abcabc');
    await press('Alt+Backslash');
    await isExplainedBy(because);
    expect(vendor.bodies().length).toBe(asked);
    expect(JSON.stringify(vendor.bodies().slice(before))).not.toMatch(/TOKEN|abcabc/);
  });

  it('snoozes, says so, and wakes up', async () => {
    await press('Control+Alt+5');
    const asked = vendor.bodies().length;
    await typeInto('asleep.ts', 'ret');
    await isExplainedBy('snoozed');
    expect(vendor.bodies().length).toBe(asked);
    await press('Control+Alt+6');
    await goToEndOfLine(tutti.workbench, 2);
    vendor.always = completing('return a + b;');
    await typeText(tutti.workbench, 'u');
    expect(await waitForGhostText(tutti.workbench)).toBe('rn a + b;');
    expect(await editorText(tutti.workbench)).toContain('retu');
  });
});
