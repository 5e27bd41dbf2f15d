import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/llm/message.ts';
import type { ChatRequest } from '../../src/llm/request.ts';
import { fitToWindow } from '../../src/models/fit-to-window.ts';
import { TokenEstimates } from '../../src/models/token-estimates.ts';

/** One letter a message: U(ser), A(ssistant), T(ool). */
function conversation(letters: string): readonly Message[] {
  return [...letters].map((letter, at): Message => {
    const content = [{ type: 'text', text: `${letter}${at}` }] as const;
    if (letter === 'U') return { role: 'user', content };
    if (letter === 'A') return { role: 'assistant', content, model: 'a/m', protocol: 'openai-chat' };
    return { role: 'tool', toolCallId: 'c', toolName: 't', content, isError: false };
  });
}

describe('the end of a conversation that fits', () => {
  it.each([
    ['all of it, where there is room', 'UAUAU', 5, 'U0A1U2A3U4', 0],
    ['oldest turns go first', 'UAUAU', 4, 'U2A3U4', 2],
    ['and go whole, with their tools', 'UATTAUAU', 7, 'U5A6U7', 5],
    ['the last question stays', 'UAUAU', 1, 'U4', 4],
    ['even where it is too large', 'UAU', 0, 'U2', 2],
    ['of the last question the oldest steps go', 'UAUATATTAT', 6, 'U2A5T6T7A8T9', 4],
    ['but never its last step', 'UATATT', 1, 'U0A3T4T5', 2],
  ])('%s', (_, letters, room, kept, leftOut) => {
    const fitted = fitToWindow(conversation(letters), room, () => 1);
    const words = fitted.messages.map(({ content }) => (content[0]?.type === 'text' ? content[0].text : '')).join('');
    expect([words, fitted.leftOut, fitted.tokens]).toEqual([kept, leftOut, letters.length - leftOut]);
  });
});

describe('estimates', () => {
  const user = (text: string): Message => ({ role: 'user', content: [{ type: 'text', text }] });
  const request = (...messages: Message[]): ChatRequest => ({ kind: 'chat', messages, parameters: {} });

  it('come near what an endpoint counted once it has counted', () => {
    const estimates = new TokenEstimates();
    const long = user('word '.repeat(2000));
    expect(estimates.isCalibrated('a/m')).toBe(false);
    estimates.learn('a/m', request(long), 2500);
    expect(estimates.isCalibrated('a/m')).toBe(true);
    expect(estimates.isCalibrated('a/other')).toBe(false);
    const counted = estimates.ofMessage('a/m', long) + estimates.ofFrame('a/m', request());
    expect(Math.abs(counted - 2500)).toBeLessThan(10);
  });

  it('learn nothing from a short request, from pictures, or from a prompt of which the cached part was not counted', () => {
    const estimates = new TokenEstimates();
    estimates.learn('a/m', request(user('Hi')), 90);
    const picture: Message = { role: 'user', content: [{ type: 'image', mediaType: 'image/png', base64: 'AAAA' }] };
    estimates.learn('a/m', request(picture, user('x'.repeat(9000))), 5000);
    estimates.learn('a/m', request(user('word '.repeat(2000))), 500);
    expect(estimates.isCalibrated('a/m')).toBe(false);
    expect(estimates.ofMessage('a/m', picture)).toBeGreaterThan(1000);
  });

  it('go up where an endpoint says that they are too low', () => {
    const estimates = new TokenEstimates();
    const before = estimates.ofMessage('a/m', user('x'.repeat(1000)));
    estimates.estimatedTooLow('a/m');
    expect(estimates.ofMessage('a/m', user('x'.repeat(1000)))).toBeGreaterThan(before * 1.2);
  });

  it('count tools, the system prompt, tool calls and thoughts', () => {
    const estimates = new TokenEstimates();
    const words = 'x'.repeat(700);
    const frame = { ...request(), system: words, tools: [{ name: 't', description: words, parameters: {} }] };
    expect(estimates.ofFrame('a/m', frame)).toBeGreaterThan(400);
    for (const part of [
      { type: 'reasoning', text: words },
      { type: 'refusal', text: words },
      { type: 'tool-call', id: '1', name: 't', arguments: words },
      { type: 'opaque', opaque: { words } },
    ] as const) {
      const message: Message = { role: 'assistant', content: [part], model: 'a/m', protocol: 'openai-chat' };
      expect(estimates.ofMessage('a/m', message)).toBeGreaterThanOrEqual(200);
    }
  });
});
