import {
  commands,
  type DocumentSymbol,
  Hover,
  type Location,
  type LocationLink,
  MarkdownString,
  type Position,
  type Range,
  type SymbolInformation,
  type Uri,
} from 'vscode';

/** Where something is defined, as a language's own provider says it. */
export interface Target {
  readonly uri: Uri;
  /** The name itself, or the whole definition where the provider says no more. */
  readonly range: Range;
  /** The whole definition, where the provider knows it. */
  readonly whole?: Range;
}

type Provider = 'vscode.executeDefinitionProvider' | 'vscode.executeTypeDefinitionProvider';

/** What the providers answer for a place; none where they fail or there are none. */
export async function targetsAt(provider: Provider, uri: Uri, position: Position): Promise<readonly Target[]> {
  const found = await asked<readonly (Location | LocationLink)[]>(provider, uri, position);
  return (found ?? []).map((place) =>
    'targetUri' in place
      ? { uri: place.targetUri, range: place.targetSelectionRange ?? place.targetRange, whole: place.targetRange }
      : { uri: place.uri, range: place.range },
  );
}

/** The smallest symbol of a file whose name stands at the position. May let the editor load the file, never show it. */
export async function symbolAt(uri: Uri, position: Position): Promise<Range | undefined> {
  const symbols = await asked<readonly (DocumentSymbol | SymbolInformation)[]>(
    'vscode.executeDocumentSymbolProvider',
    uri,
  );
  return smallest(symbols ?? [], position);
}

/**
 * The code that hovering shows, for a place whose file nobody can read. Texts in quotes are left out: inferred types
 * quote values from any file. Prose is left out, too: other extensions put there whatever they know.
 */
export async function hoverCodeAt(uri: Uri, position: Position, languageId: string): Promise<string | undefined> {
  const hovers = await asked<readonly unknown[]>('vscode.executeHoverProvider', uri, position);
  const texts = (hovers ?? []).flatMap((hover) => (hover instanceof Hover ? hover.contents : []));
  for (const content of texts) {
    const text = content instanceof MarkdownString ? content.value : undefined;
    const code = text === undefined ? undefined : firstFence(text, languageId);
    if (code !== undefined) return code.replace(/(["'`])(?:\\.|(?!\1).)*\1/gs, '$1…$1');
  }
  return undefined;
}

function firstFence(markdown: string, languageId: string): string | undefined {
  for (const [, language, code] of markdown.matchAll(/^```([^\s`]*)[^\n]*\n(.*?)\n?```/gms)) {
    if (language === languageId && code !== undefined && code.trim() !== '') return code;
  }
  return undefined;
}

function smallest(symbols: readonly (DocumentSymbol | SymbolInformation)[], position: Position): Range | undefined {
  for (const symbol of symbols) {
    const range = 'location' in symbol ? symbol.location.range : symbol.range;
    if (!range.contains(position)) continue;
    const within = 'children' in symbol ? smallest(symbol.children, position) : undefined;
    if (within) return within;
    // A name inside of a body is no definition of the whole.
    const named = 'selectionRange' in symbol ? symbol.selectionRange.contains(position) : true;
    if (named || range.start.line === position.line) return range;
  }
  return undefined;
}

async function asked<T>(command: string, ...parameters: readonly unknown[]): Promise<T | undefined> {
  try {
    return await commands.executeCommand<T>(command, ...parameters);
  } catch {
    // Another extension's fault is none of ours: what it knows is just not there.
    return undefined;
  }
}
