import { describe, expect, it } from 'vitest';
import { finish } from '../../src/completion/finish.ts';
import { OutputReader } from '../../src/completion/output-reader.ts';
import { situationOf } from './drawn.ts';

/** Sends until the reader has enough. */
function flood(drawn: string, piece: (count: number) => string, chunk: number, answer: 'fim' | 'chat' = 'fim') {
  const situation = situationOf(drawn, { maxLines: 100_000, languageId: 'plaintext', answer });
  const reader = new OutputReader(situation);
  let sent = 0;
  let waiting = '';
  for (let count = 0; !reader.done && sent < 200_000; count++) {
    waiting += piece(count);
    while (waiting.length >= chunk && !reader.done) {
      reader.push(waiting.slice(0, chunk));
      waiting = waiting.slice(chunk);
      sent += chunk;
    }
  }
  return { sent, done: reader.done, cutBy: reader.cutBy, text: reader.text, finished: finish(reader, situation) };
}

describe('a server that knows no end is not read for ever', () => {
  const lines = (count: number): string => `value ${count} is ${count * 7} and so on\n`;
  const words = (count: number): string => `word${count} `;

  it.each([1, 7, 100, 5000])('its text ends at a line’s end, whatever its chunks: %i', (chunk) => {
    const { sent, text, cutBy } = flood('|', lines, chunk);
    expect(sent).toBeLessThan(16_001 + chunk);
    expect(text.length).toBeGreaterThan(15_900);
    expect(text).toMatch(/value \d+ is \d+ and so on$/);
    expect(cutBy).toEqual(['size-limit']);
    expect(text).toBe(flood('|', lines, 16_001).text);
  });

  it('one endless line ends somewhere', () => {
    const { sent, text, cutBy } = flood('|', words, 50);
    expect(sent).toBeLessThan(16_100);
    expect(text).toHaveLength(16_000);
    expect(cutBy).toEqual(['size-limit']);
  });

  it('no character is cut in half', () => {
    const { text } = flood('|', () => '😀', 3);
    expect(text.isWellFormed()).toBe(true);
    expect(text.length).toBeGreaterThan(15_998 - 2);
  });

  it('endless thoughts before the answer end, too', () => {
    const { sent, done, finished } = flood('|', (count) => (count === 0 ? '<think>' : `hm ${count}, `), 64, 'chat');
    expect(done).toBe(true);
    expect(sent).toBeLessThan(64_200);
    expect(finished.cutBy).toContain('size-limit');
  });
});
