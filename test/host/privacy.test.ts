import { mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { pack } from '../../scripts/bench/pack.ts';
import { root, vsixFile } from '../../scripts/setup/paths.ts';
import { run } from '../../scripts/setup/run.ts';
import { askExtensionHost } from '../support/extension-host.ts';
import { type FakeVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { scriptedModel } from '../support/make-gguf.ts';
import { openTutti, replied, reply, send, type TuttiWindow } from '../support/tutti-window.ts';
import { startVscodeServer } from '../support/vscode-server.ts';
import { ghostText, goToEndOfLine, openFile, typeText } from '../support/workbench-editor.ts';
import { runCommand } from '../support/workbench-input.ts';
import { openChat, waitForNotification, waitForStatusBarItem } from '../support/workbench-parts.ts';
import type { HiddenFilesAnswer } from './inside/hidden-files.ts';
import type { HiddenRootsAnswer } from './inside/hidden-roots.ts';

/** Stands in everything no model may see, and is searched for in all that leaves. */
const canary = 'canaryK7';
/** Typed into a chat by hand. */
const typedKey = `ghp_${'aB3dE6gH9j'.repeat(3)}abcdef`;
/** Of the user's own provider. */
const ownKey = 'own-provider-key-of-the-user';

const notebook = JSON.stringify({
  cells: [{ cell_type: 'code', execution_count: 1, metadata: {}, outputs: [], source: [`token = '${canary}'`] }],
  ...{ metadata: { language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 5 },
});

const files = {
  'main.ts': `import { notes } from './private/notes';\nimport { plan } from './ours/plan';\n\nconst sum = 1;\n`,
  'main.py': 'total = 1\n',
  '.env': `TOKEN=${canary}\n`,
  '.tuttiignore': 'private/\n',
  'private/notes.ts': `export const notes = '${canary}';\n`,
  'private/cells.ipynb': notebook,
  'packages/one/.tuttiignore': 'data/\n!private/\n',
  'packages/one/private/a.ts': '',
  'by-user.ts': `export const byUser = '${canary}';\n`,
  'taken-back.ts': `export const takenBack = '${canary}';\n`,
  'by-workspace.ts': `export const byWorkspace = '${canary}';\n`,
  'ours/plan.ts': `export const plan = '${canary}';\n`,
  '.vscode/settings.json': JSON.stringify({
    'tutti.privacy.ignore': ['by-workspace.ts', '!taken-back.ts'],
    // What a repository may not decide.
    'tutti.privacy.localOnly': ['!ours/'],
    'tutti.privacy.secrets': 'off',
    'tutti.privacy.zeroEgress': false,
    'tutti.privacy.ownHosts': ['0.0.0.0'],
  }),
};
const globs = { 'tutti.privacy.ignore': ['by-user.ts', 'taken-back.ts'], 'tutti.privacy.localOnly': ['ours/'] };

describe('which files are kept from models, as the real VS Code has them', { timeout: 120_000 }, () => {
  let folder: string;
  let answer: HiddenFilesAnswer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tutti-hidden-'));
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    await using server = await startVscodeServer({
      runsModules: true,
      settings: { ...globs, 'files.watcherExclude': { '**/unwatched/**': true } },
    });
    const module = join(import.meta.dirname, 'inside/hidden-files.ts');
    answer = (await askExtensionHost(server, { folder, module })) as HiddenFilesAnswer;
  }, 120_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each<[string, RegExp | '']>([
    ['plain', ''],
    ['environment', /secrets/],
    ['named by .tuttiignore', /^\.tuttiignore keeps/],
    ['named by a nested .tuttiignore', /^packages\/one\/\.tuttiignore keeps/],
    ['beside a nested .tuttiignore', ''],
    ['taken back below', /^\.tuttiignore keeps/],
    ['named by the user', /tutti\.privacy\.ignore/],
    ['taken back by the workspace', /tutti\.privacy\.ignore/],
    ['named by the workspace', /tutti\.privacy\.ignore/],
    ['named by an administrator', /administrator/],
    ['a link to a hidden file', /secrets/],
    ['a file in a folder that is a link', /^\.tuttiignore keeps/],
    ['not there yet', /^\.tuttiignore keeps/],
    ['a cell of a hidden notebook', /^\.tuttiignore keeps/],
    ['an old version of a hidden file', /^\.tuttiignore keeps/],
    ['an old version of an environment', /secrets/],
    ['unsaved, by the name of an environment', /secrets/],
    ['unsaved, in a hidden folder', /^\.tuttiignore keeps/],
    ['unsaved, without a name', ''],
    ['elsewhere, a key', /secrets/],
    ['elsewhere, plain', ''],
    ['on a virtual disk, an environment', /secrets/],
    ['on a virtual disk, plain', ''],
    ['only for local models', ''],
    ['late, before its .tuttiignore', ''],
    ['late, after its .tuttiignore', /^late\/\.tuttiignore keeps/],
    ['unwatched, before its .tuttiignore', ''],
    ['unwatched, after its .tuttiignore', /^unwatched\/\.tuttiignore keeps/],
  ])('%s', (name, expected) => {
    if (expected === '') expect(answer.hidden[name]).toBe('');
    else expect(answer.hidden[name]).toMatch(expected);
  });

  it('only local models may see what the user or an administrator says, whatever a workspace takes back', () => {
    const told = Object.entries(answer.localOnly).filter(([, reason]) => reason !== '');
    expect(Object.fromEntries(told)).toEqual({
      'only for local models': 'The setting tutti.privacy.localOnly lets only local models see this file.',
      'a link to what is only for local models':
        'The setting tutti.privacy.localOnly lets only local models see this file.',
      'only for local models, by an administrator': 'Your administrator lets only local models see this file.',
    });
  });
});

it('every workspace folder a file is below has its say', { timeout: 120_000 }, async () => {
  const all = await mkdtemp(join(tmpdir(), 'tutti-roots-'));
  const content = {
    'one/.tuttiignore': 'closed/\n',
    'one/inner/.tuttiignore': '*.own\n!closed/\n',
    'two/.tuttiignore': '*.dat\n',
    'two/.vscode/settings.json': JSON.stringify({ 'tutti.privacy.ignore': ['*.csv'] }),
    'all.code-workspace': JSON.stringify({ folders: [{ path: 'one' }, { path: 'one/inner' }, { path: 'two' }] }),
  };
  for (const [path, text] of Object.entries(content)) {
    await mkdir(dirname(join(all, path)), { recursive: true });
    await writeFile(join(all, path), text);
  }
  await using server = await startVscodeServer({ runsModules: true });
  const module = join(import.meta.dirname, 'inside/hidden-roots.ts');
  const folder = join(all, 'all.code-workspace');
  const answer = (await askExtensionHost(server, { folder, module })) as HiddenRootsAnswer;
  expect(answer).toEqual({
    'one/a.ts': '',
    'one/a.dat': '',
    'one/a.csv': '',
    'one/closed/a.ts': '.tuttiignore keeps this file from every model.',
    'one/inner/closed/a.ts': '.tuttiignore keeps this file from every model.',
    'one/inner/a.own': '.tuttiignore keeps this file from every model.',
    'two/a.ts': '',
    'two/a.dat': '.tuttiignore keeps this file from every model.',
    'two/a.csv': 'The setting tutti.privacy.ignore keeps this file from every model.',
    'two/closed/a.ts': '',
    'two/.env': 'This kind of file holds secrets; no model may see it.',
  });
  await rm(all, { recursive: true, force: true });
});

describe('nothing that may not leave is in an outgoing byte', { timeout: 180_000 }, () => {
  let vendor: FakeVendor;
  let tutti: TuttiWindow;

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['m']);
    // An address that leads here and is none of this machine's own names: a model elsewhere.
    const baseUrl = `${vendor.url.replace('127.0.0.1', '0.0.0.0')}/v1`;
    tutti = await openTutti({
      files,
      env: { TUTTI_OWN_KEY: ownKey },
      settings: {
        ...{ 'editor.autoClosingBrackets': 'never', 'tutti.completion.delayMs': 0 },
        'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
        'tutti.providers': {
          far: {
            ...{ vendor: 'openai-compatible', baseUrl, apiKey: '${env:TUTTI_OWN_KEY}' },
            models: { m: { fim: 'infill' } },
          },
        },
        'tutti.roles': { chat: 'far/m', completion: 'far/m' },
        ...globs,
      },
      keybindings: [{ key: 'ctrl+alt+1', command: 'editor.action.inlineSuggest.trigger' }],
    });
    await symlink('.env', join(tutti.folder, 'linked.ts'));
    await waitForStatusBarItem(tutti.workbench, 'Tutti completion model', 60_000);
  }, 120_000);

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await vendor?.[Symbol.asyncDispose]();
  });

  const page = () => tutti.workbench.page;
  const prompts = (): readonly string[] => vendor.bodies().map((body) => JSON.stringify(body));

  /** Types, asks by hand, selects and copies: all that may bring a file's text somewhere. */
  async function use(file: string): Promise<void> {
    await openFile(tutti.workbench, file);
    await goToEndOfLine(tutti.workbench, 1);
    await typeText(tutti.workbench, ` ${canary}Typed`);
    await page().keyboard.press('Control+Alt+1');
    await page().keyboard.press('Control+A');
    await page().keyboard.press('Control+C');
  }

  /** Types on until a request about this file has come. */
  async function untilAsked(file: string, line: number, mark: string): Promise<void> {
    await openFile(tutti.workbench, file);
    await goToEndOfLine(tutti.workbench, line);
    await vi.waitFor(
      async () => {
        await typeText(tutti.workbench, ` ${mark}`);
        await page().keyboard.press('Control+Alt+1');
        await page().waitForTimeout(500);
        expect(prompts().at(-1)).toContain(mark);
      },
      { timeout: 45_000, interval: 100 },
    );
  }

  it('files that are hidden: open, typed in, selected, copied, imported, linked, compared', async () => {
    await untilAsked('main.ts', 4, 'begin');
    const hidden = ['.env', 'notes.ts', 'by-user.ts', 'taken-back.ts', 'by-workspace.ts', 'linked.ts'];
    for (const file of hidden) await use(file);
    await openFile(tutti.workbench, '.env');
    await runCommand(tutti.workbench, 'File: Compare Active File with Saved');
    await page().locator('.diff-editor, .monaco-diff-editor').first().waitFor();
    await page().keyboard.press('Control+Alt+1');
    await untilAsked('main.ts', 4, 'after');
    await untilAsked('main.py', 1, 'after');
    expect(vendor.bodies().length).toBeGreaterThan(2);
  });

  it('a cell of a notebook in a hidden folder', async () => {
    await page().keyboard.press('Control+P');
    await page().locator('.quick-input-widget input').first().fill('private/cells.ipynb');
    await page().locator('.quick-input-list .monaco-list-row', { hasText: 'cells' }).first().waitFor();
    await page().keyboard.press('Enter');
    await page().locator('.notebook-editor .cell-editor-container .view-line').first().click();
    await page().keyboard.press('End');
    await typeText(tutti.workbench, ` ${canary}Cell`);
    await page().keyboard.press('Control+Alt+1');
    await untilAsked('main.py', 1, 'cells');
  });

  it('what stands in a terminal', async () => {
    await runCommand(tutti.workbench, 'Terminal: Create New Terminal');
    await page().locator('.terminal-wrapper.active .xterm').first().waitFor();
    await typeText(tutti.workbench, `echo ${canary}`);
    await page().keyboard.press('Enter');
    await untilAsked('main.ts', 4, 'terminal');
  });

  it('a file only local models may see, with the reason for whoever asks', async () => {
    await use('plan.ts');
    await vi.waitFor(
      async () => {
        await page().keyboard.press('Control+Alt+1');
        await runCommand(tutti.workbench, 'Tutti: Why No Suggestion?');
        const told = await page().locator('.notification-list-item-message').allTextContents();
        expect(told.join('\n')).toContain('ours/plan.ts: The setting tutti.privacy.localOnly lets only local models');
      },
      { timeout: 30_000, interval: 500 },
    );
    await untilAsked('main.ts', 4, 'ours');
  });

  it('a key in a message, typed by hand, and the key of the provider itself', async () => {
    const chat = await openChat(tutti.workbench);
    await send(chat, `Use ${typedKey} and ${ownKey} please`);
    await replied(chat);
    expect(prompts().at(-1)).toContain('Use [secret removed: GitHub token] and [secret removed: key of a provider]');
    await reply(chat).getByText('2 secrets were taken out of what was sent').waitFor();
  });

  it('none of it is in anything that was sent', () => {
    const sent = vendor.seen.map(({ path, headers, body }) => {
      const { authorization: _, ...others } = headers;
      return JSON.stringify([path, others, body]);
    });
    expect(sent.length).toBeGreaterThan(5);
    for (const secret of [canary, typedKey, ownKey]) {
      expect(sent.filter((bytes) => bytes.includes(secret))).toEqual([]);
    }
  });
});

