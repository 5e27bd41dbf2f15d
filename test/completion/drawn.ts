import type { CompletionDocument, CompletionQuery, DocumentChange } from '../../src/completion/document.ts';
import { describeSituation, type Situation, type SituationInput } from '../../src/completion/situation.ts';
import { lineFeeds } from '../../src/util/line-feeds.ts';

/** `|` is the cursor. */
export function split(drawn: string): { readonly prefix: string; readonly suffix: string } {
  const at = drawn.indexOf('|');
  if (at < 0) throw new Error(`No cursor in ${drawn}`);
  return { prefix: drawn.slice(0, at), suffix: drawn.slice(at + 1) };
}

export function situationOf(drawn: string, changed: Partial<SituationInput> = {}): Situation {
  const { prefix, suffix } = split(drawn);
  return describeSituation({
    prefix: lineFeeds(prefix),
    suffix: lineFeeds(suffix),
    languageId: 'typescript',
    maxLines: 20,
    eol: drawn.includes('\r\n') ? '\r\n' : '\n',
    answer: 'fim',
    specialTokens: [],
    ...changed,
  });
}

/** A document with a cursor that can be typed into; counts the characters that are read of it. */
export class DrawnDocument implements CompletionDocument {
  readonly uri: string;
  readonly path: string;
  readonly languageId: string;
  readonly eol: '\n' | '\r\n';
  readonly readOnly = false;
  content: string;
  offset: number;
  charactersRead = 0;

  constructor(drawn: string, languageId = 'typescript', path = 'src/example.ts') {
    const { prefix, suffix } = split(drawn);
    this.content = prefix + suffix;
    this.offset = prefix.length;
    this.languageId = languageId;
    this.path = path;
    this.uri = `file:///workspace/${path}`;
    this.eol = drawn.includes('\r\n') ? '\r\n' : '\n';
  }

  get length(): number {
    return this.content.length;
  }

  text(start: number, end: number): string {
    const text = this.content.slice(Math.max(0, start), Math.max(0, end));
    this.charactersRead += text.length;
    return text;
  }

  /** Types at the cursor; `behind` is what the editor adds right of it by itself. */
  type(text: string, behind = ''): readonly DocumentChange[] {
    const change = { offset: this.offset, removedLength: 0, insertedText: text + behind };
    this.content = this.content.slice(0, this.offset) + text + behind + this.content.slice(this.offset);
    this.offset += text.length;
    return [change];
  }

  query(changed: Partial<CompletionQuery> = {}): CompletionQuery {
    return { offset: this.offset, trigger: 'automatic', cursors: 1, ...changed };
  }
}
