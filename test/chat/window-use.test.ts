import { describe, expect, it } from 'vitest';
import type { Turn } from '../../src/chat/turn.ts';
import { type WindowQuestion, windowUse } from '../../src/chat/window-use.ts';
import type { Attachment } from '../../src/context/attachment.ts';
import { textOf } from '../../src/llm/message.ts';
import type { Notice, Usage } from '../../src/llm/stream-event.ts';

const said = (text: string): Turn => ({
  kind: 'user',
  id: text,
  createdAt: 0,
  message: { role: 'user', content: [{ type: 'text', text }] },
});
const replied = (text: string, usage?: Usage, notices: readonly Notice[] = []): Turn => ({
  kind: 'assistant',
  id: text,
  createdAt: 0,
  state: 'done',
  notices,
  message: { role: 'assistant', content: [{ type: 'text', text }], model: 'p/m', protocol: 'openai-chat' },
  ...(usage && { usage }),
});
const attachment: Attachment = {
  id: 'a',
  kind: 'file',
  label: 'a.ts',
  files: [],
  tokens: 0,
  blocks: [{ type: 'text', title: 'a.ts', languageId: 'typescript', text: 'x'.repeat(40) }],
};

const ask = (turns: readonly Turn[], more: Partial<WindowQuestion> = {}) =>
  windowUse({
    turns,
    model: 'p/m',
    ...{ system: 100, instructions: 50, attached: 0, reserve: 1000 },
    tokensOf: (message) => textOf(message).length,
    ...more,
  });
const sumOf = ({ system, instructions, history, attachments }: Record<string, number>): number =>
  Number(system) + Number(instructions) + Number(history) + Number(attachments);

describe('what a chat takes of the window', () => {
  it('is an estimate in its parts before anything was counted', () => {
    const { used, estimated, parts } = ask([said('hello')], { attached: 7 });
    expect(parts).toEqual({ system: 100, instructions: 50, history: 5, attachments: 7, reserve: 1000 });
    expect({ used, estimated }).toEqual({ used: 162, estimated: true });
  });

  it('has attachments apart from what was written', () => {
    const turn = said('hello');
    const { parts } = ask([turn.kind === 'user' ? { ...turn, attachments: [attachment] } : turn]);
    expect(parts.history).toBe(5);
    expect(parts.attachments).toBeGreaterThanOrEqual(40);
  });

  it('is what the provider counted, to the token, as soon as it did', () => {
    const { used, estimated, parts } = ask([said('hello'), replied('hi', { input: 400, output: 20 })]);
    expect({ used, estimated }).toEqual({ used: 420, estimated: false });
    expect(sumOf(parts)).toBe(420);
    expect(parts.system).toBeGreaterThan(200);
  });

  it('counts thoughts that the provider counts apart', () => {
    const usage = { input: 400, output: 20, reasoning: 30, reasoningApart: true };
    expect(ask([said('hello'), replied('hi', usage)]).used).toBe(450);
  });

  it('is an estimate again for what came since', () => {
    const turns = [said('hello'), replied('hi', { input: 400, output: 20 }), said('more')];
    expect(ask(turns)).toMatchObject({ used: 424, estimated: true });
    expect(sumOf(ask(turns).parts)).toBe(424);
  });

  it.each<[string, readonly Turn[], Partial<WindowQuestion>]>([
    ['another model counted', [said('a'), replied('b', { input: 400, output: 20 })], { model: 'p/other' }],
    ['nobody can be asked', [said('a'), replied('b', { input: 400, output: 20 })], { model: undefined }],
    ['the count was an estimate itself', [said('a'), replied('b', { input: 400, output: 20, estimated: true })], {}],
    [
      'the beginning had been left out',
      [said('a'), replied('b', { input: 9, output: 9 }, [{ kind: 'left-out', model: 'p/m', messages: 2 }])],
      {},
    ],
  ])('is an estimate where %s', (_, turns, more) => {
    expect(ask(turns, more)).toMatchObject({ used: 152, estimated: true });
  });
});
