import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AwsEventStreamReader } from '../../src/providers/aws-event-stream.ts';
import type { EventReader, ReadEvent } from '../../src/providers/event-reader.ts';
import { JsonLinesReader } from '../../src/providers/json-lines.ts';
import { awsEvent, awsFrame, awsFrameOf, textHeader } from '../support/aws-frames.ts';

function readAll(reader: EventReader, pieces: readonly Uint8Array[]): readonly ReadEvent[] {
  const events = pieces.flatMap((piece) => reader.push(piece));
  const last = reader.end();
  return last ? [...events, last] : events;
}

function cutAt(bytes: Buffer, places: readonly number[]): readonly Buffer[] {
  const sorted = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return sorted.slice(1).map((end, nth) => bytes.subarray(sorted[nth], end));
}

const places = fc.array(fc.nat(), { maxLength: 12 });

describe('JSON lines', () => {
  const check = (name: string, text: string, expected: readonly string[]): void => {
    it(name, () => {
      expect(readAll(new JsonLinesReader(), [Buffer.from(text)])).toEqual(expected.map((data) => ({ data })));
    });
  };

  check('one value a line', '{"a":1}\n{"b":2}\n', ['{"a":1}', '{"b":2}']);
  check('line ends of either kind, and empty lines', '{"a":1}\r\n\r\n\n{"b":2}', ['{"a":1}', '{"b":2}']);
  check('a last line without its end', '{"a":1}\n{"b"', ['{"a":1}', '{"b"']);
  check('nothing', '\n', []);

  it('are read the same however they are cut', () => {
    const text = '{"text":"é第🏆\\n"}\r\n{"a":1}\n\n{"b":"\u2028"}\n{"c"';
    fc.assert(
      fc.property(places, (cuts) => {
        const whole = readAll(new JsonLinesReader(), [Buffer.from(text)]);
        expect(readAll(new JsonLinesReader(), cutAt(Buffer.from(text), cuts))).toEqual(whole);
      }),
    );
  });
});

describe('the event stream of AWS', () => {
  /** A header of every type the format knows: flags, numbers, bytes, text, a time, a UUID. */
  const everyHeader = Buffer.concat([
    ...[0, 1].map((type) => Buffer.from([1, 0x61, type])),
    ...[2, 3, 4, 5, 8, 9].map((type) => {
      const size = { 2: 1, 3: 2, 4: 4, 5: 8, 8: 8, 9: 16 }[type] ?? 0;
      return Buffer.concat([Buffer.from([1, 0x62, type]), Buffer.alloc(size, 0xff)]);
    }),
    Buffer.from([1, 0x63, 6, 0, 2, 9, 9]),
    textHeader(':event-type', 'metadata'),
  ]);

  const cases: readonly { readonly name: string; readonly bytes: Buffer; readonly events: readonly ReadEvent[] }[] = [
    {
      name: 'an event has its name in the headers',
      bytes: awsEvent('messageStop', { stopReason: 'end_turn' }),
      events: [{ event: 'messageStop', data: '{"stopReason":"end_turn"}' }],
    },
    {
      name: 'headers of all types are passed over',
      bytes: awsFrameOf(everyHeader, '{}'),
      events: [{ event: 'metadata', data: '{}' }],
    },
    {
      name: 'headers that make no sense say nothing',
      bytes: awsFrameOf(Buffer.from([200, 1, 2]), '{"a":1}'),
      events: [{ event: undefined, data: '{"a":1}' }],
    },
    {
      name: 'an exception carries its kind beside its words',
      bytes: awsFrame({ ':message-type': 'exception', ':exception-type': 'throttlingException' }, '{"message":"slow"}'),
      events: [{ event: 'throttlingException', data: '{"message":"slow","exception":"throttlingException"}' }],
    },
    {
      name: 'an error is told by its headers alone',
      bytes: awsFrame({ ':message-type': 'error', ':error-code': 'Internal', ':error-message': 'broken' }, ''),
      events: [{ event: 'Internal', data: '{"message":"broken","exception":"Internal"}' }],
    },
    {
      name: 'a frame without its end says nothing',
      bytes: Buffer.concat([awsEvent('a', 1), awsEvent('b', 2).subarray(0, 20)]),
      events: [{ event: 'a', data: '1' }],
    },
    {
      name: 'an impossible length ends the reading',
      bytes: Buffer.concat([Buffer.alloc(12, 0x7f), awsEvent('a', 1)]),
      events: [{ malformed: 'a frame of 2139062143 bytes' }],
    },
    {
      name: 'a length too small for itself ends the reading, instead of standing still',
      bytes: Buffer.alloc(40),
      events: [{ malformed: 'a frame of 0 bytes' }],
    },
  ];

  it.each(cases)('$name', ({ bytes, events }) => {
    expect(readAll(new AwsEventStreamReader(), [bytes])).toEqual(events);
  });

  it('is read the same however it is cut', () => {
    const bytes = Buffer.concat(cases.slice(0, 5).map((row) => row.bytes));
    const whole = readAll(new AwsEventStreamReader(), [bytes]);
    expect(whole.length).toBe(5);
    fc.assert(
      fc.property(places, (cuts) => {
        expect(readAll(new AwsEventStreamReader(), cutAt(bytes, cuts))).toEqual(whole);
      }),
    );
  });

  it('no bytes make it throw', () => {
    const frame = awsEvent('contentBlockDelta', { delta: { text: 'x' } });
    const spoilt = fc.tuple(fc.nat(frame.length - 1), fc.nat(255)).map(([at, byte]) => {
      const copy = Buffer.from(frame);
      copy[at] = byte;
      return copy;
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(spoilt, fc.constant(frame), fc.uint8Array({ maxLength: 40 }))), (pieces) => {
        for (const event of readAll(new AwsEventStreamReader(), pieces)) expect(event).toBeTypeOf('object');
      }),
      { numRuns: 2000 },
    );
  });
});
