import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Who may import whom. Types count too. A room may always import from itself. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  util: [],
  protocol: [],
  llm: ['util'],
  providers: ['llm', 'util'],
  models: ['llm', 'util'],
  store: ['llm', 'util'],
  gateway: ['llm', 'models', 'store', 'util'],
  inference: ['protocol', 'llm', 'util'],
  context: ['llm', 'util'],
  completion: ['context', 'llm', 'util'],
  edits: ['util'],
  agent: ['context', 'edits', 'llm', 'util'],
  chat: ['agent', 'context', 'llm', 'protocol', 'util'],
  host: ['agent', 'chat', 'completion', 'context', 'edits', 'gateway', 'llm', 'models', 'protocol', 'store', 'util'],
  webview: ['protocol'],
};

const sourceFolder = resolve(import.meta.dirname, '../src');

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesBelow(path);
    return /\.tsx?$/.test(name) ? [path] : [];
  });
}

function importsOf(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  return [...source.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].flatMap((match) => match[1] ?? []);
}

const roomOf = (file: string): string => relative(sourceFolder, file).split('/')[0] ?? '';
const rooms = readdirSync(sourceFolder).filter((name) => statSync(join(sourceFolder, name)).isDirectory());
const files = filesBelow(sourceFolder);

describe('rooms and arrows', () => {
  it('every room is in the table', () => {
    expect(rooms.filter((room) => !(room in arrows))).toEqual([]);
  });

  it.each(files.filter((file) => roomOf(file) in arrows))('%s keeps to its arrows', (file) => {
    const room = roomOf(file);
    const allowed = new Set([room, ...(arrows[room] ?? [])]);
    const wrong = importsOf(file)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => roomOf(resolve(dirname(file), specifier)))
      .filter((target) => !allowed.has(target));
    expect(wrong).toEqual([]);
  });

  it('only host and the composition root import vscode', () => {
    const importers = files.filter((file) => importsOf(file).includes('vscode')).map(roomOf);
    expect(importers.filter((room) => room !== 'host' && room !== 'extension.ts')).toEqual([]);
  });

  it('no cycles between files', () => {
    const graph = new Map(
      files.map((file) => [
        file,
        importsOf(file)
          .filter((specifier) => specifier.startsWith('.'))
          .map((specifier) => resolve(dirname(file), specifier)),
      ]),
    );
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file))
        cycles.push([...path.slice(path.indexOf(file)), file].map((f) => relative(sourceFolder, f)).join(' → '));
      if (done.has(file) || path.includes(file)) return;
      for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });
});
