import { type ImportingFile, importPatterns } from './import-patterns.ts';
import { identifier, keywords } from './names-near.ts';

/** A statement that names another file. */
export interface Import {
  readonly candidates: readonly string[];
  /** What it brings by name; empty: all of the file. */
  readonly names: readonly string[];
}

/** The imports that stand in a file's head. */
export function importsIn(file: ImportingFile, languageId: string, most: number): readonly Import[] {
  const found = new Map<string, { candidates: readonly string[]; names: Set<string> }>();
  for (const pattern of importPatterns) {
    if (!pattern.languages.split(' ').includes(languageId)) continue;
    for (const match of file.head.matchAll(pattern.statement)) {
      const [statement, specifier = ''] = match;
      if (found.size >= most) break;
      const candidates = pattern.candidates(specifier, file, statement);
      if (candidates.length === 0) continue;
      const [key = ''] = candidates;
      const known = found.get(key) ?? { candidates, names: new Set<string>() };
      // A path's own words are names only where nothing else is named.
      const named = namesOf(statement.replace(/(['"])[^'"]*\1/g, ' '));
      for (const name of named.length > 0 ? named : namesOf(statement)) known.names.add(name);
      found.set(key, known);
    }
  }
  return [...found.values()].map(({ candidates, names }) => ({ candidates, names: [...names] }));
}

function namesOf(statement: string): readonly string[] {
  return (statement.match(identifier) ?? []).filter((name) => !keywords.has(name));
}
