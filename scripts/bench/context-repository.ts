import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { identifier, keywords } from '../../src/context/names-near.ts';
import type { SourceFile } from '../../src/context/ports.ts';

/** Real sources of several files, and the names that each of them uses. */
export interface Repository {
  readonly name: string;
  readonly folder: string;
  readonly files: ReadonlyMap<string, SourceFile>;
}

export function readRepository(name: string, folder: string): Repository {
  const files = new Map<string, SourceFile>();
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!/\.(?:[cm]?[jt]s|tsx)$/.test(path) || path.endsWith('.d.ts')) continue;
    const text = readFileSync(join(folder, path), 'utf8').replaceAll('\r\n', '\n');
    if (text.length > 200_000) continue;
    const uri = join(folder, path);
    const languageId = path.endsWith('.tsx') ? 'typescriptreact' : /ts$/.test(path) ? 'typescript' : 'javascript';
    files.set(uri, { uri, path, languageId, text });
  }
  return { name, folder, files };
}

/** A span that is hidden from its file, and what its writer had looked at and changed before. */
export interface HiddenSpan {
  readonly file: SourceFile;
  readonly before: string;
  readonly span: string;
  readonly after: string;
  /** Open or lately seen, latest first. */
  readonly recent: readonly SourceFile[];
  /** Lines of recent files that were written just now. */
  readonly edits: readonly { readonly file: SourceFile; readonly start: number; readonly end: number }[];
}

/** The same places for the same seed: some lines inside of some file, never its imports. */
export function hiddenSpans(repository: Repository, count: number, seed: number): readonly HiddenSpan[] {
  const random = randomFrom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const files = [...repository.files.values()];
  const long = files.filter(({ text }) => text.split('\n').length >= 40);
  const spans: HiddenSpan[] = [];
  for (let tries = 0; spans.length < count && tries < count * 50; tries++) {
    const file = long[below(long.length)];
    if (!file) break;
    const lines = file.text.split('\n');
    const start = 5 + below(lines.length - 10);
    const size = 1 + below(8);
    const hidden = lines.slice(start, start + size);
    const span = hidden.join('\n');
    if (/^\s*(?:import\b|\/?\*|\/\/)|\brequire\(|\bfrom\s+['"]/m.test(span) || namesIn(codeOf(span)).size < 3) continue;
    const indent = /^\s*/.exec(span)?.[0].length ?? 0;
    const head = `${lines.slice(0, start).join('\n')}\n${span.slice(0, indent)}`;
    const tail = `\n${lines.slice(start + size).join('\n')}`;
    const recent = recentFiles(repository, file, below);
    spans.push({
      file,
      before: withoutUnusedImports(head, tail),
      span: span.slice(indent),
      after: tail,
      recent,
      edits: recent.slice(0, 2).flatMap((one) => {
        const all = one.text.split('\n');
        return [0, 1].flatMap(() => {
          const from = below(Math.max(1, all.length - 4));
          const [a, b] = [all.slice(0, from), all.slice(from, from + 1 + below(4))];
          const at = a.join('\n').length + (from > 0 ? 1 : 0);
          return [{ file: one, start: at, end: Math.min(one.text.length, at + b.join('\n').length + 1) }];
        });
      }),
    });
  }
  return spans;
}

export function namesIn(text: string): ReadonlySet<string> {
  return new Set((text.match(identifier) ?? []).filter((name) => name.length >= 3 && !keywords.has(name)));
}

/** The text without what comments and strings say. */
export function codeOf(text: string): string {
  return text.replace(/\/\/.*|\/\*[\s\S]*?\*\/|^\s*\*.*|'[^'\n]*'|"[^"\n]*"|`[^`$]*`/gm, ' ');
}

/** Three that have to do with the file, three of no matter which. */
function recentFiles({ files }: Repository, file: SourceFile, below: (limit: number) => number): readonly SourceFile[] {
  const others = [...files.values()].filter(({ uri }) => uri !== file.uri);
  const folder = posix.dirname(file.path);
  const related = others.filter(
    ({ path, text }) =>
      posix.dirname(path) === folder ||
      text.includes(`/${posix.basename(file.path).replace(/\.\w+$/, '')}`) ||
      file.text.includes(`/${posix.basename(path).replace(/\.\w+$/, '')}`),
  );
  const chosen = new Set<SourceFile>();
  for (let tries = 0; tries < 40 && chosen.size < 6; tries++) {
    const pool = tries % 2 === 0 && related.length > 0 ? related : others;
    const one = pool[below(pool.length)];
    if (one) chosen.add(one);
  }
  return [...chosen];
}

/** Who has not written the span yet has not imported what only the span uses. */
function withoutUnusedImports(head: string, tail: string): string {
  const uses = new Map<string, number>();
  for (const [name] of `${head}${tail}`.matchAll(identifier)) uses.set(name, (uses.get(name) ?? 0) + 1);
  const statement =
    /^(?:import[^;'"]*?\{([^}]*)\}[^;'"]*from\s*['"][^'"]+['"]|const\s*\{([^}]*)\}\s*=\s*require\([^)]*\));?\n/gm;
  return head.replace(statement, (whole, named?: string, required?: string) => {
    const list = named ?? required ?? '';
    const parts = list.split(',').filter((part) => part.trim() !== '');
    const kept = parts.filter((part) => {
      const name = (part.match(identifier) ?? []).at(-1);
      return name === undefined || (uses.get(name) ?? 0) > 1;
    });
    if (kept.length === parts.length) return whole;
    return kept.length === 0 ? '' : whole.replace(list, kept.join(','));
  });
}

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
