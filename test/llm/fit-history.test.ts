import { describe, expect, it } from 'vitest';
import { fitHistory, type HistoryTarget } from '../../src/llm/fit-history.ts';
import type { AssistantMessage, AssistantPart, Message, ToolMessage } from '../../src/llm/message.ts';

const target: HistoryTarget = { protocol: 'anthropic-messages', model: 'anthropic/claude' };
const text = (words: string) => ({ type: 'text', text: words }) as const;
const image = { type: 'image', mediaType: 'image/png', base64: 'AA' } as const;
const user = (...content: Extract<Message, { role: 'user' }>['content']): Message => ({ role: 'user', content });
const call = (id: string, args = '{}', name = 'read'): AssistantPart => ({
  type: 'tool-call',
  id,
  name,
  arguments: args,
});
const result = (toolCallId: string, words: string, toolName = 'read'): ToolMessage => ({
  role: 'tool',
  toolCallId,
  toolName,
  content: [text(words)],
  isError: false,
});
/** Written by the target itself. */
const own = (...content: AssistantPart[]): AssistantMessage => ({
  role: 'assistant',
  content,
  model: target.model,
  protocol: target.protocol,
});
/** Written by another. */
const foreign = (...content: AssistantPart[]): AssistantMessage => ({
  role: 'assistant',
  content,
  model: 'openai/gpt',
  protocol: 'openai-chat',
});
const interrupted = 'Interrupted: the tool gave no result.';
const asked = user(text('Hi'));

describe('a history for another model', () => {
  it.each<[string, readonly Message[], readonly Message[]]>([
    [
      'what the target wrote stays as it is, proofs and opaque parts included',
      [
        asked,
        own(
          { type: 'reasoning', text: 'Hm', signature: 's' },
          { type: 'reasoning', text: '', redacted: 'r' },
          { type: 'opaque', opaque: { kind: 'search' } },
          { type: 'text', text: 'Hello', opaque: { id: 'm1' } },
          { type: 'refusal', text: 'No.' },
        ),
      ],
      [
        asked,
        own(
          { type: 'reasoning', text: 'Hm', signature: 's' },
          { type: 'reasoning', text: '', redacted: 'r' },
          { type: 'opaque', opaque: { kind: 'search' } },
          { type: 'text', text: 'Hello', opaque: { id: 'm1' } },
          { type: 'refusal', text: 'No.' },
        ),
      ],
    ],
    [
      'of another’s turn only words and calls are left',
      [
        asked,
        foreign(
          { type: 'reasoning', text: 'Hm', signature: 's', opaque: { a: 1 } },
          { type: 'opaque', opaque: { kind: 'search' } },
          { type: 'text', text: 'Hello. ', opaque: { id: 'm1' } },
          { type: 'refusal', text: 'No.' },
          { type: 'tool-call', id: 'ws', name: 'web_search', arguments: '{}', server: true },
        ),
      ],
      [asked, own(text('Hello. '), text('No.'))],
    ],
    [
      'a thought that led to nothing is left out',
      [asked, own(text('A'), { type: 'reasoning', text: 'more', signature: 's' })],
      [asked, own(text('A'))],
    ],
    [
      'a turn in which nothing was said is none, and the questions around it become one',
      [asked, foreign({ type: 'reasoning', text: 'Hm' }), user(text('Well?')), own(text(' \n')), user(image)],
      [user(text('Hi'), text('\n\n'), text('Well?'), image)],
    ],
    [
      'neighbours on the assistant’s side become one turn',
      [asked, foreign(text('One')), own(text('Two'))],
      [asked, own(text('One'), text('\n\n'), text('Two'))],
    ],
    [
      'a history that does not begin with the user gets a beginning',
      [foreign(text('Hello'))],
      [user(text('[The beginning of the conversation is missing]')), own(text('Hello'))],
    ],
    [
      'another’s ids are rewritten to a form that all take, with their results',
      [asked, foreign(call('toolu:1|x'), call('toolu:2|x')), result('toolu:2|x', 'B'), result('toolu:1|x', 'A')],
      [asked, own(call('call00000'), call('call00001')), result('call00000', 'A'), result('call00001', 'B')],
    ],
    [
      'own ids stay, unless they are empty or used before',
      [
        asked,
        own(call('a'), call('')),
        result('a', '1'),
        result('', '2'),
        own(call('a')),
        result('a', '3'),
        user(text('Go')),
      ],
      [
        asked,
        own(call('a'), call('call00000')),
        result('a', '1'),
        result('call00000', '2'),
        own(call('call00001')),
        result('call00001', '3'),
        user(text('Go')),
      ],
    ],
    [
      'calls without any id are told apart by name and order',
      [
        asked,
        foreign(call('', '{"n":1}'), call('', '{}', 'list'), call('', '{"n":2}')),
        result('', 'L', 'list'),
        result('', '1'),
        result('', '2'),
      ],
      [
        asked,
        own(call('call00000', '{"n":1}'), call('call00001', '{}', 'list'), call('call00002', '{"n":2}')),
        result('call00000', '1'),
        result('call00001', 'L', 'list'),
        result('call00002', '2'),
      ],
    ],
    [
      'a call that was interrupted gets a result and whole arguments',
      [asked, own(call('a', '{"path":"x'), call('b', '')), result('b', 'B'), user(text('Go on'))],
      [
        asked,
        own(call('a'), call('b')),
        { ...result('a', interrupted), isError: true },
        result('b', 'B'),
        user(text('Go on')),
      ],
    ],
    [
      'a call at the very end gets one as well',
      [asked, own(call('a'))],
      [asked, own(call('a')), { ...result('a', interrupted), isError: true }],
    ],
    [
      'a result that answers no call is told in words',
      [asked, own(call('a')), result('a', 'A'), result('a', 'again'), result('z', 'Z'), user(text('Go on'))],
      [
        asked,
        own(call('a')),
        result('a', 'A'),
        user(
          text('[Result of read]\n'),
          text('again'),
          text('\n\n'),
          text('[Result of read]\n'),
          text('Z'),
          text('\n\n'),
          text('Go on'),
        ),
      ],
    ],
  ])('%s', (_, messages, expected) => {
    expect(fitHistory(messages, target)).toEqual({ messages: expected, imagesLeftOut: 0 });
  });

  it('images are told in words to a model known to take none, and counted', () => {
    const messages = [user(text('Look'), image), own(call('a')), { ...result('a', 'A'), content: [image] }];
    const blind = fitHistory(messages, { ...target, images: false });
    expect(blind.imagesLeftOut).toBe(2);
    expect(JSON.stringify(blind.messages)).not.toContain('base64');
    expect(blind.messages[0]?.content).toHaveLength(2);
    for (const images of [true, undefined]) {
      const seeing = fitHistory(messages, { ...target, ...(images !== undefined && { images }) });
      expect(seeing).toMatchObject({ imagesLeftOut: 0, messages: [{ content: [text('Look'), image] }, {}, {}] });
    }
  });

  it('fitting twice changes nothing more', () => {
    const messages = [foreign(call('x', '{')), user(image), result('x', 'late'), foreign(text('A')), own(text('B'))];
    const once = fitHistory(messages, target);
    expect(fitHistory(once.messages, target)).toEqual(once);
  });
});
