import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/setup/paths.ts';
import { finish } from '../../../src/completion/finish.ts';
import { OutputReader } from '../../../src/completion/output-reader.ts';
import type { SyntaxNode, SyntaxParser, SyntaxReader } from '../../../src/completion/syntax/grammar.ts';
import { isComment, isList } from '../../../src/completion/syntax/node-kinds.ts';
import { situationOf } from '../drawn.ts';
import { grammarFor } from '../grammars-for-tests.ts';

const maxLines = 1000;

interface Hole {
  readonly drawn: string;
  /** What stood there, and what stood behind it. */
  readonly body: string;
  readonly beyond: string;
}

/** Blocks of some lines; the cursor is at a statement of theirs, and all from there to the block's end is missing. */
function holesIn(text: string, node: SyntaxNode): readonly Hole[] {
  const children = Array.from({ length: node.childCount }, (_, index) => node.child(index)).filter((child) => !!child);
  const own = isBlock(node, text)
    ? children
        .filter((child) => child.isNamed && !isComment(child))
        .map((child) => holeAt(text, node, child.startIndex))
    : [];
  return [...own, ...children.flatMap((child) => holesIn(text, child))];
}

function isBlock(node: SyntaxNode, text: string): boolean {
  const closed = node.child(node.childCount - 1)?.type === '}' || node.type === 'block';
  const lines = text.slice(node.startIndex, node.endIndex).split('\n').length;
  return node.parent !== null && isList(node) && closed && lines > 2 && lines < 20;
}

function holeAt(text: string, block: SyntaxNode, at: number): Hole {
  const last = block.child(block.childCount - 1);
  const end = last?.type === '}' ? last.startIndex : block.endIndex;
  const bodyEnd = text.slice(0, end).trimEnd().length;
  const before = text.slice(Math.max(0, at - 3000), at);
  return {
    drawn: `${before.replaceAll('|', '/')}|${text.slice(bodyEnd, bodyEnd + 1000)}`,
    body: text.slice(at, bodyEnd),
    beyond: text.slice(bodyEnd, bodyEnd + 800),
  };
}

function read(hole: Hole, languageId: string, grammar: SyntaxReader, output: string): string {
  const situation = situationOf(hole.drawn, { languageId, grammar, maxLines });
  const reader = new OutputReader(situation);
  reader.push(output);
  reader.end();
  const finished = finish(reader, situation);
  return finished.kind === 'text' ? finished.text.trimEnd() : '';
}

/** Some of a folder's files that parse without an error. */
function sources(folder: string, ending: string, parser: SyntaxParser): readonly Hole[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .slice(0, 12)
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8').slice(0, 12_000);
      const tree = parser.parse(text.slice(0, text.lastIndexOf('\n') + 1));
      const holes = tree && !tree.root.hasError ? holesIn(tree.text, tree.root) : [];
      tree?.close();
      return holes;
    });
}

const rows = [
  ['typescript', join(root, 'src/completion'), '.ts'],
  ['javascript', join(root, 'node_modules/highlight.js/lib/languages'), '.js'],
  ['python', '/usr/lib/python3.11', '.py'],
  ['go', '/usr/local/go/src/net/http', '.go'],
] as const;

describe.each(rows)('holes in real %s', (languageId, folder, ending) => {
  if (!existsSync(folder)) {
    it.skip(`are not tried: there is no ${folder}`, () => undefined);
    return;
  }

  it('what stood there comes through unchanged, and what stood behind it is cut', async () => {
    const grammar = await grammarFor(languageId);
    const holes = sources(folder, ending, grammar);
    expect(holes.length).toBeGreaterThan(10);
    fc.assert(
      fc.property(fc.constantFrom(...holes), (hole) => {
        expect(read(hole, languageId, grammar, hole.body)).toBe(hole.body);
        expect(read(hole, languageId, grammar, hole.body + hole.beyond)).toBe(hole.body);
      }),
      { numRuns: 40 },
    );
  });
});
