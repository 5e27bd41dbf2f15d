import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { roles } from '../src/gateway/roles.ts';
import { chatProtocols, completionProtocols } from '../src/llm/model-facts.ts';

const root = join(import.meta.dirname, '..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { contributes } = manifest;
const settings = contributes.configuration.properties;
const commands: readonly { command: string; title: string; category: string }[] = contributes.commands;

/** VS Code knows these without the user having asked for a proposed API; the test host lets them through, the real one does not. */
const proposed = [
  'isInlineEdit',
  'handleDidShowCompletionItem',
  'handleDidPartiallyAcceptCompletionItem',
  'handleEndOfLifetime',
  'completeBracketPairs',
  'debounceDelayMs',
  'LanguageModelThinkingPart',
  'isUserSelectable',
];

describe('the manifest', () => {
  it('is the extension tutti.tutti for VS Code 1.106 and later, without proposed API', () => {
    expect(`${manifest.publisher}.${manifest.name}`).toBe('tutti.tutti');
    expect(manifest.engines.vscode).toBe('^1.106.0');
    expect(manifest.devDependencies['@types/vscode']).toBe('1.106.0');
    expect(manifest).not.toHaveProperty('enabledApiProposals');
    expect(manifest).not.toHaveProperty('dependencies');
  });

  it('can be found: categories, keywords, icon', () => {
    expect(manifest.categories).toEqual(expect.arrayContaining(['AI', 'Chat', 'Programming Languages']));
    expect(manifest.keywords).toContain('language-models');
    expect(existsSync(join(root, manifest.icon))).toBe(true);
  });

  it('files every command under Tutti', () => {
    expect(commands.filter(({ category, command }) => category !== 'Tutti' || !command.startsWith('tutti.'))).toEqual(
      [],
    );
  });

  it.each<[string, string]>([
    ['chat', 'tutti.openChat tutti.newChat tutti.modelSettings'],
    ['models', 'tutti.switchModel tutti.addProvider tutti.removeProvider tutti.testConnection'],
    ['completions', 'tutti.toggleCompletions tutti.snoozeCompletions tutti.triggerCompletion tutti.explainCompletion'],
  ])('has the commands for %s', (_, names) => {
    expect(commands.map(({ command }) => command)).toEqual(expect.arrayContaining(names.split(' ')));
  });

  it('shows only files that are there', () => {
    const [{ steps }] = contributes.walkthroughs;
    const files = [
      contributes.viewsContainers.activitybar[0].icon,
      ...steps.map((step: { media: { markdown: string } }) => step.media.markdown),
    ];
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
    expect(steps).toHaveLength(4);
  });

  it('links only to commands that are there', () => {
    const links = [...readFileSync(join(root, 'package.nls.json'), 'utf8').matchAll(/\(command:([\w.]+)\)/g)].map(
      ([, name]) => name,
    );
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((name) => !commands.some(({ command }) => command === name))).toEqual([]);
  });

  it.each(['tutti.providers', 'tutti.models', 'tutti.roles', 'tutti.embedded.hubUrl', 'tutti.embedded.runtimeUrl'])(
    'lets no repository set %s',
    (name) => {
      expect(settings[name].scope).toBe('application');
    },
  );

  it('does not let a repository nobody trusts steer completions', () => {
    const { untrustedWorkspaces } = manifest.capabilities;
    expect(untrustedWorkspaces.supported).toBe('limited');
    const steering = Object.keys(settings).filter(
      (name) => name.startsWith('tutti.completion.') && settings[name].scope !== 'application',
    );
    expect([...untrustedWorkspaces.restrictedConfigurations].sort()).toEqual(steering.sort());
  });

  it('offers the protocols and the jobs that the code knows', () => {
    const provider = settings['tutti.providers'].additionalProperties.properties;
    const model = provider.models.additionalProperties.properties;
    for (const entry of [provider, model]) {
      expect(entry.chat.enum).toEqual(chatProtocols);
      expect(entry.completion.enum).toEqual(completionProtocols);
    }
    expect(Object.keys(settings['tutti.roles'].properties)).toEqual(roles);
  });
});

describe('the host', () => {
  const folder = join(root, 'src/host');

  it.each(readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts')))(
    '%s uses no proposed API',
    (file) => {
      const source = readFileSync(join(folder, file), 'utf8');
      expect(proposed.filter((name) => source.includes(name))).toEqual([]);
    },
  );
});
