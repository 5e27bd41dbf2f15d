import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Suggestion } from '../../src/completion/document.ts';
import type { CompletionPreferences } from '../../src/completion/ports.ts';
import { specialTokens } from '../../src/completion/special-tokens.ts';
import { lineFeeds } from '../../src/util/line-feeds.ts';
import { languages, personsFile, someText } from './any-text.ts';
import { DrawnDocument } from './drawn.ts';
import { type Asking, type Bench, bench } from './engine-bench.ts';
import { HandClock, turn } from './hand-clock.ts';

const runs = { numRuns: 120 };
// Turns of the event loop are many, and slow on a busy machine.
vi.setConfig({ testTimeout: 60_000 });
/** Longer than all that the engine ever waits for. */
const longMs = 1000;

interface Ways {
  readonly streaming: boolean;
  readonly ahead: boolean;
}
const ways = fc.record<Ways>({ streaming: fc.boolean(), ahead: fc.boolean() });
const sizes = fc.infiniteStream(fc.integer({ min: 1, max: 30 }));

/** An engine whose time the test moves, and whose open requests are counted at every new one. */
function engine({ streaming, ahead }: Ways): {
  readonly on: Bench;
  readonly clock: HandClock;
  readonly open: () => number;
} {
  const clock = new HandClock();
  const preferences: Partial<CompletionPreferences> = { streaming, ahead: ahead ? 'always' : 'never' };
  const on = bench(preferences, undefined, clock);
  const open = (): number => on.models.requests.filter(({ closed, signal }) => !closed && !signal.aborted).length;
  const { stream } = on.models;
  on.models.stream = (...asked) => {
    expect(open()).toBe(0);
    return stream.apply(on.models, asked);
  };
  return { on, clock, open };
}

const chunksOf = (text: string, next: () => number): readonly string[] => {
  const chunks: string[] = [];
  // A long text in tiny chunks takes long and tells nothing more.
  const least = Math.ceil(text.length / 60);
  for (let start = 0; start < text.length; ) {
    const size = Math.max(least, next());
    chunks.push(text.slice(start, start + size));
    start += size;
  }
  return chunks;
};

/** What is shown in the end, when a model says `chunks`. */
async function answered(
  how: Ways,
  document: DrawnDocument,
  chunks: readonly string[],
  eachMs: number,
): Promise<Suggestion | undefined> {
  const { on, clock } = engine(how);
  const first = on.ask(document);
  await turn();
  const request = on.models.requests[0];
  for (const chunk of chunks) {
    request?.text(chunk);
    await clock.move(eachMs);
  }
  request?.end();
  await clock.move(50);
  await first.answer;
  return on.ask(document).answer;
}

function accept(document: DrawnDocument, { text, replaceBefore, replaceAfter }: Suggestion): string {
  const { content, offset } = document;
  return content.slice(0, offset - replaceBefore) + text + content.slice(offset + replaceAfter);
}

/** How many more of each bracket are opened than closed. */
const surplusOf = (text: string): readonly number[] =>
  ['()', '[]', '{}'].map((pair) => text.split(pair.charAt(0)).length - text.split(pair.charAt(1)).length);

const withEol = (text: string, crlf: boolean): string =>
  crlf ? lineFeeds(text).replaceAll('\n', '\r\n') : lineFeeds(text);

