import { refuseAnthropicMessages } from './anthropic-messages.ts';
import { refuseGeminiNative } from './gemini-native.ts';
import { refuseOllamaChat } from './ollama-chat.ts';
import { refuseOpenaiChat } from './openai-chat.ts';
import { refuseOpenaiResponses } from './openai-responses.ts';
import type { Json } from './rules.ts';

/** A vendor of one wire: what it says in a conversation, and what it refuses. */
export interface StrictWire {
  readonly refuse: (body: Json) => void;
  /** Thinks, says something and calls two tools at once. */
  readonly calls: readonly Json[];
  /** Thinks and answers. */
  readonly answer: readonly Json[];
  /** The beginning of a turn that is stopped in the middle of a tool call, or of a thought where calls come whole. */
  readonly begun: readonly Json[];
  readonly plain: readonly Json[];
  readonly write: (payload: Json) => string;
  /** What has to come back to it of its own. */
  readonly proof: string;
}

const sse = (payload: Json): string => `event: ${String(payload['type'])}\ndata: ${JSON.stringify(payload)}\n\n`;
const data = (payload: Json): string => `data: ${JSON.stringify(payload)}\n\n`;
const line = (payload: Json): string => `${JSON.stringify(payload)}\n`;

const completed: Json = { type: 'response.completed', response: { status: 'completed', output: [] } };

export const strictNames = [
  'openai-chat',
  'openai-responses',
  'anthropic-messages',
  'gemini-native',
  'ollama-chat',
] as const;
export type StrictName = (typeof strictNames)[number];

