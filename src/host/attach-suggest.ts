import * as l10n from '@vscode/l10n';
import { type Uri, workspace } from 'vscode';
import { type Mention, mentionText } from '../context/mention.ts';
import type { Suggestion, SuggestionGroup, SuggestionIcon } from '../protocol/suggestion.ts';
import { labelOf, whyHidden } from './attach-file.ts';
import { latestCommits, noGit } from './attach-git.ts';
import { countProblems } from './attach-problems.ts';
import { type AttachService, openFiles } from './attach-service.ts';
import { findSymbols } from './attach-symbol.ts';
import { shownOf } from './editor-in-front.ts';

const mostFiles = 20;
const mostRecent = 8;
const mostCommits = 40;
const mostSymbols = 40;

/** What `@` offers for the letters behind it. `symbol:` and `commit:` lead to lists of their own. */
export async function suggestMentions(query: string, service: AttachService): Promise<readonly SuggestionGroup[]> {
  const symbols = after(query, 'symbol:');
  if (symbols !== undefined) return [{ label: l10n.t('Symbols'), suggestions: await symbolsFor(symbols, service) }];
  const commits = after(query, 'commit:');
  if (commits !== undefined) return [{ label: l10n.t('Commits'), suggestions: await commitsFor(commits) }];
  const page = pageFor(query);
  if (page) return [{ label: '', suggestions: [page] }];
  const kinds = { label: '', suggestions: kindsFor(query, service) };
  const files = query === '' ? await recentFiles(service) : await filesFor(query, service);
  return [kinds, files].filter(({ suggestions }) => suggestions.length > 0);
}

interface Kind {
  /** Typed letters are looked for at the beginning of these, too. */
  readonly names: readonly string[];
  readonly suggestion: Suggestion;
}

/** Everything but files, folders and what has a list of its own. */
function kindsFor(query: string, service: AttachService): readonly Suggestion[] {
  const wanted = query.toLowerCase();
  return allKinds(service)
    .filter(({ names, suggestion }) =>
      [...names, suggestion.label.toLowerCase()].some((name) => name.startsWith(wanted)),
    )
    .map(({ suggestion }) => suggestion);
}

function allKinds(service: AttachService): readonly Kind[] {
  const editor = service.editor.current();
  const shown = editor && shownOf(editor);
  const problems = countProblems();
  const open = openFiles().length;
  const last = service.terminals.last();
  return [
    {
      names: ['selection', 'current', 'file'],
      suggestion: {
        ...entry('selection', shown?.isSelection ? l10n.t('Selection') : l10n.t('Current file'), { kind: 'editor' }),
        ...(shown ? { detail: labelOf(shown.uri, shown.lines) } : { unavailable: l10n.t('No file is open.') }),
      },
    },
    {
      names: ['symbol', 'function', 'class'],
      suggestion: narrow('symbol-class', l10n.t('Symbol…'), '@symbol:', l10n.t('a function or class of the workspace')),
    },
    {
      names: ['open', 'editors', 'tabs'],
      suggestion: {
        ...entry('files', l10n.t('Open editors'), { kind: 'editors' }),
        ...(open === 0 ? { unavailable: l10n.t('No file is open.') } : { detail: l10n.t('{0} files', open) }),
      },
    },
    {
      names: ['problems', 'errors', 'warnings', 'diagnostics'],
      suggestion: {
        ...entry('warning', l10n.t('Problems'), { kind: 'problems' }),
        ...(problems === 0 ? { unavailable: l10n.t('There are none.') } : { detail: String(problems) }),
      },
    },
    {
      names: ['changes', 'diff', 'git'],
      suggestion: {
        ...entry('diff', l10n.t('Changes'), { kind: 'changes', staged: false }),
        detail: l10n.t('since the last commit'),
      },
    },
    {
      names: ['staged', 'git'],
      suggestion: entry('diff', l10n.t('Staged changes'), { kind: 'changes', staged: true }),
    },
    {
      names: ['commit', 'git'],
      suggestion: narrow('git-commit', l10n.t('Commit…'), '@commit:', l10n.t('one of the latest')),
    },
    {
      names: ['terminal', 'output'],
      suggestion: {
        ...entry('terminal', l10n.t('Terminal'), { kind: 'terminal' }),
        ...(last
          ? { detail: last.command }
          : {
              unavailable: l10n.t(
                'No command has run in a terminal with shell integration since this chat was opened.',
              ),
            }),
      },
    },
    {
      names: ['url', 'web', 'page', 'http', 'https'],
      suggestion: narrow('globe', l10n.t('Web page…'), '@https://', l10n.t('you are asked before it is fetched')),
    },
    {
      names: ['image', 'picture', 'screenshot'],
      suggestion: {
        ...entry('file-media', l10n.t('Picture…'), { kind: 'image' }),
        detail: l10n.t('or paste one, or drop it here'),
      },
    },
  ];
}

