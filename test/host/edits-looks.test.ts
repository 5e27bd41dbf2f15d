import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { openTutti, type TuttiWindow } from '../support/tutti-window.ts';
import { reload, screenshot } from '../support/workbench.ts';
import { goToEndOfLine, openFile, waitForEditorText } from '../support/workbench-editor.ts';
import { runCommand } from '../support/workbench-input.ts';
import {
  reloadWithSettings,
  type Theme,
  themeSettings,
  waitForStatusBarItem,
  waitForTheme,
} from '../support/workbench-parts.ts';

const cart = [
  'export function priceOf(items) {',
  '  let total = 0;',
  '  for (const item of items) {',
  '    total = total + item.price;',
  '  }',
  '  console.log(total);',
  '  return total;',
  '}',
  '',
  'export function discount(total, rate) {',
  '  return total - rate;',
  '}',
  '',
].join('\n');
const block = (search: string, replace: string): string =>
  `<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n\n`;
const edits = [
  block(
    '    total = total + item.price;',
    '    // Some are bought more than once.\n    total += item.price * item.count;',
  ),
  block('  console.log(total);\n  return total;', '  return total;'),
  block('  return total - rate;', '  return total * (1 - rate);'),
];
const review = [
  '### cart.js:11\n> return total - rate;\nThe rate is a share of the total; here it is **subtracted** as if it were money.\n',
  block('  return total - rate;', '  return total * (1 - rate);'),
];

async function makeRepository(folder: string): Promise<void> {
  const git = (...words: string[]): Promise<unknown> => promisify(execFile)('git', words, { cwd: folder });
  await git('init', '--quiet', '--initial-branch=main');
  await git('config', 'user.email', 'own@example.test');
  await git('config', 'user.name', 'Own');
  await writeFile(join(folder, 'cart.js'), 'export const empty = [];\n');
  await writeFile(join(folder, 'notes.md'), '# Notes\n\nPrices are in cents.\n');
  await git('add', '.');
  await git('commit', '--quiet', '-m', 'cart: begin');
  await writeFile(join(folder, 'cart.js'), cart);
  await git('add', '.');
}

/** A repository in the folder, on a branch that has a commit more than `main`, and something unfinished. */
async function makeBranch(folder: string): Promise<void> {
  const git = (...words: string[]): Promise<unknown> => promisify(execFile)('git', words, { cwd: folder });
  const commit = async (text: string): Promise<void> => {
    await writeFile(join(folder, 'tool.js'), text);
    await git('add', '.');
    await git('-c', 'user.email=own@example.test', '-c', 'user.name=Own', 'commit', '--quiet', '-m', 'tool');
  };
  await mkdir(folder);
  await git('init', '--quiet', '--initial-branch=main');
  await commit('export const slow = true;\n');
  await git('checkout', '--quiet', '-b', 'better');
  await commit('export const slow = true;\nexport const fast = true;\n');
  await writeFile(join(folder, 'left.js'), 'let unfinished;\n');
}

