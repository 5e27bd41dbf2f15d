import { commands, type DocumentSymbol, Position, SymbolInformation, SymbolKind, Uri } from 'vscode';
import type { LineRange } from '../context/attachment.ts';
import type { HiddenBecause } from './allowed-files.ts';
import type { Read } from './attach-draft.ts';
import { readFile } from './attach-file.ts';

/** Where no provider tells how far a symbol reaches. */
const usualLines = 40;

/** A symbol with all of its body, as the language's own extension has it. */
export async function readSymbol(
  { uri: address, name, line }: { readonly uri: string; readonly name: string; readonly line: number },
  hiddenBecause: HiddenBecause,
): Promise<Read> {
  const uri = Uri.parse(address);
  const lines = (await bodyOf(uri, line)) ?? { first: line, last: line + usualLines };
  const read = await readFile(uri, lines, hiddenBecause);
  if (read.kind === 'refused') return { ...read, of: 'symbol', label: name };
  return read.kind === 'read'
    ? { kind: 'read', drafts: read.drafts.map((d) => ({ ...d, kind: 'symbol', label: name })) }
    : read;
}

/** The workspace's symbols whose name fits, as far as a language extension lists them. */
export async function findSymbols(query: string, most: number): Promise<readonly SymbolInformation[]> {
  const found = await commands.executeCommand<unknown>('vscode.executeWorkspaceSymbolProvider', query);
  const all = Array.isArray(found) ? found.filter((each) => each instanceof SymbolInformation) : [];
  // A variable may well be a function, in TypeScript for one.
  const isVariable = ({ kind }: SymbolInformation): number => (kind === SymbolKind.Variable ? 1 : 0);
  return all
    .filter(({ kind }) => !small.has(kind))
    .toSorted((one, other) => isVariable(one) - isVariable(other))
    .slice(0, most);
}

/** What is too small to be worth a line of the list. */
const small: ReadonlySet<SymbolKind> = new Set([SymbolKind.Property, SymbolKind.Field]);

async function bodyOf(uri: Uri, line: number): Promise<LineRange | undefined> {
  const found = await commands.executeCommand<unknown>('vscode.executeDocumentSymbolProvider', uri);
  const all = Array.isArray(found) ? found.flatMap((each) => (isDocumentSymbol(each) ? withChildren(each) : [])) : [];
  const at = new Position(line - 1, 0);
  // The one whose name stands there; the narrowest where several do.
  const named = all
    .filter(({ selectionRange }) => selectionRange.start.line === at.line)
    .sort((a, b) => a.range.end.line - a.range.start.line - (b.range.end.line - b.range.start.line))[0];
  return named && { first: named.range.start.line + 1, last: named.range.end.line + 1 };
}

const withChildren = (symbol: DocumentSymbol): readonly DocumentSymbol[] => [
  symbol,
  ...symbol.children.flatMap(withChildren),
];

function isDocumentSymbol(value: unknown): value is DocumentSymbol {
  return typeof value === 'object' && value !== null && 'selectionRange' in value && 'children' in value;
}