async function filesFor(query: string, service: AttachService): Promise<SuggestionGroup> {
  const recent = service.recent.list().map(({ uri }) => uri);
  const found = await service.files.search(query, mostFiles, recent);
  const suggestions = await Promise.all(found.map(({ uri, path }) => fileEntry(uri, path, service)));
  return { label: l10n.t('Files and folders'), suggestions };
}

async function recentFiles(service: AttachService): Promise<SuggestionGroup> {
  const files = service.recent.list().slice(0, mostRecent);
  const suggestions = await Promise.all(files.map(({ uri }) => fileEntry(uri, workspace.asRelativePath(uri), service)));
  return { label: l10n.t('Recent files'), suggestions };
}

async function fileEntry(uri: Uri, path: string, service: AttachService): Promise<Suggestion> {
  const isFolder = path.endsWith('/');
  const parts = path.split('/').filter((part) => part !== '');
  const name = parts.pop() ?? path;
  const mention: Mention = { kind: isFolder ? 'folder' : 'file', uri: uri.toString() };
  const hidden = isFolder ? undefined : await whyHidden(uri, service.hiddenBecause);
  return {
    ...entry(isFolder ? 'folder' : 'file', isFolder ? `${name}/` : name, mention, `@${name} `),
    ...(parts.length > 0 && { detail: parts.join('/') }),
    ...(hidden !== undefined && { unavailable: hidden }),
  };
}

async function symbolsFor(query: string, service: AttachService): Promise<readonly Suggestion[]> {
  const found = await findSymbols(query, mostSymbols);
  return Promise.all(
    found.map(async ({ name: whole, location }) => {
      // TypeScript's own are called `add()`.
      const name = whole.replace(/\(.*$/, '');
      const mention: Mention = {
        ...{ kind: 'symbol', uri: location.uri.toString(), name, line: location.range.start.line + 1 },
      };
      const hidden = await whyHidden(location.uri, service.hiddenBecause);
      return {
        ...entry('symbol-class', name, mention, `@${name} `),
        detail: `${workspace.asRelativePath(location.uri)}:${mention.line}`,
        ...(hidden !== undefined && { unavailable: hidden }),
      };
    }),
  );
}

async function commitsFor(query: string): Promise<readonly Suggestion[]> {
  const commits = await latestCommits(mostCommits);
  if (!commits) return [{ ...narrow('git-commit', l10n.t('Commit…'), '@commit:', ''), unavailable: noGit() }];
  const wanted = query.toLowerCase();
  return commits
    .filter(({ hash, title }) => hash.startsWith(wanted) || title.toLowerCase().replaceAll(' ', '').includes(wanted))
    .map(({ repository, hash, title, author }) => ({
      ...entry('git-commit', title, { kind: 'commit', repository, hash, title }, `@${hash.slice(0, 7)} `),
      detail: `${hash.slice(0, 7)} ${author}`.trim(),
    }));
}

function pageFor(query: string): Suggestion | undefined {
  if (!/^https?:\/\//i.test(query)) return undefined;
  const url = URL.parse(query);
  const address = l10n.t('Go on with the address');
  if (!url || url.host === '') return { ...narrow('globe', l10n.t('Web page'), query, ''), unavailable: address };
  return { ...entry('globe', url.href, { kind: 'page', url: url.href }, `${url.href} `), detail: l10n.t('Web page') };
}

/** `text` stays in the message where the mention was typed; without one nothing does. */
function entry(icon: SuggestionIcon, label: string, mention: Mention, text = ''): Suggestion {
  const id = mentionText(mention);
  return { id, icon, label, chosen: { type: 'attach', mention: id, text } };
}

function narrow(icon: SuggestionIcon, label: string, text: string, detail: string): Suggestion {
  return { id: text, icon, label, ...(detail !== '' && { detail }), chosen: { type: 'narrow', text } };
}

const after = (query: string, prefix: string): string | undefined =>
  query.startsWith(prefix) ? query.slice(prefix.length) : undefined;