describe('zero egress', { timeout: 180_000 }, () => {
  let far: FakeVendor;
  let near: FakeVendor;
  let proxy: FakeVendor;
  let tutti: TuttiWindow;
  let log: string;

  beforeAll(async () => {
    far = await startOpenAiVendor(['far']);
    near = await startOpenAiVendor(['near']);
    proxy = await startOpenAiVendor([]);
    const folder = await mkdtemp(join(tmpdir(), 'tutti-egress-'));
    log = join(folder, 'connections.log');
    const scripted = join(folder, 'scripted.gguf');
    await writeFile(scripted, scriptedModel());
    await writeFile(log, '');
    const watcher = await pack(join(import.meta.dirname, 'watcher'), 'watcher');
    tutti = await openTutti({
      extensions: [vsixFile, watcher],
      files: { 'add.ts': 'export function add(a: number, b: number) {\n  \n}\n' },
      env: {
        TUTTI_LLAMA_RUNTIME: join(root, `node_modules/@node-llama-cpp/linux-${process.arch}`),
        TUTTI_CONNECTION_LOG: log,
        // Whatever went by HTTP to another machine would be seen there.
        ...{ http_proxy: proxy.url, https_proxy: proxy.url, no_proxy: '127.0.0.1,localhost' },
      },
      settings: {
        'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
        'tutti.privacy.zeroEgress': true,
        'tutti.providers': {
          far: { vendor: 'openai-compatible', baseUrl: `${far.url.replace('127.0.0.1', '0.0.0.0')}/v1` },
          named: { vendor: 'openai-compatible', baseUrl: 'https://name.invalid/v1' },
          near: { vendor: 'openai-compatible', baseUrl: `${near.url}/v1` },
        },
      },
      keybindings: [
        { key: 'ctrl+alt+1', command: 'tutti.chooseModelFile', args: { path: scripted } },
        { key: 'ctrl+alt+2', command: 'tutti.chooseModelFile', args: { role: 'completion', path: scripted } },
        { key: 'ctrl+alt+3', command: 'tutti.switchModel', args: { role: 'chat', model: 'far/far' } },
        { key: 'ctrl+alt+4', command: 'tutti.switchModel', args: { role: 'chat', model: 'near/near' } },
        { key: 'ctrl+alt+5', command: 'tutti.switchModel', args: { role: 'chat', model: 'named/m' } },
        { key: 'ctrl+alt+6', command: 'tutti.switchModel' },
        { key: 'ctrl+alt+7', command: 'editor.action.inlineSuggest.trigger' },
      ],
    });
    await waitForStatusBarItem(tutti.workbench, 'Tutti chat model', 60_000);
  }, 120_000);

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    for (const server of [far, near, proxy]) await server?.[Symbol.asyncDispose]();
  });

  interface Connection {
    readonly way: string;
    readonly to: string;
  }

  /** Every connection and every look-up of a name, by the extension host and by the model's process. */
  async function connections(): Promise<readonly Connection[]> {
    const lines = (await readFile(log, 'utf8')).split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line));
  }

  const press = (key: string): Promise<void> => tutti.workbench.page.keyboard.press(key);

  it('with the model inside, chat and completion open no connection and look no name up', async () => {
    await press('Control+Alt+1');
    await waitForStatusBarItem(tutti.workbench, 'scripted.gguf');
    const chat = await openChat(tutti.workbench);
    await send(chat, 'Who are you?');
    await reply(chat).getByText('Hello from llama.cpp!').waitFor({ timeout: 30_000 });
    await replied(chat);
    await press('Control+Alt+2');
    await openFile(tutti.workbench, 'add.ts');
    await goToEndOfLine(tutti.workbench, 2);
    await vi.waitFor(
      async () => {
        await press('Control+Alt+7');
        expect(await ghostText(tutti.workbench)).toBeDefined();
      },
      { timeout: 45_000, interval: 500 },
    );
    const all = await connections();
    // It was watched.
    expect(all.filter(({ way }) => way === 'started')).toHaveLength(1);
    expect(all.filter(({ way }) => way !== 'started')).toEqual([]);
    const models = await processesOf(tutti.server.dataFolder, 'dist/inference/main.js');
    expect(models.length).toBeGreaterThan(0);
    for (const pid of models) expect(await internetSockets(pid)).toEqual([]);
    const hosts = await tutti.server.extensionHosts();
    expect(hosts.length).toBeGreaterThan(0);
    // One leads to the page of the editor itself.
    for (const pid of hosts) expect((await internetSockets(pid)).filter((peer) => !isLoopbackPeer(peer))).toEqual([]);
  });

  it('a model elsewhere is refused before a socket is opened, and the reason is told', async () => {
    for (const key of ['Control+Alt+3', 'Control+Alt+5']) {
      await press(key);
      const chat = await openChat(tutti.workbench);
      await send(chat, 'Are you there?');
      await reply(chat).getByText('tutti.privacy.zeroEgress').first().waitFor();
      await replied(chat);
    }
    expect(far.seen).toEqual([]);
  });

  it('the picker says so, too, and asks for lists on this machine only', async () => {
    await openFile(tutti.workbench, 'add.ts');
    await press('Control+Alt+6');
    const rows = tutti.workbench.page.locator('.quick-input-list .monaco-list-row');
    await rows.getByText('tutti.privacy.zeroEgress').first().waitFor();
    await vi.waitFor(() => expect(near.seen.map(({ path }) => path)).toContain('/v1/models'), 20_000);
    await press('Escape');
  });

  it('a model on this machine is asked, and of all that was done nothing led elsewhere', async () => {
    await press('Control+Alt+4');
    const chat = await openChat(tutti.workbench);
    await send(chat, 'And you?');
    await reply(chat).getByText('ok', { exact: true }).waitFor();
    await replied(chat);
    const made = (await connections()).filter(({ way }) => way !== 'started');
    // The watcher sees what is there to be seen.
    expect(made.filter(({ to }) => to.startsWith('127.0.0.1:')).length).toBeGreaterThan(0);
    expect(made.filter(({ to }) => !/^(127\.0\.0\.1|localhost)(:|$)/.test(to))).toEqual([]);
    expect([...far.seen, ...proxy.seen]).toEqual([]);
  });
});

