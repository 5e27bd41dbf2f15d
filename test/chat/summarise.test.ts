import { describe, expect, it } from 'vitest';
import { summarise, summaryHeading } from '../../src/chat/summarise.ts';
import type { LlmError } from '../../src/llm/llm-error.ts';
import { type Message, textOf } from '../../src/llm/message.ts';

const user = (text: string): Message => ({ role: 'user', content: [{ type: 'text', text }] });
const said = (text: string): Message => ({
  role: 'assistant',
  content: [
    { type: 'reasoning', text: 'secret thought' },
    { type: 'text', text },
    { type: 'tool-call', id: '1', name: 'read', arguments: '{"path":"a.ts"}' },
  ],
  model: 'p/m',
  protocol: 'openai-chat',
});
const tokensOf = (message: Message): number => textOf(message).length;
const never = new AbortController().signal;

function asked(room: number, answer: (at: number) => string | LlmError | undefined = (at) => `summary ${at}`) {
  const requests: string[] = [];
  const ask = async (message: Message) => {
    requests.push(textOf(message));
    return answer(requests.length);
  };
  return { requests, ports: { ask, tokensOf, room } };
}

describe('a summary', () => {
  it('is asked for at once where the history fits', async () => {
    const { requests, ports } = asked(10_000);
    const history = [user('Rename it.'), said('Done.')];
    expect(await summarise(history, ports, never)).toBe(`${summaryHeading}\n\nsummary 1`);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatch(
      /^Developer:\nRename it\.\n\nAssistant:\nDone\.\n\[called read {"path":"a\.ts"}]\n\n---/,
    );
    expect(requests[0]).not.toContain('secret thought');
  });

  it('is made piece by piece where it does not, and nothing is left out', async () => {
    const { requests, ports } = asked(1000);
    const history = Array.from({ length: 12 }, (_, at) => user(`${at}: ${'x'.repeat(150)}`));
    expect(await summarise(history, ports, never)).toBe(`${summaryHeading}\n\nsummary ${requests.length}`);
    expect(requests.length).toBeGreaterThan(2);
    expect(requests[1]).toContain('summary 1');
    for (const at of history.keys()) expect(requests.some((request) => request.includes(`\n${at}: x`))).toBe(true);
  });

  it('of a message larger than any window has its two ends', async () => {
    const { requests, ports } = asked(1000);
    await summarise([user(`BEGIN${'x'.repeat(1_000_000)}END`)], ports, never);
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatch(/BEGINx+\n\[\d+ characters are left out here]\nx+END/);
    expect(requests[0]?.length).toBeLessThan(2500);
  });

  it('is an error as soon as one request is', async () => {
    const error: LlmError = { code: 'server', message: 'down', retryable: false };
    const { requests, ports } = asked(1000, (at) => (at === 2 ? error : 'x'));
    expect(await summarise([user('x'.repeat(400)), user('y'.repeat(400)), user('z'.repeat(400))], ports, never)).toBe(
      error,
    );
    expect(requests).toHaveLength(2);
  });

  it('comes to nothing when it is stopped, and of an empty history', async () => {
    const stopped = AbortSignal.abort();
    expect(await summarise([user('a')], asked(1000).ports, stopped)).toBeUndefined();
    expect(await summarise([], asked(1000).ports, never)).toBeUndefined();
  });
});
