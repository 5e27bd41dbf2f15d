import { isObject, numberAt, parseJson, stringAt } from '../util/json.ts';
import type { LineRange } from './attachment.ts';

/** Something a user pointed at, before anybody has read it. */
export type Mention =
  /** Whole, or some lines of it. */
  | { readonly kind: 'file'; readonly uri: string; readonly lines?: LineRange }
  | { readonly kind: 'folder'; readonly uri: string }
  /** `line`: where its name stands, counted from 1. */
  | { readonly kind: 'symbol'; readonly uri: string; readonly name: string; readonly line: number }
  /** What the chat shows of the editor in front by itself, where that was turned off. */
  | { readonly kind: 'editor' }
  | { readonly kind: 'selection' }
  | { readonly kind: 'editors' }
  /** Of one file, or of all. */
  | { readonly kind: 'problems'; readonly uri?: string }
  | { readonly kind: 'changes'; readonly staged: boolean }
  | { readonly kind: 'commit'; readonly repository: string; readonly hash: string; readonly title: string }
  | { readonly kind: 'terminal' }
  | { readonly kind: 'page'; readonly url: string }
  | { readonly kind: 'image' };

/** As it goes to the webview and back. */
export function mentionText(mention: Mention): string {
  return JSON.stringify(mention);
}

/** Undefined where the text is none: it comes from a webview, or from whoever calls a command. */
export function readMention(text: string): Mention | undefined {
  const value = parseJson(text);
  const uri = stringAt(value, 'uri');
  switch (stringAt(value, 'kind')) {
    case 'file': {
      const lines = isObject(value) ? readLines(value['lines']) : undefined;
      return uri === undefined ? undefined : { kind: 'file', uri, ...(lines && { lines }) };
    }
    case 'folder':
      return uri === undefined ? undefined : { kind: 'folder', uri };
    case 'symbol': {
      const [name, line] = [stringAt(value, 'name'), numberAt(value, 'line')];
      return uri === undefined || name === undefined || line === undefined
        ? undefined
        : { kind: 'symbol', uri, name, line };
    }
    case 'editor':
      return { kind: 'editor' };
    case 'selection':
      return { kind: 'selection' };
    case 'editors':
      return { kind: 'editors' };
    case 'problems':
      return { kind: 'problems', ...(uri !== undefined && { uri }) };
    case 'changes':
      return { kind: 'changes', staged: isObject(value) && value['staged'] === true };
    case 'commit': {
      const [repository, hash, title] = ['repository', 'hash', 'title'].map((key) => stringAt(value, key));
      // It becomes a word of a git command.
      if (repository === undefined || title === undefined || !/^[0-9a-f]{7,64}$/.test(hash ?? '')) return undefined;
      return { kind: 'commit', repository, hash: hash ?? '', title };
    }
    case 'terminal':
      return { kind: 'terminal' };
    case 'page': {
      const url = stringAt(value, 'url');
      return url === undefined ? undefined : { kind: 'page', url };
    }
    case 'image':
      return { kind: 'image' };
    default:
      return undefined;
  }
}

function readLines(value: unknown): LineRange | undefined {
  const [first, last] = [numberAt(value, 'first'), numberAt(value, 'last')];
  return first === undefined || last === undefined || first < 1 || last < first ? undefined : { first, last };
}