describe('for any document, cursor, line ends, indentation and model', () => {
  const anywhere = fc.record({
    before: someText,
    after: someText,
    languageId: languages,
    crlf: fc.boolean(),
    output: someText,
    token: fc.constantFrom('', '', ...specialTokens),
    tail: someText,
  });

  it('what is accepted has the file’s line ends, no control token, no half character, and takes nothing away but the rest of its line', async () => {
    await fc.assert(
      fc.asyncProperty(
        anywhere,
        ways,
        sizes,
        async ({ before, after, languageId, crlf, output, token, tail }, how, stream) => {
          const drawn = withEol(`${before.replaceAll('|', '')}|${after}`, crlf);
          const document = new DrawnDocument(drawn, languageId);
          const shown = await answered(
            how,
            document,
            chunksOf(output + token + tail, () => stream.next().value ?? 1),
            20,
          );
          if (!shown) return;
          const { text, replaceBefore, replaceAfter } = shown;
          const other = document.eol === '\r\n' ? /(?<!\r)\n|\r(?!\n)/ : /\r/;
          expect(text).not.toMatch(other);
          for (const each of specialTokens) expect(text).not.toContain(each);
          expect(text.isWellFormed()).toBe(true);
          expect(replaceBefore).toBe(0);
          const right = document.content.slice(document.offset);
          expect(right.slice(0, replaceAfter)).not.toMatch(/[\r\n]/);
        },
      ),
      runs,
    );
  });

  it('the network’s chunks, and whether it is shown while it comes, do not change the end', async () => {
    await fc.assert(
      fc.asyncProperty(anywhere, ways, sizes, fc.constantFrom(0, 15, 90), async (file, how, stream, eachMs) => {
        const { before, after, languageId, crlf, output, token, tail } = file;
        const drawn = withEol(`${before.replaceAll('|', '')}|${after}`, crlf);
        const whole = output + token + tail;
        const place = (): DrawnDocument => new DrawnDocument(drawn, languageId);
        const atOnce = await answered({ streaming: false, ahead: false }, place(), [whole], 0);
        const inPieces = await answered(
          how,
          place(),
          chunksOf(whole, () => stream.next().value ?? 1),
          eachMs,
        );
        expect([inPieces?.text, inPieces?.replaceAfter]).toEqual([atOnce?.text, atOnce?.replaceAfter]);
      }),
      runs,
    );
  });
});

/** A statement of a file is missing, or the end of one; the model writes it and runs on into what already follows. */
const hole = fc.record({
  lines: personsFile,
  at: fc.nat(),
  runsOn: fc.nat(3),
  atIndent: fc.boolean(),
  crlf: fc.boolean(),
  tabs: fc.boolean(),
});

