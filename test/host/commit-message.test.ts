import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testResults } from '../../scripts/setup/paths.ts';
import { type FakeVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { openTutti, type TuttiWindow } from '../support/tutti-window.ts';
import { openFile, waitForEditorText } from '../support/workbench-editor.ts';
import { runCommand } from '../support/workbench-input.ts';
import { waitForStatusBarItem } from '../support/workbench-parts.ts';

/** Stands in a changed file that no model may see, and in its name. */
const canary = 'canaryK7';
const before = 'function add(a, b) {\n  return a;\n}\n';
const staged = 'function add(a, b) {\n  return a - b;\n}\n';
const mended = staged.replace('a - b', 'a + b');

const review = [
  '### sums.js:40\n> return a - b;\nIt subtracts, ![see](https://pictures.example/a.png) its name.\n',
  '<<<<<<< SEARCH\n  return a - b;\n=======\n  return a + b;\n>>>>>>> REPLACE\n\n',
  '### nowhere.js:3\nThis file is not there.\n\n### notes.md:1\n> Sums\nSay what of.\n',
];

async function makeRepository(folder: string): Promise<void> {
  const git = (...words: string[]): Promise<unknown> => promisify(execFile)('git', words, { cwd: folder });
  const write = (path: string, text: string): Promise<void> => writeFile(join(folder, path), text);
  await mkdir(join(folder, 'private'));
  await git('init', '--quiet', '--initial-branch=begin-here');
  await git('config', 'user.email', 'own@example.test');
  await git('config', 'user.name', 'Own');
  await write('sums.js', before);
  await write('.tuttiignore', 'private/\n');
  await git('add', '.');
  await git('commit', '--quiet', '--author=Other <other@example.test>', '-m', 'Other words');
  await write(`private/${canary}.js`, '');
  await git('add', '.');
  await git('commit', '--quiet', '-m', 'sums: begin', '-m', 'With words below.');
  await write('sums.js', staged);
  await write('notes.md', 'Sums\n');
  await write(`private/${canary}.js`, `const key = '${canary}';\n`);
  await git('add', '.');
  await write('left.js', 'let unstaged;\n');
}

describe('git’s changes in the real VS Code', () => {
  let vendor: FakeVendor;
  let tutti: TuttiWindow;

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['writer']);
    tutti = await openTutti({
      prepare: makeRepository,
      settings: {
        'tutti.providers': {
          own: { vendor: 'openai-compatible', baseUrl: `${vendor.url}/v1`, models: { writer: {} } },
        },
        'tutti.roles': { chat: 'own/writer' },
        'tutti.completion.enabled': { '*': false },
        'comments.openView': 'never',
      },
      keybindings: [{ key: 'ctrl+alt+1', command: 'tutti.reviewChanges', args: { changes: 'staged' } }],
    });
    await waitForStatusBarItem(tutti.workbench, 'Tutti chat model', 60_000);
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await vendor?.[Symbol.asyncDispose]();
  });

  const page = () => tutti.workbench.page;
  const picture = (name: string) => page().screenshot({ path: join(testResults, `git-${name}.png`) });
  const button = (name: string): Locator => page().locator(`.part.sidebar a.action-label[aria-label^="${name}"]`);
  const box = (): Locator => page().locator('.scm-editor .view-lines').first();
  const boxText = async (): Promise<string> =>
    (await box().locator('.view-line').allTextContents()).join('\n').replaceAll('\u{A0}', ' ').trimEnd();
  const untilBox = (text: string) => expect.poll(boxText, { timeout: 15_000 }).toBe(text);
  const told = (words: string): Locator => page().locator('.notification-toast', { hasText: words });
  const asked = (): string => JSON.stringify(vendor.bodies().at(-1));

  it('become a commit message as it is written, in the style of the repository; cancelled, what was typed is back', async () => {
    const pause = Promise.withResolvers<void>();
    vendor.answers.push({ say: ['```\nsums: ', pause.promise, 'Subtract instead\n\nIt was asked for.\n```'] });
    await runCommand(tutti.workbench, 'Source Control: Focus on Changes View');
    await button('Generate Commit Message').waitFor({ timeout: 30_000 });
    await box().click();
    await page().keyboard.type('for T-12');
    await button('Generate Commit Message').click();
    await untilBox('sums:');
    await picture('writing');
    pause.resolve();
    await untilBox('sums: Subtract instead\n\nIt was asked for.');
    await told('left out because they are hidden from models: 1.').waitFor();
    await picture('message');
    const body = asked();
    for (const part of ['+  return a - b;', 'sums: begin', 'begin-here', 'for T-12', 'notes.md'])
      expect(body).toContain(part);
    expect(body.indexOf('sums: begin')).toBeLessThan(body.indexOf('Other words'));
    expect(body).not.toMatch(/left\.js|words below/);

    const never = Promise.withResolvers<void>();
    vendor.answers.push({ say: ['something else', never.promise] });
    await button('Generate Commit Message').click();
    await untilBox('something else');
    await button('Cancel Commit Message').click();
    await untilBox('sums: Subtract instead\n\nIt was asked for.');
    await button('Generate Commit Message').waitFor();
    never.resolve();
    await runCommand(tutti.workbench, 'Notifications: Clear All Notifications');
  });

  it('are reviewed in comments at the lines they quote, and a suggestion is applied for review', async () => {
    const pause = Promise.withResolvers<void>();
    vendor.answers.push({
      say: [review[0] ?? '', review[1] ?? '', '### nowhere', pause.promise, (review[2] ?? '').slice(11)],
    });
    await openFile(tutti.workbench, 'sums.js');
    await page().keyboard.press('Control+Alt+1');
    const comment = page().locator('.review-widget', { hasText: 'It subtracts' });
    pause.resolve();
    await told('Findings that could not be placed: 1.').waitFor({ timeout: 20_000 });
    await comment.waitFor();
    expect(await comment.locator('img').count()).toBe(0);
    expect(asked()).toContain('2 +  return a - b;');
    await picture('review');
    await comment.locator('a.action-label[aria-label^="Apply Suggestion"]').click();
    await waitForEditorText(tutti.workbench, mended);
    await page().locator('.codelens-decoration a', { hasText: 'Keep' }).first().waitFor();
    await picture('applied');
    await openFile(tutti.workbench, 'notes.md');
    const other = page().locator('.review-widget', { hasText: 'Say what of.' });
    await other.waitFor();
    await other.locator('a.action-label[aria-label^="Dismiss"]').click();
    await other.waitFor({ state: 'hidden' });
    await runCommand(tutti.workbench, 'Tutti: Clear Review');
    await openFile(tutti.workbench, 'sums.js');
    await comment.waitFor({ state: 'hidden' });
  });

  it('of hidden files are in no byte that leaves', () => {
    expect(vendor.bodies().length).toBe(3);
    expect(JSON.stringify(vendor.seen)).not.toContain(canary);
  });
});