export const wires: Readonly<Record<StrictName, StrictWire>> = {
  'openai-chat': {
    refuse: refuseOpenaiChat,
    calls: [
      chunk({ reasoning_content: 'Own thought.' }),
      chunk({ content: 'Let me see.' }),
      chunk({ tool_calls: [{ index: 0, id: 'call_own1', function: { name: 'weather', arguments: '{"city":' } }] }),
      chunk({ tool_calls: [{ index: 0, function: { arguments: '"Oslo"}' } }] }),
      chunk({ tool_calls: [{ index: 1, id: 'call_own2', function: { name: 'read', arguments: '' } }] }),
      chunk({}, 'tool_calls'),
    ],
    answer: [chunk({ reasoning_content: 'Own thought.' }), chunk({ content: 'It snows.' }), chunk({}, 'stop')],
    begun: [
      chunk({ reasoning_content: 'Own thought.' }),
      chunk({ tool_calls: [{ index: 0, id: 'call_own3', function: { name: 'read', arguments: '{"pa' } }] }),
    ],
    plain: [chunk({ content: 'Fine.' }), chunk({}, 'stop')],
    write: data,
    proof: 'call_own1',
  },
  'openai-responses': {
    refuse: refuseOpenaiResponses,
    calls: [
      ...thought(0, 1),
      ...said(1, 1, 'Let me see.'),
      ...called(2, 1, 'weather', '{"city":"Oslo"}'),
      ...called(3, 2, 'read', '{}'),
      completed,
    ],
    answer: [...thought(0, 2), ...said(1, 2, 'It snows.'), completed],
    begun: [
      ...thought(0, 3),
      { type: 'response.output_item.added', output_index: 1, item: functionCall(3, 'read', '') },
      { type: 'response.function_call_arguments.delta', output_index: 1, delta: '{"pa' },
    ],
    plain: [...said(0, 4, 'Fine.'), completed],
    write: sse,
    proof: 'own-seal1',
  },
  'anthropic-messages': {
    refuse: refuseAnthropicMessages,
    calls: [
      ...thinking('own-proof1'),
      ...block(1, { type: 'text', text: '' }, { type: 'text_delta', text: 'Let me see.' }),
      ...toolUse(2, 'toolu_own1', 'weather', '{"city":"Oslo"}'),
      ...toolUse(3, 'toolu_own2', 'read', ''),
      { type: 'message_delta', delta: { stop_reason: 'tool_use' } },
      { type: 'message_stop' },
    ],
    answer: [
      ...thinking('own-proof2'),
      ...block(1, { type: 'text', text: '' }, { type: 'text_delta', text: 'It snows.' }),
      { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
      { type: 'message_stop' },
    ],
    begun: [...thinking('own-proof3'), ...toolUse(1, 'toolu_own3', 'read', '{"pa').slice(0, 2)],
    plain: [
      ...block(0, { type: 'text', text: 'Fine.' }),
      { type: 'message_delta', delta: { stop_reason: 'end_turn' } },
      { type: 'message_stop' },
    ],
    write: sse,
    proof: 'own-proof1',
  },
  'gemini-native': {
    refuse: refuseGeminiNative,
    calls: [
      parts({ text: 'Own thought.', thought: true }),
      parts({ text: 'Let me see.' }),
      parts(
        { functionCall: { name: 'weather', args: { city: 'Oslo' } }, thoughtSignature: 'own-sign1' },
        { functionCall: { name: 'read', args: {} } },
      ),
      parts(),
    ],
    answer: [
      parts({ text: 'Own thought.', thought: true }),
      parts({ text: 'It snows.' }, { text: '', thoughtSignature: 'own-sign2' }),
      parts(),
    ],
    begun: [{ candidates: [{ content: { role: 'model', parts: [{ text: 'Own thought.', thought: true }] } }] }],
    plain: [parts({ text: 'Fine.' }), parts()],
    write: data,
    proof: 'own-sign1',
  },
  'ollama-chat': {
    refuse: refuseOllamaChat,
    calls: [
      { message: { role: 'assistant', content: '', thinking: 'Own thought.' }, done: false },
      { message: { role: 'assistant', content: 'Let me see.' }, done: false },
      {
        message: {
          role: 'assistant',
          content: '',
          tool_calls: [
            { function: { name: 'weather', arguments: { city: 'Oslo' } } },
            { function: { name: 'read', arguments: {} } },
          ],
        },
        done: false,
      },
      { message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop' },
    ],
    answer: [
      { message: { role: 'assistant', content: '', thinking: 'Own thought.' }, done: false },
      { message: { role: 'assistant', content: 'It snows.' }, done: true, done_reason: 'stop' },
    ],
    begun: [{ message: { role: 'assistant', content: '', thinking: 'Own thought.' }, done: false }],
    plain: [{ message: { role: 'assistant', content: 'Fine.' }, done: true, done_reason: 'stop' }],
    write: line,
    proof: 'Own thought.',
  },
};

function chunk(delta: Json, finish?: string): Json {
  return { choices: [{ index: 0, delta, finish_reason: finish ?? null }] };
}

function thought(index: number, number: number): readonly Json[] {
  const item = { type: 'reasoning', id: `rs_own${number}`, summary: [] };
  const whole = {
    ...item,
    summary: [{ type: 'summary_text', text: 'Own thought.' }],
    encrypted_content: `own-seal${number}`,
  };
  return [
    { type: 'response.output_item.added', output_index: index, item },
    { type: 'response.reasoning_summary_text.delta', output_index: index, delta: 'Own thought.' },
    { type: 'response.output_item.done', output_index: index, item: whole },
  ];
}

function said(index: number, number: number, text: string): readonly Json[] {
  const item = { type: 'message', id: `msg_own${number}`, role: 'assistant', status: 'completed', content: [] };
  const whole = { ...item, content: [{ type: 'output_text', text, annotations: [] }] };
  return [
    { type: 'response.output_item.added', output_index: index, item },
    { type: 'response.output_text.delta', output_index: index, delta: text },
    { type: 'response.output_item.done', output_index: index, item: whole },
  ];
}

function called(index: number, number: number, name: string, args: string): readonly Json[] {
  return [
    { type: 'response.output_item.added', output_index: index, item: functionCall(number, name, '') },
    { type: 'response.function_call_arguments.delta', output_index: index, delta: args },
    { type: 'response.output_item.done', output_index: index, item: functionCall(number, name, args) },
  ];
}

function functionCall(number: number, name: string, args: string): Json {
  return {
    type: 'function_call',
    id: `fc_own${number}`,
    call_id: `call_own${number}`,
    name,
    arguments: args,
    status: 'completed',
  };
}

function block(index: number, content_block: Json, ...deltas: readonly Json[]): readonly Json[] {
  return [
    { type: 'content_block_start', index, content_block },
    ...deltas.map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ];
}

function thinking(signature: string): readonly Json[] {
  const begin = { type: 'thinking', thinking: '', signature: '' };
  return block(0, begin, { type: 'thinking_delta', thinking: 'Own thought.' }, { type: 'signature_delta', signature });
}

function toolUse(index: number, id: string, name: string, partial_json: string): readonly Json[] {
  return block(index, { type: 'tool_use', id, name, input: {} }, { type: 'input_json_delta', partial_json });
}

/** The last chunk is the one without parts. */
function parts(...list: readonly Json[]): Json {
  const content = { role: 'model', parts: list };
  return { candidates: [list.length === 0 ? { finishReason: 'STOP' } : { content }] };
}
