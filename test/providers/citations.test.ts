import { expect, it } from 'vitest';
import { ReplyBuilder } from '../../src/llm/reply-builder.ts';
import { AnthropicReader } from '../../src/providers/anthropic-reader.ts';
import { GeminiReader } from '../../src/providers/gemini-reader.ts';
import { OpenaiChatReader } from '../../src/providers/openai-chat-reader.ts';
import { ResponsesReader } from '../../src/providers/responses-reader.ts';
import type { ReplyReader } from '../../src/providers/wire-protocol.ts';

const page = { url: 'https://example.com/a', title: 'A page' };

function check(what: string, reader: (reply: ReplyBuilder) => ReplyReader, payloads: readonly object[]): void {
  it(`${what}: what the reply refers to is named once, and text and order are untouched`, () => {
    const reply = new ReplyBuilder('p/m', 'openai-responses');
    const read = reader(reply);
    for (const payload of payloads) read.payload({ ...payload }, undefined);
    const { message } = reply.end('complete');
    expect(message.citations).toEqual([page, { url: 'https://example.com/b', title: 'https://example.com/b' }]);
    expect(message.content).toMatchObject([{ type: 'text', text: 'See there.' }]);
  });
}

const citation = (more: object): object => ({
  type: 'content_block_delta',
  index: 0,
  delta: { type: 'citations_delta', citation: { type: 'web_search_result_location', cited_text: 'x', ...more } },
});

check('Anthropic', (reply) => new AnthropicReader(reply), [
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '', citations: [] } },
  citation(page),
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'See there.' } },
  citation(page),
  citation({ url: 'https://example.com/b', title: null }),
]);

check('OpenAI’s responses', (reply) => new ResponsesReader(reply), [
  {
    type: 'response.output_item.done',
    output_index: 0,
    item: {
      type: 'message',
      content: [
        {
          type: 'output_text',
          text: 'See there.',
          annotations: [
            { type: 'url_citation', start_index: 0, end_index: 3, ...page },
            { type: 'url_citation', ...page },
            { type: 'url_citation', url: 'https://example.com/b' },
            { type: 'file_citation', file_id: 'f' },
          ],
        },
      ],
    },
  },
]);

check('OpenAI’s chat completions', (reply) => new OpenaiChatReader(reply), [
  { choices: [{ index: 0, delta: { content: 'See ' } }] },
  { choices: [{ index: 0, delta: { annotations: [{ type: 'url_citation', url_citation: page }] } }] },
  {
    choices: [
      {
        index: 0,
        delta: {
          content: 'there.',
          annotations: [
            { type: 'url_citation', url_citation: { start_index: 0, end_index: 3, ...page } },
            { type: 'url_citation', url_citation: { url: 'https://example.com/b' } },
            { type: 'file_citation', file_citation: { file_id: 'f' } },
          ],
        },
      },
    ],
  },
]);

check('Gemini', (reply) => new GeminiReader(reply), [
  { candidates: [{ content: { parts: [{ text: 'See ' }] } }] },
  {
    candidates: [
      {
        content: { parts: [{ text: 'there.' }] },
        finishReason: 'STOP',
        groundingMetadata: {
          webSearchQueries: ['there'],
          groundingChunks: [
            { web: { uri: page.url, title: page.title } },
            { web: { uri: page.url, title: 'again' } },
            { retrievedContext: { uri: 'https://example.com/b' } },
            { maps: { placeId: 'p' } },
          ],
        },
      },
    ],
  },
]);
