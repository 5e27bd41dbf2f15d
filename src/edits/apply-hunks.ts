import { lineFeeds } from '../util/line-feeds.ts';
import type { EditError, EditOptions, Hunk, Rung, TextChange } from './edit.ts';
import { ambiguous, linesLeftOut, notFound, nothingChanged, overlapping } from './edit-words.ts';
import { type Place, PlaceFinder } from './find-place.ts';
import { leftOut } from './left-out.ts';
import { rewriteLines } from './rewrite-lines.ts';
import { SourceLines } from './source-lines.ts';

export type Applied =
  | {
      readonly text: string;
      /** What makes the new text of the old one. */
      readonly changes: readonly TextChange[];
      /** How each hunk was found. */
      readonly rungs: readonly Rung[];
    }
  | { readonly error: EditError };

/** All hunks in a file's text, or none. Hunks are found in the text as it was, whatever their order. */
export function applyHunks(text: string, hunks: readonly Hunk[], options: EditOptions = {}): Applied {
  const applied = applyAtOnce(text, hunks, options);
  if ('error' in applied && applied.error.code === 'not-found' && hunks.length > 1) {
    // A later hunk may mean what an earlier one has written.
    const stepwise = applyInTurn(text, hunks, options);
    if (!('error' in stepwise)) return stepwise;
  }
  return applied;
}

function applyAtOnce(text: string, hunks: readonly Hunk[], options: EditOptions): Applied {
  const source = new SourceLines(text);
  const finder = new PlaceFinder(source, options);
  const changes: (TextChange & { readonly hunk: number })[] = [];
  const rungs: Rung[] = [];
  let after = 0;
  for (const [index, hunk] of hunks.entries()) {
    const found = changesOf(source, finder, hunk, after);
    if ('error' in found) return { error: { ...found.error, hunk: index + 1 } };
    const elided = leftOut(source, hunk);
    if (elided !== undefined) return { error: { ...linesLeftOut(elided), hunk: index + 1 } };
    if (hunk.mustChange && found.changes.every(({ start, end, text: fresh }) => text.slice(start, end) === fresh)) {
      return { error: { ...nothingChanged(), hunk: index + 1 } };
    }
    changes.push(...found.changes.map((change) => ({ ...change, hunk: index + 1 })));
    rungs.push(found.rung);
    after = found.after;
  }
  changes.sort((a, b) => a.start - b.start || a.end - b.end || a.hunk - b.hunk);
  for (const [index, change] of changes.entries()) {
    const before = changes[index - 1];
    if (before && before.end > change.start) return { error: { ...overlapping(before.hunk), hunk: change.hunk } };
  }
  const plain = changes.map(({ start, end, text: fresh }) => ({ start, end, text: fresh }));
  return { text: withChanges(text, plain), changes: plain, rungs };
}

function applyInTurn(text: string, hunks: readonly Hunk[], options: EditOptions): Applied {
  let now = text;
  const rungs: Rung[] = [];
  for (const [index, hunk] of hunks.entries()) {
    const applied = applyAtOnce(now, [hunk], options);
    if ('error' in applied) return { error: { ...applied.error, hunk: index + 1 } };
    now = applied.text;
    rungs.push(...applied.rungs);
  }
  return { text: now, changes: smallestChange(text, now), rungs };
}

export function withChanges(text: string, changes: readonly TextChange[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end, text: fresh } of changes) {
    pieces.push(text.slice(at, start), fresh);
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}

/** One change from what two texts begin with alike to what they end with alike. */
export function smallestChange(before: string, after: string): readonly TextChange[] {
  if (before === after) return [];
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return [{ start: head, end: before.length - tail, text: after.slice(head, after.length - tail) }];
}

type Found =
  | { readonly changes: readonly TextChange[]; readonly rung: Rung; readonly after: number }
  | { readonly error: EditError };

function changesOf(source: SourceLines, finder: PlaceFinder, hunk: Hunk, after: number): Found {
  const literal = literally(source, hunk);
  if (literal) return literal;
  const plain = { ...hunk, search: lineFeeds(hunk.search), replace: lineFeeds(hunk.replace) };
  // An empty file has nothing that could be sought; models write an empty line for it.
  const seeksNothing = plain.search === '' || (source.text === '' && plain.search.trim() === '');
  if (seeksNothing) return insertion(source, { ...plain, search: '' }, after);
  return placed(source, plain, finder.find(plain, after));
}

/** A reply that writes carriage returns and finds just them in the file means them. */
function literally(source: SourceLines, { search, replace, times }: Hunk): Found | undefined {
  if (!search.includes('\r') || times !== undefined) return undefined;
  const start = source.text.indexOf(search);
  if (start < 0 || source.text.indexOf(search, start + 1) >= 0) return undefined;
  const change = { start, end: start + search.length, text: replace };
  return { changes: [change], rung: 'exact', after: source.lineAt(start) + 1 };
}

function placed(source: SourceLines, hunk: Hunk, place: Place): Found {
  switch (place.kind) {
    case 'lines':
      return {
        changes: rewriteLines(source, place.first, place.sought, place.replacement, place.reindent),
        rung: place.rung,
        after: place.first + 1,
      };
    case 'text': {
      const { ranges, rung } = place;
      const written = hunk.within ? hunk.replace : hunk.replace.replace(/\n$/, '');
      const changes = ranges.map(({ start, end }) => {
        const lineEnd = source.endNear(source.lineAt(start));
        return { start, end, text: lineEnd === '\n' ? written : written.replaceAll('\n', lineEnd) };
      });
      return { changes, rung, after: source.lineAt(ranges[0]?.start ?? 0) + 1 };
    }
    case 'several':
      return { error: ambiguous(place.lines.map((line) => line + 1)) };
    case 'nowhere': {
      const { nearest } = place;
      if (!nearest) return { error: notFound() };
      const count = Math.max(1, hunk.search.replace(/\n$/, '').split('\n').length);
      const lines = source.lines.slice(nearest.start, nearest.start + count);
      return { error: notFound({ line: nearest.start + 1, text: lines.join('\n') }, nearest.likeness) };
    }
  }
}

/** A hunk that seeks nothing: the whole of an empty file, a line that is named, or the end where the format says so. */
function insertion(source: SourceLines, hunk: Hunk, after: number): Found {
  if (hunk.replace === '' && !hunk.mustChange) return { changes: [], rung: 'exact', after };
  if (source.text === '') return { changes: [{ start: 0, end: 0, text: hunk.replace }], rung: 'exact', after };
  const at = hunk.atEnd ? source.length : hunk.line === undefined ? undefined : hunk.line - 1;
  if (at === undefined) return { error: notFound() };
  const line = Math.max(0, Math.min(at, source.length));
  return {
    changes: rewriteLines(source, line, [], hunk.replace.replace(/\n$/, '').split('\n'), (text) => text),
    rung: 'exact',
    after,
  };
}