describe('a policy of the machine', { timeout: 120_000 }, () => {
  let vendor: FakeVendor;
  let tutti: TuttiWindow;
  let policyFile: string;

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['m', 'other']);
    policyFile = join(await mkdtemp(join(tmpdir(), 'tutti-policy-')), 'policy.json');
    await writeFile(policyFile, JSON.stringify({ allowedModels: ['far/m'], secrets: 'block', ignore: ['*.sql'] }));
    tutti = await openTutti({
      files: { 'a.sql': 'select 1\n', 'a.ts': 'const a = 1;\n' },
      env: { TUTTI_POLICY_FILE: policyFile },
      settings: {
        'tutti.providers': {
          far: { vendor: 'openai-compatible', baseUrl: `${vendor.url.replace('127.0.0.1', '0.0.0.0')}/v1` },
        },
        'tutti.privacy.secrets': 'off',
        'tutti.roles': { chat: 'far/m', completion: 'far/m' },
      },
      keybindings: [
        { key: 'ctrl+alt+1', command: 'tutti.switchModel' },
        { key: 'ctrl+alt+2', command: 'tutti.switchModel', args: { role: 'chat', model: 'far/other' } },
        { key: 'ctrl+alt+3', command: 'tutti.switchModel', args: { role: 'chat', model: 'far/m' } },
      ],
    });
    await waitForStatusBarItem(tutti.workbench, 'Tutti chat model', 60_000);
  }, 120_000);

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await vendor?.[Symbol.asyncDispose]();
  });

  async function told(question: string, answer: string | RegExp): Promise<void> {
    const chat = await openChat(tutti.workbench);
    await send(chat, question);
    await reply(chat).getByText(answer).first().waitFor();
    await replied(chat);
  }

  it('allows models by name, in the picker and at the door', async () => {
    await tutti.workbench.page.keyboard.press('Control+Alt+1');
    const rows = tutti.workbench.page.locator('.quick-input-list .monaco-list-row');
    await rows.getByText('far/other is not allowed by your administrator.').first().waitFor();
    await tutti.workbench.page.keyboard.press('Escape');
    await told('Hello?', /^ok$/);
    await tutti.workbench.page.keyboard.press('Control+Alt+2');
    await told('And you?', 'far/other is not allowed by your administrator.');
    await tutti.workbench.page.keyboard.press('Control+Alt+3');
    expect(vendor.bodies()).toHaveLength(1);
  });

  it('handles secrets more carefully than the user, and hides files', async () => {
    await told(`Use ${typedKey}`, 'holds a secret (GitHub token)');
    await openFile(tutti.workbench, 'a.sql');
    await goToEndOfLine(tutti.workbench, 1);
    await typeText(tutti.workbench, ' ');
    await runCommand(tutti.workbench, 'Tutti: Why No Suggestion?');
    await waitForNotification(tutti.workbench, 'Your administrator keeps this file from every model.');
    expect(vendor.bodies()).toHaveLength(1);
  });

  it('that is broken while the window is open closes everything but this machine, and names the file', async () => {
    await writeFile(policyFile, '{"allowedModel":["far/m"]}');
    const chat = await openChat(tutti.workbench);
    await vi.waitFor(
      async () => {
        await send(chat, 'Hello again?');
        await replied(chat);
        expect(await reply(chat).textContent()).toContain('policy.json');
      },
      { timeout: 30_000, interval: 500 },
    );
    await told('And now?', '"allowedModel" is no part of a policy.');
  });
});

