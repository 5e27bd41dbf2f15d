import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReadEvent } from '../../src/providers/event-reader.ts';
import { SseReader } from '../../src/providers/sse.ts';

function read(...pieces: readonly (string | Uint8Array)[]): readonly ReadEvent[] {
  const reader = new SseReader();
  const events = pieces.flatMap((piece) => reader.push(typeof piece === 'string' ? Buffer.from(piece) : piece));
  const last = reader.end();
  return last ? [...events, last] : events;
}

const cases: readonly {
  readonly name: string;
  readonly text: string;
  readonly events: readonly ReadEvent[];
}[] = [
  { name: 'one event', text: 'data: a\n\n', events: [{ data: 'a' }] },
  { name: 'no space after the colon', text: 'data:a\n\n', events: [{ data: 'a' }] },
  { name: 'only one space is taken off', text: 'data:  a\n\n', events: [{ data: ' a' }] },
  {
    name: 'CRLF',
    text: 'event: x\r\ndata: a\r\n\r\ndata: b\r\n\r\n',
    events: [{ event: 'x', data: 'a' }, { data: 'b' }],
  },
  { name: 'CR alone', text: 'data: a\r\rdata: b\r\r', events: [{ data: 'a' }, { data: 'b' }] },
  { name: 'mixed line ends', text: 'data: a\r\n\ndata: b\n\r\n', events: [{ data: 'a' }, { data: 'b' }] },
  { name: 'several data lines are one text', text: 'data: a\ndata\ndata: c\n\n', events: [{ data: 'a\n\nc' }] },
  { name: 'comments say nothing', text: ': OPENROUTER PROCESSING\n\n:\n\ndata: a\n\n', events: [{ data: 'a' }] },
  { name: 'a byte order mark', text: '\uFEFFdata: a\n\n', events: [{ data: 'a' }] },
  { name: 'a byte order mark further on is text', text: 'data: \uFEFFa\n\n', events: [{ data: '\uFEFFa' }] },
  { name: 'the last event without its blank line', text: 'data: a\n\ndata: b', events: [{ data: 'a' }, { data: 'b' }] },
  { name: 'an event without data is none', text: 'event: ping\n\ndata: a\n\n', events: [{ data: 'a' }] },
  { name: 'empty data is an event', text: 'data:\n\n', events: [{ data: '' }] },
  { name: 'id and retry are passed over', text: 'id: 1\nretry: 5\ndata: a\n\n', events: [{ data: 'a' }] },
  { name: 'the field error', text: 'error: {"code":500}\n\n', events: [{ error: '{"code":500}' }] },
  { name: 'a bare JSON line', text: 'data: a\n\n{"error":"x"}\n', events: [{ data: 'a' }, { data: '{"error":"x"}' }] },
  {
    name: 'a name lasts for one event',
    text: 'event: x\ndata: a\n\ndata: b\n\n',
    events: [{ event: 'x', data: 'a' }, { data: 'b' }],
  },
  { name: 'nothing at all', text: '', events: [] },
];

describe('server-sent events', () => {
  it.each(cases)('$name', ({ text, events }) => {
    expect(read(text)).toEqual(events);
  });

  it.each(cases)('$name, byte by byte', ({ text, events }) => {
    expect(read(...[...Buffer.from(text)].map((byte) => Uint8Array.of(byte)))).toEqual(events);
  });

  it('a character cut between its bytes stays whole', () => {
    const bytes = Buffer.from('data: 🏆\n\n');
    expect(read(bytes.subarray(0, 7), bytes.subarray(7, 9), bytes.subarray(9))).toEqual([{ data: '🏆' }]);
  });

  it('bytes that are no UTF-8 lose only themselves', () => {
    expect(read(Uint8Array.of(...Buffer.from('data: a'), 0xff, ...Buffer.from('b\n\n')))).toEqual([
      { data: 'a\uFFFDb' },
    ]);
  });

  it('reads the same events however well-formed text is cut', () => {
    const line = fc.oneof(
      fc
        .string({ unit: fc.constantFrom('a', ' ', ':', '{', 'é', '第', '🏆', '\u2028', '\r', '\n') })
        .map((text) => `data: ${text.replace(/[\r\n]/g, ' ')}`),
      fc.constantFrom('', '', 'event: x', ': comment', 'error: e', 'data'),
    );
    const stream = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r'))).map((lines) => lines.flat().join(''));
    fc.assert(
      fc.property(stream, fc.array(fc.nat(300), { maxLength: 20 }), (text, places) => {
        const bytes = Buffer.from(text);
        const cuts = [0, ...places.filter((place) => place < bytes.length).sort((a, b) => a - b), bytes.length];
        const pieces = cuts.slice(1).map((end, at) => bytes.subarray(cuts[at], end));
        expect(read(...pieces)).toEqual(read(bytes));
      }),
      { numRuns: 200 },
    );
  });

  it('no sequence of bytes makes it throw', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), (pieces) => {
        expect(Array.isArray(read(...pieces))).toBe(true);
      }),
    );
  });

  it('a line of four million bytes in small pieces is one event', () => {
    const reader = new SseReader();
    const piece = Buffer.alloc(1000, 'x');
    let events = reader.push(Buffer.from('data: ')).length;
    for (let nth = 0; nth < 4000; nth++) events += reader.push(piece).length;
    expect(events).toBe(0);
    expect(reader.push(Buffer.from('\n\n'))[0]?.data?.length).toBe(4_000_000);
  });
});
