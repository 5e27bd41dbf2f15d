import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/edits/apply-edits.ts';
import { withChanges } from '../../src/edits/apply-hunks.ts';
import { type Codec, changeBytes, inverse, readFileBytes } from '../../src/edits/file-bytes.ts';
import { EditReader, readEdits } from '../../src/edits/read/edit-reader.ts';
import { type Passage, writers } from './support/write-edits.ts';

const word = fc.stringMatching(/^[a-zA-Z<>=+\-|\\@* ]{0,12}$/);

/** Distinct lines, so that every passage stands once. */
const lines = fc
  .array(word, { minLength: 3, maxLength: 30 })
  .map((words) => words.map((text, index) => `${'  '.repeat(index % 3)}${text} ${index};`));

interface Case {
  readonly text: string;
  readonly passages: readonly Passage[];
  readonly expected: string;
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    old: lines,
    fresh: fc.array(fc.array(word, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
    eol: fc.constantFrom('\n', '\r\n', '\r'),
    final: fc.boolean(),
  })
  .map(({ old, fresh, eol, final }) => {
    const passages: Passage[] = [];
    const expected: string[] = [];
    const step = Math.max(3, Math.floor(old.length / fresh.length));
    let at = 0;
    for (const [index, words] of fresh.entries()) {
      const from = index * step + 1;
      if (from + 1 >= old.length) break;
      const written = words.map((text, number) => `${text} new ${index} ${number}`);
      passages.push({
        line: from,
        before: old.slice(from - 1, from),
        old: old.slice(from, from + 1),
        fresh: written,
        behind: old.slice(from + 1, from + 2),
      });
      expected.push(...old.slice(at, from), ...written);
      at = from + 1;
    }
    expected.push(...old.slice(at));
    const whole = (all: readonly string[]): string => all.join(eol) + (final ? eol : '');
    return { text: whole(old), passages, expected: whole(expected) };
  });

const applied = (reply: string, text: string): unknown => {
  const read = readEdits(reply);
  if ('error' in read) return read;
  const result = applyEdits(
    read.edits.map((edit) => ({ ...edit, path: 'a.txt' })),
    () => text,
  );
  return 'error' in result ? result : result.files[0]?.after;
};

describe.each(Object.entries(writers))('%s', (name, write) => {
  it('read and applied is what was written', () => {
    fc.assert(
      fc.property(cases, ({ text, passages, expected }) => {
        const ended = name === 'patch' && !/[\r\n]$/.test(text);
        const result = applied(write(passages), text);
        // A patch gives a file that it changes at its end a final line end.
        if (ended) expect(String(result).replace(/(?:\r\n?|\n)$/, '')).toBe(expected);
        else expect(result).toBe(expected);
      }),
    );
  });

  it('is the same however it is cut on its way', () => {
    fc.assert(
      fc.property(cases, fc.array(fc.nat(400), { maxLength: 12 }), ({ passages }, cuts) => {
        const reply = `Here it is:\n\n${write(passages)}\n\nDone.\n`;
        const reader = new EditReader();
        let at = 0;
        for (const cut of [...cuts.map((place) => place % reply.length).sort((a, b) => a - b), reply.length]) {
          reader.push(reply.slice(at, cut));
          at = cut;
        }
        expect(reader.end()).toEqual(readEdits(reply));
      }),
    );
  });

  it('cut off anywhere, it is whole or an error, and what was complete is a beginning of what comes', () => {
    fc.assert(
      fc.property(cases, fc.nat(2000), ({ text, passages }, place) => {
        const reply = write(passages);
        const prefix = reply.slice(0, place % reply.length);
        const reader = new EditReader();
        reader.push(prefix);
        const complete = structuredClone(reader.complete);
        expect(typeof reader.open).toMatch(/object|undefined/);
        const result = applied(prefix, text);
        expect(typeof result === 'string' || (typeof result === 'object' && result !== null && 'error' in result)).toBe(
          true,
        );
        const all = readEdits(reply);
        if (
          name.includes('SEARCH') &&
          complete[0]?.kind === 'change' &&
          !('error' in all) &&
          all.edits[0]?.kind === 'change'
        ) {
          expect(all.edits[0].hunks.slice(0, complete[0].hunks.length)).toEqual(complete[0].hunks);
        }
      }),
    );
  });

  it('refused, leaves every letter', () => {
    fc.assert(
      fc.property(cases, ({ text, passages }) => {
        const wrong = passages.map((passage, index) =>
          index === passages.length - 1
            ? { ...passage, old: ['nothing like this stands anywhere in the file at all'] }
            : passage,
        );
        const before = `${text}`;
        expect(applied(write(wrong), text)).toMatchObject({ error: { code: 'not-found' } });
        expect(text).toBe(before);
      }),
    );
  });
});

/** Letters an encoding has, some of several bytes. */
const alphabets: Readonly<Record<string, string>> = {
  utf8: 'ab {}äß漢字🙂\t',
  utf16le: 'ab {}äß漢字🙂਀\t',
  utf16be: 'ab {}äß漢字🙂਀\t',
  windows1252: 'ab {}äßé€\t',
  gbk: 'ab {}汉字编码\t',
  shiftjis: 'ab {}漢字表ソ能\t',
};
const marks: Readonly<Record<string, string>> = { utf8: 'efbbbf', utf16le: 'fffe', utf16be: 'feff' };

/** Encodings as a library has them; the editor has them of the same one. */
const codec: Codec = {
  decode: async (bytes, encoding) => iconv.decode(Buffer.from(bytes), encoding, { stripBOM: false }),
  encode: async (text, encoding) => iconv.encode(text, encoding),
};

describe.each(Object.entries(alphabets))('a reply for a file in %s', (encoding, letters) => {
  const lines = fc.array(
    fc.tuple(fc.array(fc.constantFrom(...letters), { maxLength: 8 }), fc.constantFrom('\n', '\r\n', '\r')),
    { minLength: 2, maxLength: 12 },
  );
  const asked = fc.record({
    lines,
    fresh: fc.array(fc.constantFrom(...letters), { maxLength: 8 }),
    place: fc.nat(),
    marked: fc.boolean(),
  });

  it('changes the bytes of its line alone, and is undone to the byte; refused, it changes none', async () => {
    await fc.assert(
      fc.asyncProperty(asked, async ({ lines: given, fresh, place, marked }) => {
        // Numbered, so that each line stands once; what ends it is its own.
        const own = given.map(([line, end], index) => ({ text: `${index}:${line.join('')}`, end }));
        const at = place % own.length;
        const written = `new ${fresh.join('')}`.trimEnd();
        const bytesOf = (all: readonly { readonly text: string; readonly end: string }[]): Buffer =>
          Buffer.concat([
            Buffer.from(marked ? (marks[encoding] ?? '') : '', 'hex'),
            ...all.map(({ text, end }) => iconv.encode(text + end, encoding)),
          ]);
        const file = await readFileBytes(bytesOf(own), encoding, codec);
        const reply = (search: string): string => `<<<<<<< SEARCH\n${search}\n=======\n${written}\n>>>>>>> REPLACE\n`;
        const apply = async (search: string) => {
          const read = readEdits(reply(search));
          const edits = 'error' in read ? [] : read.edits.map((edit) => ({ ...edit, path: 'a.txt' }));
          const made = applyEdits(edits, () => file.text);
          return 'error' in made ? undefined : made.files[0]?.changes;
        };
        expect(await apply('nothing like it stands there')).toBeUndefined();
        const changes = (await apply(own[at]?.text ?? '')) ?? [];
        const after = await changeBytes(file, changes, codec);
        if ('error' in after) throw new Error(after.error.message);
        const expected = bytesOf(own.map((line, index) => (index === at ? { ...line, text: written } : line)));
        expect(Buffer.from(after).toString('hex')).toBe(expected.toString('hex'));
        const changed = await readFileBytes(after, encoding, codec);
        const undone = await changeBytes(changed, inverse(file.text, changes), codec);
        expect('error' in undone ? undone : Buffer.from(undone).equals(file.bytes)).toBe(true);
      }),
    );
  });
});

describe.each(Object.entries(alphabets))('bytes of %s', (encoding, letters) => {
  const text = fc
    .array(fc.tuple(fc.array(fc.constantFrom(...letters), { maxLength: 8 }), fc.constantFrom('\n', '\r\n', '\r')), {
      maxLength: 12,
    })
    .map((parts) => parts.map(([line, end]) => line.join('') + end).join(''));
  const changed = fc.record({ text, fresh: text, places: fc.tuple(fc.nat(), fc.nat()), marked: fc.boolean() });

  it('outside of a change are as they were, and undone are all as they were', async () => {
    await fc.assert(
      fc.asyncProperty(changed, async ({ text: before, fresh, places, marked }) => {
        const mark = Buffer.from(marked ? (marks[encoding] ?? '') : '', 'hex');
        const bytes = Buffer.concat([mark, iconv.encode(before, encoding)]);
        const file = await readFileBytes(bytes, encoding, codec);
        expect(file.text).toBe(before);
        const [from = 0, to = 0] = places.map((place) => boundary(before, place)).sort((a, b) => a - b);
        const changes = [{ start: from, end: to, text: fresh }];
        const after = await changeBytes(file, changes, codec);
        if ('error' in after) throw new Error(after.error.message);
        const expected = Buffer.concat([mark, iconv.encode(withChanges(before, changes), encoding)]);
        expect(Buffer.from(after).equals(expected)).toBe(true);
        const undone = await changeBytes(await readFileBytes(after, encoding, codec), inverse(before, changes), codec);
        if ('error' in undone) throw new Error(undone.error.message);
        expect(Buffer.from(undone).equals(bytes)).toBe(true);
      }),
    );
  });
});

/** A place between two letters, not within one. */
function boundary(text: string, place: number): number {
  const at = text.length === 0 ? 0 : place % (text.length + 1);
  return /[\uDC00-\uDFFF]/.test(text[at] ?? '') ? at - 1 : at;
}

describe('bytes that are no text', () => {
  it('stay, and a line that has them is not written anew', async () => {
    const bytes = Buffer.from([0x61, 0xff, 0x0a, 0x62, 0x0a]);
    const file = await readFileBytes(bytes, 'utf8', codec);
    const changed = await changeBytes(file, [{ start: 3, end: 4, text: 'c' }], codec);
    expect('error' in changed ? changed : [...changed]).toEqual([0x61, 0xff, 0x0a, 0x63, 0x0a]);
  });

  it('a letter the encoding does not have is refused', async () => {
    const file = await readFileBytes(Buffer.from('a\n'), 'windows1252', codec);
    expect(await changeBytes(file, [{ start: 0, end: 1, text: '漢' }], codec)).toMatchObject({
      error: { code: 'unencodable' },
    });
  });
});