describe('for any file a person would write', () => {
  it('accepting gives the whole file: nothing twice, nothing missing', async () => {
    await fc.assert(
      fc.asyncProperty(hole, ways, sizes, async ({ lines, at, runsOn, atIndent, crlf, tabs }, how, stream) => {
        const inside = lines.flatMap((line, index) => (/^ {4}(?:const \w+ = \d|\w+\.call)/.test(line) ? [index] : []));
        const missing = inside[at % Math.max(1, inside.length)];
        if (missing === undefined) return;
        const line = lines[missing] ?? '';
        // A neighbour that says the same would make the missing line a repetition.
        if (lines[missing - 1] === line || lines[missing + 1] === line) return;
        const start = atIndent ? 4 : 4 + Math.floor((line.length - 4) / 2);
        const laidOut = (text: string): string => withEol(tabs ? text.replaceAll('    ', '\t') : text, crlf);
        const before = [...lines.slice(0, missing), line.slice(0, start)].join('\n');
        const after = ['', ...lines.slice(missing + 1)].join('\n');
        const output = [line.slice(start), ...lines.slice(missing + 1, missing + 1 + runsOn)].join('\n');
        const document = new DrawnDocument(`${laidOut(before)}|${laidOut(after)}`);
        const shown = await answered(
          how,
          document,
          chunksOf(laidOut(output), () => stream.next().value ?? 1),
          20,
        );
        expect(shown && accept(document, shown)).toBe(laidOut(lines.join('\n')));
      }),
      runs,
    );
  });

  const opening: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '"': '"' };
  const typing = fc.record({
    lines: personsFile,
    at: fc.nat(),
    crlf: fc.boolean(),
    closes: fc.boolean(),
    /** The editor has closed the bracket the cursor is in. */
    inBracket: fc.boolean(),
    /** Keys that are pressed before the editor asks, and pieces of the answer that come between. */
    keysAtOnce: fc.integer({ min: 1, max: 3 }),
    piecesPerKey: fc.integer({ min: 0, max: 3 }),
    pauseMs: fc.constantFrom(5, 30, 60, 120),
    /** Where the typing ends and the rest is accepted. */
    stopAt: fc.constantFrom(0.2, 0.5, 0.8, 1),
  });

  it('typing a suggestion character by character asks for nothing that is at hand or under way, and one at a time', async () => {
    await fc.assert(
      fc.asyncProperty(typing, ways, sizes, async (file, how, stream) => {
        const { lines, at, crlf, closes, inBracket, keysAtOnce, piecesPerKey, pauseMs, stopAt } = file;
        const from = at % Math.max(1, lines.length - 2);
        const indent = /^ */.exec(lines[from] ?? '')?.[0] ?? '';
        const said = [(lines[from] ?? '').trimStart(), ...lines.slice(from + 1, from + 3)].join('\n');
        const output = inBracket ? `first, second) {\n${indent}    ${said}` : said;
        const drawn = withEol(
          [...lines.slice(0, from), `${indent}${inBracket ? 'run(|)' : '|'}`, '', 'last();'].join('\n'),
          crlf,
        );
        const wanted = await answered({ streaming: false, ahead: false }, new DrawnDocument(drawn), [output], 0);
        if (!wanted) return;

        const { on, clock } = engine(how);
        const document = new DrawnDocument(drawn);
        const { eol } = document;
        const prefix = lineFeeds(document.content.slice(0, document.offset));
        let asking: Asking = on.ask(document);
        await turn();
        const chunks = [...chunksOf(output, () => stream.next().value ?? 1)];
        const hear = async (): Promise<void> => {
          for (let piece = 0; piece < piecesPerKey && chunks.length > 0; piece++)
            on.models.requests[0]?.text(chunks.shift() ?? '');
          if (chunks.length === 0) on.models.requests[0]?.end();
          await clock.move(pauseMs);
        };
        const characters = [...lineFeeds(wanted.text)];
        let skipped = 0;
        const keys = Math.min(characters.length - 1, Math.ceil(characters.length * stopAt));
        for (const [index, character] of characters.slice(0, keys).entries()) {
          await hear();
          if (skipped > 0) {
            skipped -= 1;
            continue;
          }
          const beside = document.text(document.offset, document.offset + 1);
          const overwrites = closes && character === beside && /[)\]}"]/.test(character);
          const around = document.text(document.offset - 1, document.offset + 1);
          const parts = closes && character === '\n' && /^(?:\(\)|\[\]|\{\})$/.test(around);
          const inner = parts ? (/^ */.exec(characters.slice(index + 1).join(''))?.[0] ?? '') : '';
          // Never the last character: that is to be at hand.
          skipped = Math.min(inner.length, characters.length - 2 - index);
          const key = character === '\n' ? eol + inner.slice(0, skipped) : character;
          const opened = closes && !overwrites ? (opening[character] ?? '') : '';
          const behind = parts ? eol + inner.slice(4) : opened;
          if (overwrites) document.offset += 1;
          on.engine.documentChanged(
            document.uri,
            overwrites
              ? [{ offset: document.offset - 1, removedLength: 1, insertedText: character }]
              : document.type(key, behind),
          );
          on.engine.cursorMoved(document.uri, document.offset);
          if (index % keysAtOnce !== 0) continue;
          asking.cancel();
          asking = on.ask(document);
        }
        while (chunks.length > 0 && piecesPerKey > 0) await hear();
        await clock.move(longMs);
        // The first, and at most what follows the whole suggestion.
        const asked = on.models.requests.map(({ request }) =>
          request.kind === 'completion' && request.prompt.type === 'infill' ? request.prompt.prefix : '',
        );
        expect(asked[0]).toBe(prefix);
        for (const next of asked.slice(1)) expect(next).toBe(prefix + lineFeeds(wanted.text));
        expect(asked.length).toBeLessThanOrEqual(how.ahead ? 2 : 1);
        asking.cancel();
        if (piecesPerKey === 0) return;
        const last = on.ask(document).answer;
        expect(last).not.toBeInstanceOf(Promise);
        const whole = accept(new DrawnDocument(drawn), wanted);
        const rest = await last;
        // What the editor has closed by itself, the text does not close again.
        const surplus = rest ? surplusOf(accept(document, rest)) : [];
        for (const [bracket, count] of surplus.entries())
          expect(count).toBeGreaterThanOrEqual(Math.min(0, surplusOf(whole)[bracket] ?? 0));
        if (!closes && stopAt === 1) expect(last).toMatchObject({ text: withEol(characters.at(-1) ?? '', crlf) });
      }),
      runs,
    );
  });
});
