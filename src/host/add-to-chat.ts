import * as l10n from '@vscode/l10n';
import { languages, type Range, type TextEditor, Uri, window } from 'vscode';
import type { LineRange } from '../context/attachment.ts';
import type { Mention } from '../context/mention.ts';
import { isObject, numberAt, stringAt } from '../util/json.ts';
import { wordProblem } from './attach-problems.ts';
import type { ChatPlaces } from './chat-places.ts';
import type { ChatSession } from './chat-session.ts';
import { shownOf } from './editor-in-front.ts';

/**
 * The code a command is about, as a menu or a keybinding says: `{uri?, lines?: {first, last}, problems?: {first, last}}`,
 * else what the editor in front has selected or shows.
 */
interface Code {
  readonly uri: Uri;
  readonly lines?: LineRange;
  /** Where the problems are that it is about; absent = anywhere in it. */
  readonly problems?: LineRange;
}

export type CodeTask = 'explain' | 'fix' | 'tests' | 'document';

/** Puts the selection, or what is on the screen, beside the next message. */
export async function addSelectionToChat(places: ChatPlaces, argument: unknown): Promise<void> {
  const code = codeOf(argument);
  const session = await places.reveal(places.current);
  await session.mention(mentionOf(code));
  session.whenDrawn({ type: 'focus-composer' });
}

/** Puts files and folders beside the next message: those chosen in the explorer, else the one in front. */
export async function addFileToChat(places: ChatPlaces, argument: unknown, others: unknown): Promise<void> {
  const chosen = (Array.isArray(others) ? others : [argument]).flatMap((each) => uriOf(each) ?? []);
  const uris = chosen.length > 0 ? chosen : [frontEditor().document.uri];
  const session = await places.reveal(places.current);
  await session.receive({ type: 'attach-uris', uris: uris.map((uri) => uri.toString()) });
  session.whenDrawn({ type: 'focus-composer' });
}

/** Asks about code at once, in the chat in use. "Fix" says what the editor has against it. */
export async function askAboutCode(places: ChatPlaces, task: CodeTask, argument: unknown): Promise<void> {
  const code = codeOf(argument);
  const problems = task === 'fix' ? problemsIn(code) : [];
  const session = await places.reveal(places.current);
  await session.mention(mentionOf(code));
  await send(session, [prompts[task](), ...problems].join('\n'));
}

const prompts: Readonly<Record<CodeTask, () => string>> = {
  explain: () => l10n.t('Explain the attached code.'),
  fix: () => l10n.t('Fix the problem in the attached code, and say what was wrong.'),
  tests: () => l10n.t('Write tests for the attached code.'),
  document: () => l10n.t('Write documentation comments for the attached code.'),
};

async function send(session: ChatSession, text: string): Promise<void> {
  await session.receive({ type: 'send', text });
}

function codeOf(argument: unknown): Code {
  const uri = uriOf(argument) ?? uriOf(stringAt(argument, 'uri'));
  const [lines, problems] = [linesAt(argument, 'lines'), linesAt(argument, 'problems')];
  if (uri && lines) return { uri, lines, ...(problems && { problems }) };
  const editor = editorOf(uri);
  if (editor) return shownOf(editor);
  if (uri) return { uri };
  return shownOf(frontEditor());
}

function editorOf(uri: Uri | undefined): TextEditor | undefined {
  return window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri?.toString());
}

function frontEditor(): TextEditor {
  const editor = window.activeTextEditor;
  if (!editor) throw new Error(l10n.t('Open a file first.'));
  return editor;
}

/** What the explorer and the editor's menus give, and what a keybinding may write. */
function uriOf(value: unknown): Uri | undefined {
  if (value instanceof Uri) return value;
  return typeof value === 'string' ? Uri.parse(value) : undefined;
}

function linesAt(argument: unknown, key: string): LineRange | undefined {
  const value = isObject(argument) ? argument[key] : undefined;
  const [first, last] = [numberAt(value, 'first'), numberAt(value, 'last')];
  return first === undefined || last === undefined ? undefined : { first, last };
}

function mentionOf({ uri, lines }: Code): Mention {
  return { kind: 'file', uri: uri.toString(), ...(lines && { lines }) };
}

function problemsIn({ uri, lines, problems = lines }: Code): readonly string[] {
  const within = (range: Range): boolean =>
    problems === undefined || (range.end.line >= problems.first - 1 && range.start.line < problems.last);
  return languages
    .getDiagnostics(uri)
    .filter(({ range }) => within(range))
    .map((each) => wordProblem(uri, each));
}
