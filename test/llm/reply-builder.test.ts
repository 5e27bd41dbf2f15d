import { describe, expect, it } from 'vitest';
import { ReplyBuilder } from '../../src/llm/reply-builder.ts';

const builder = (): ReplyBuilder => new ReplyBuilder('p/m', 'openai-chat');

describe('reply builder', () => {
  it('keeps parts in the order they came and joins neighbours of one type', () => {
    const reply = builder();
    reply.reasoning('a');
    reply.reasoning('b');
    reply.text('c');
    reply.text('');
    reply.refusal('d');
    reply.text('e');
    reply.finish('stop', 'end_turn');
    expect(reply.takeEvents()).toEqual([
      { type: 'reasoning', text: 'ab' },
      { type: 'text', text: 'c' },
      { type: 'refusal', text: 'd' },
      { type: 'text', text: 'e' },
    ]);
    expect(reply.takeEvents()).toEqual([]);
    reply.text('f');
    expect(reply.takeEvents()).toEqual([{ type: 'text', text: 'f' }]);
    expect(reply.end('complete')).toEqual({
      type: 'end',
      message: {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'ab' },
          { type: 'text', text: 'c' },
          { type: 'refusal', text: 'd' },
          { type: 'text', text: 'ef' },
        ],
        model: 'p/m',
        protocol: 'openai-chat',
      },
      finish: 'stop',
      rawFinish: 'end_turn',
    });
  });

  it('a closed part is not continued, so that each thought keeps its own proof', () => {
    const reply = builder();
    reply.reasoning('a');
    reply.signature('1');
    reply.closePart();
    reply.signature('2');
    reply.closePart();
    reply.redactedReasoning('sealed');
    reply.reasoning('b');
    expect(reply.end('complete').message.content).toEqual([
      { type: 'reasoning', text: 'a', signature: '1' },
      { type: 'reasoning', text: '', signature: '2' },
      { type: 'reasoning', text: '', redacted: 'sealed' },
      { type: 'reasoning', text: 'b' },
    ]);
  });

  it('numbers tool calls and lets their arguments come mixed', () => {
    const reply = builder();
    const first = reply.toolCall('1', 'f');
    const second = reply.toolCall('2', 'g');
    reply.toolCallArguments(second, '{"b"');
    reply.toolCallArguments(first, '{}');
    reply.toolCallArguments(second, ':1}');
    reply.toolCallArguments(7, 'nobody');
    expect([first, second]).toEqual([0, 1]);
    expect(reply.end('complete').message.content).toEqual([
      { type: 'tool-call', id: '1', name: 'f', arguments: '{}' },
      { type: 'tool-call', id: '2', name: 'g', arguments: '{"b":1}' },
    ]);
  });

  it('a stop that waits for the result of a tool says so, but not for a tool the vendor ran itself', () => {
    const reply = builder();
    reply.finish('stop', 'stop');
    reply.toolCall('1', 'search', true);
    expect(reply.end('complete')).toMatchObject({ finish: 'stop', rawFinish: 'stop' });
    reply.toolCall('2', 'read');
    expect(reply.end('complete')).toMatchObject({ finish: 'tool-calls', rawFinish: 'stop' });
    reply.finish('length', 'length');
    expect(reply.end('complete').finish).toBe('length');
  });

  it('an abort and an error keep all that came', () => {
    const reply = builder();
    reply.text('so far');
    reply.usage({ input: 1, output: 2 });
    const error = { code: 'stream-cut', message: 'cut', retryable: true } as const;
    expect(reply.end('aborted')).toMatchObject({ finish: 'aborted', usage: { input: 1, output: 2 } });
    expect(reply.end('aborted')).not.toHaveProperty('error');
    expect(reply.end(error)).toMatchObject({ finish: 'error', error, message: { content: [{ text: 'so far' }] } });
  });

  it('a message that was handed out does not change any more', () => {
    const reply = builder();
    reply.text('a');
    const { message } = reply.end('complete');
    reply.text('b');
    expect(message.content).toEqual([{ type: 'text', text: 'a' }]);
  });

  it('without any finish reason it is unknown', () => {
    expect(builder().end('complete').finish).toBe('unknown');
  });
});
