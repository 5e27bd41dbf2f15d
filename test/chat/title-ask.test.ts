import { describe, expect, it } from 'vitest';
import { titleAsk, titleIn } from '../../src/chat/title-ask.ts';
import type { AssistantMessage } from '../../src/llm/message.ts';

const message = (text: string): AssistantMessage => ({
  role: 'assistant',
  content: [
    { type: 'reasoning', text: 'not this' },
    { type: 'text', text },
  ],
  model: 'p/m',
  protocol: 'openai-chat',
});
const row = (id: string, body: unknown) => ({ id, createdAt: 1, body: JSON.stringify(body) });
const question = (text: string, more = {}) =>
  row('q', { kind: 'user', message: { role: 'user', content: [{ type: 'text', text }] }, ...more });
const reply = (state: string) => row('r', { kind: 'assistant', message: message('the reply'), state, notices: [] });

describe('a title from a model', () => {
  it.each<[string, string | undefined]>([
    ['Parsing Durations in TypeScript', 'Parsing Durations in TypeScript'],
    ['"Parsing durations."', 'Parsing durations'],
    ['**Title: Parsing durations**\n\nI hope this helps', 'Parsing durations'],
    ['<think>hm\nhm</think>\nParsing durations', 'Parsing durations'],
    ['# Die Dauer', 'Die Dauer'],
    ['', undefined],
    ['Here is a function that parses durations, with tests, and what you have to know of it', undefined],
  ])('of %j is %j', (text, title) => {
    expect(titleIn(message(text))).toBe(title);
  });

  it('is asked for with the first question as typed and its reply, naming the files in them', () => {
    const ask = titleAsk([question('made of a command', { typed: '/fix it', files: ['file:///a.ts'] }), reply('done')]);
    expect(ask?.files).toEqual(['file:///a.ts']);
    const text = JSON.stringify(ask?.messages);
    expect(text).toContain('/fix it');
    expect(text).toContain('the reply');
    expect(text).not.toContain('made of a command');
  });

  it.each([
    ['no reply', [question('x')]],
    ['half a reply', [question('x'), reply('streaming')]],
    ['a long chat', Array.from({ length: 7 }, () => reply('done'))],
  ])('is not asked for with %s', (_, rows) => {
    expect(titleAsk(rows)).toBeUndefined();
  });
});