describe('edits and git’s changes', () => {
  let vendor: FakeVendor;
  let tutti: TuttiWindow;
  let settings: Readonly<Record<string, unknown>>;

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['writer']);
    settings = {
      'tutti.providers': {
        own: { vendor: 'openai-compatible', baseUrl: `${vendor.url}/v1`, models: { writer: {} } },
      },
      'tutti.roles': { chat: 'own/writer', edit: 'own/writer' },
      'tutti.completion.enabled': { '*': false },
      'comments.openView': 'never',
    };
    tutti = await openTutti({
      prepare: makeRepository,
      settings,
      keybindings: [
        { key: 'ctrl+alt+1', command: 'tutti.inlineEdit', args: { prompt: 'Mend the prices' } },
        {
          key: 'ctrl+alt+2',
          command: 'tutti.applyCode',
          args: { text: block('Prices are in cents.', 'Prices are in cents.\nRates are shares.'), path: 'notes.md' },
        },
        { key: 'ctrl+alt+3', command: 'tutti.reviewChanges', args: { changes: 'staged' } },
        { key: 'ctrl+alt+4', command: 'tutti.reviewChanges', args: { base: 'main' } },
        { key: 'ctrl+alt+5', command: 'tutti.reviewChanges', args: { base: 'nowhere' } },
      ],
    });
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await vendor?.[Symbol.asyncDispose]();
  });

  it.each<Theme>(['light', 'dark', 'high-contrast'])('look right in the %s theme', async (theme) => {
    const { workbench } = tutti;
    const { page } = workbench;
    const lens = (text: string) => page.locator('.codelens-decoration a', { hasText: text });
    await reloadWithSettings(workbench, { ...settings, ...themeSettings(theme) });
    await waitForTheme(workbench, theme);
    await waitForStatusBarItem(workbench, 'Tutti chat model', 60_000);

    await openFile(workbench, 'cart.js');
    await goToEndOfLine(workbench, 4);
    const never = Promise.withResolvers<void>();
    vendor.answers.push({ say: [edits[0] ?? '', never.promise, edits[1] ?? '', edits[2] ?? ''] });
    await page.keyboard.press('Control+Alt+1');
    await lens('Keep').first().waitFor();
    await screenshot(workbench, `edits-streaming-${theme}`);
    never.resolve();
    await lens('Keep all 3').waitFor();
    await screenshot(workbench, `edits-review-${theme}`);
    await page.keyboard.press('Control+Alt+2');
    await page.locator('.notification-toast', { hasText: 'Applied to notes.md' }).waitFor();
    await runCommand(workbench, 'Notifications: Clear All Notifications');
    await runCommand(workbench, 'Tutti: Show All Changes');
    await page.locator('.multiDiffEditor .line-insert, .multiDiffEditor .char-insert').first().waitFor();
    await screenshot(workbench, `edits-multi-diff-${theme}`);
    await runCommand(workbench, 'Tutti: Undo All Changes');
    await openFile(workbench, 'cart.js');
    await waitForEditorText(workbench, cart);

    vendor.answers.push({ say: review });
    await page.keyboard.press('Control+Alt+3');
    await page.locator('.review-widget', { hasText: 'The rate is a share' }).waitFor();
    await page.locator('.notification-toast', { hasText: 'comments: 1' }).waitFor();
    await screenshot(workbench, `git-review-${theme}`);
    await runCommand(workbench, 'Tutti: Clear Review');
    await runCommand(workbench, 'Notifications: Clear All Notifications');

    const wait = Promise.withResolvers<void>();
    vendor.answers.push({
      say: ['cart: count items ', wait.promise, 'and take rates as shares\n\nThey were money before.'],
    });
    await runCommand(workbench, 'Source Control: Focus on Changes View');
    const button = page.locator('.part.sidebar a.action-label[aria-label^="Generate Commit Message"]');
    await button.click();
    const box = page.locator('.scm-editor .view-lines').first();
    await expect.poll(() => box.innerText()).toContain('count');
    await screenshot(workbench, `git-writing-${theme}`);
    wait.resolve();
    await expect.poll(() => box.innerText()).toContain('before.');
    await screenshot(workbench, `git-message-${theme}`);
  });

  it('of several repositories are those of the file in front; a branch is compared with another, a review is cancelled', async () => {
    const { workbench } = tutti;
    const { page } = workbench;
    const told = (words: string) => page.locator('.notification-toast', { hasText: words });
    const asked = (): string => JSON.stringify(vendor.bodies().at(-1));
    await makeBranch(join(tutti.folder, 'inner'));
    await reload(workbench);
    await waitForStatusBarItem(workbench, 'Tutti chat model', 60_000);
    await runCommand(workbench, 'Source Control: Focus on Changes View');
    await page.locator('.part.sidebar .scm-provider', { hasText: 'inner' }).first().waitFor();
    await openFile(workbench, 'tool.js');
    vendor.answers.push({ say: ['### tool.js:2\n> export const fast = true;\nNobody reads it.\n'] });
    await page.keyboard.press('Control+Alt+4');
    const comment = page.locator('.review-widget', { hasText: 'Nobody reads it.' });
    await comment.waitFor();
    expect(asked()).toContain('2 +export const fast = true;');
    expect(asked()).not.toMatch(/cart\.js|unfinished/);
    await runCommand(workbench, 'Notifications: Clear All Notifications');

    const never = Promise.withResolvers<void>();
    const before = vendor.bodies().length;
    vendor.answers.push({ say: ['### tool.js:2\n', never.promise] });
    await openFile(workbench, 'tool.js');
    await page.keyboard.press('Control+Alt+4');
    await expect.poll(() => vendor.bodies().length).toBe(before + 1);
    const running = told('Reviewing changes');
    await running.getByRole('button', { name: 'Cancel' }).click();
    await running.waitFor({ state: 'hidden' });
    never.resolve();
    await page.keyboard.press('Control+Alt+5');
    await told('There is no branch, tag or commit nowhere').waitFor();
    expect(await comment.count()).toBe(0);
  });
});
