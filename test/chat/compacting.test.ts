import { describe, expect, it } from 'vitest';
import type { ChatRow, TurnRow } from '../../src/chat/chat-saver.ts';
import { Conversation, type Summarise } from '../../src/chat/conversation.ts';
import { type Message, textOf } from '../../src/llm/message.ts';
import { fails, type Step, says, scriptedStream } from '../support/scripted-stream.ts';

const summarise: Summarise = async (history) => ({ text: `sum of ${history.length}`, model: 'p/small' });

function world(...scripts: readonly (readonly Step[])[]) {
  const turns = new Map<string, TurnRow>();
  const asked: { readonly said: readonly string[]; readonly files: readonly string[]; readonly model?: unknown }[] = [];
  const stream = scriptedStream(...scripts);
  const said = (messages: readonly Message[]) => messages.map((message) => `${message.role}: ${textOf(message)}`);
  const chats = new Map<string, ChatRow>();
  const make = (): Conversation =>
    new Conversation(
      {
        stream: ({ messages, files, model }, signal) => {
          asked.push({ said: said(messages), files, model });
          return stream({} as never, {} as never, signal);
        },
        saveChat: async (chat) => void chats.set(chat.id, chat),
        saveTurn: async (turn) => void turns.set(turn.id, turn),
        loadChat: async (id) => {
          const chat = chats.get(id);
          return chat && { chat, turns: [...turns.values()] };
        },
        report: () => undefined,
        workspace: () => undefined,
      },
      () => undefined,
    );
  return { make, turns, asked };
}

const shown = (chat: Conversation): readonly string[] =>
  chat.messages().map(({ role, parts, summary }) => {
    const text = parts.map((part) => ('text' in part ? part.text : '')).join('');
    return summary ? `summary of ${summary.messages} by ${summary.model}: ${text}` : `${role}: ${text}`;
  });

describe('a message that a command made', () => {
  const expanded = { text: 'Explain: code', files: ['file:///a.ts'], notes: ['Cut.'], model: 'q/other' as const };

  it('is sent as it was made, shown as it was typed, and recalled as it was typed', async () => {
    const { make, asked } = world([says('hi')]);
    const chat = make();
    await chat.send('/explain', [], expanded);
    expect(asked[0]).toEqual({ said: ['user: Explain: code'], files: ['file:///a.ts'], model: 'q/other' });
    expect(chat.messages()[0]).toMatchObject({
      parts: [{ type: 'text', text: '/explain' }],
      expanded: 'Explain: code',
      notices: ['Cut.'],
    });
    expect(chat.recall()).toEqual(['/explain']);
    const again = make();
    await again.load(chat.id);
    expect(again.messages()).toEqual(chat.messages());
  });

  it('names its files again with every later message, and its model only once', async () => {
    const { make, asked } = world([says('hi')], [says('ho')]);
    const chat = make();
    await chat.send('/explain', [], expanded);
    await chat.send('more');
    expect(asked[1]).toMatchObject({ files: ['file:///a.ts'], model: undefined });
  });
});

describe('compacting', () => {
  it('sends the summary in the place of all before, which stays on the screen and in the store', async () => {
    const { make, asked, turns } = world([says('1')], [says('2')]);
    const chat = make();
    await chat.send('one');
    await chat.compact(summarise);
    await chat.send('two');
    expect(asked[1]?.said).toEqual(['user: sum of 2', 'user: two']);
    const all = ['user: one', 'assistant: 1', 'summary of 2 by p/small: sum of 2', 'user: two', 'assistant: 2'];
    expect(shown(chat)).toEqual(all);
    expect(chat.recall()).toEqual(['one', 'two']);
    const again = make();
    await again.load(chat.id);
    expect(shown(again)).toEqual(all);
    expect(turns.size).toBe(5);
  });

  it('a second time summarises the first summary and what came after it', async () => {
    const { make, asked } = world([says('1')], [says('2')], [says('3')]);
    const chat = make();
    await chat.send('one');
    await chat.compact(summarise);
    await chat.send('two');
    await chat.compact(summarise);
    await chat.send('three');
    expect(asked[2]?.said).toEqual(['user: sum of 3', 'user: three']);
  });

  it('asks the question again that did not fit, behind the summary of what was before it', async () => {
    const overflow = fails({ code: 'context-overflow' });
    const { make, asked } = world([says('1')], [overflow], [says('at last')]);
    const chat = make();
    await chat.send('one');
    await chat.send('/two', [], { text: 'two', files: ['file:///b.ts'], notes: [] });
    await chat.compact(summarise, chat.messages().at(-1)?.id);
    expect(asked[2]).toMatchObject({ said: ['user: sum of 2', 'user: two'], files: ['file:///b.ts'] });
    expect(shown(chat).slice(2)).toEqual(['summary of 2 by p/small: sum of 2', 'user: /two', 'assistant: at last']);
    expect(chat.busy).toBe(false);
  });

  it.each<[string, Summarise]>([
    ['nothing came of it', async () => undefined],
    [
      'it was stopped',
      (_history, _files, signal) =>
        new Promise((resolve) => signal.addEventListener('abort', () => resolve({ text: 'late', model: 'p/m' }))),
    ],
  ])('changes nothing where %s', async (_, failing) => {
    const { make } = world([says('1')]);
    const chat = make();
    await chat.send('one');
    const before = chat.messages();
    const compacting = chat.compact(failing);
    await chat.stop();
    await compacting;
    expect(chat.messages()).toEqual(before);
    expect(chat.busy).toBe(false);
  });

  it('does nothing with an empty chat, nor with a question alone that is too long', async () => {
    const { make } = world([fails({ code: 'context-overflow' })]);
    const chat = make();
    await chat.compact(summarise);
    expect(chat.messages()).toEqual([]);
    await chat.send('long');
    await chat.compact(summarise, chat.messages().at(-1)?.id);
    expect(shown(chat)).toHaveLength(2);
  });
});