/** Process ids of what was started below this folder with these words. */
async function processesOf(dataFolder: string, words: string): Promise<readonly number[]> {
  const { output } = await run('ps', ['-A', '-o', 'pid=,args=']);
  const lines = output.split('\n').filter((line) => line.includes(dataFolder) && line.includes(words));
  return lines.map((line) => Number.parseInt(line, 10));
}

/** The far ends of all internet sockets a process holds, as the kernel writes them: address and port in hexadecimal digits. */
async function internetSockets(pid: number): Promise<readonly string[]> {
  const names = await readdir(`/proc/${pid}/fd`);
  const links = await Promise.all(names.map((name) => readlink(`/proc/${pid}/fd/${name}`).catch(() => '')));
  const own = new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
  const tables = await Promise.all(
    ['tcp', 'tcp6', 'udp', 'udp6'].map((name) => readFile(`/proc/${pid}/net/${name}`, 'utf8').catch(() => '')),
  );
  return tables.flatMap((table) =>
    table
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .flatMap(([, , peer = '', , , , , , , inode = '']) => (own.has(inode) ? [peer] : [])),
  );
}

/** 127.x.x.x and ::1, also written as one within the other, and those that only listen. */
function isLoopbackPeer(peer: string): boolean {
  return /^(?:[0-9A-F]{6}7F|0{24}01000000|0{16}FFFF0000[0-9A-F]{6}7F|0+):/.test(peer);
}
