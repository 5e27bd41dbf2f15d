import type { ChatView, MessageView, ModelView, SettingsView, WindowView } from '../../../src/protocol/chat-view.ts';

export const model: ModelView = {
  ref: 'openai/gpt-5',
  label: 'GPT-5',
  provider: 'OpenAI',
  detail: '400K · $1.25 in · $10 out · images · tools',
};

export const models: readonly ModelView[] = [
  { ref: 'inside/smollm2-135m', label: 'SmolLM2 135M', provider: 'Inside the editor', detail: '8K · free · 145 MB' },
  {
    ref: 'inside/qwen2.5-coder-1.5b',
    label: 'Qwen2.5-Coder 1.5B',
    provider: 'Inside the editor',
    detail: '32K · free',
    unavailable: 'Not downloaded yet (1.1 GB)',
  },
  model,
  {
    ref: 'openai/gpt-5-mini',
    label: 'GPT-5 mini',
    provider: 'OpenAI',
    detail: '400K · $0.25 in · $2 out · images · tools',
  },
  {
    ref: 'anthropic/claude-sonnet-4-5',
    label: 'Claude Sonnet 4.5',
    provider: 'Anthropic',
    detail: '200K · $3 in · $15 out · images · tools',
  },
  {
    ref: 'anthropic/claude-haiku-4-5',
    label: 'Claude Haiku 4.5',
    provider: 'Anthropic',
    detail: '200K · $1 in · $5 out · images · tools',
  },
  {
    ref: 'work-cluster/qwen3-coder-480b-a35b-instruct-fp8',
    label: 'qwen3-coder-480b-a35b-instruct-fp8',
    provider: 'work-cluster',
    detail: '256K · tools',
    unavailable: 'Cannot be reached: connection refused',
  },
];

export const settings: SettingsView = {
  model: model.ref,
  temperature: null,
  topP: null,
  maxOutputTokens: null,
  reasoningEffort: null,
  reasoningEfforts: ['minimal', 'low', 'medium', 'high'],
  systemPrompt: null,
  learned: [],
};

export const nearlyFullWindow: WindowView = {
  used: 88_000,
  estimated: false,
  size: 100_000,
  parts: { system: 500, instructions: 1500, history: 70_000, attachments: 16_000, reserve: 4096 },
  canCompact: true,
  offersCompact: true,
  compacting: false,
};

/** An empty chat, with what a test changes about it. */
export function chat(changes: Partial<ChatView> = {}): ChatView {
  return {
    chatId: 'chat-1',
    title: '',
    messages: [],
    busy: false,
    model,
    models,
    settings,
    recall: [],
    queue: [],
    attachments: [],
    ...changes,
  };
}

export function user(id: string, text: string): MessageView {
  return { id, role: 'user', parts: [{ type: 'text', text }], state: 'done', notices: [] };
}

export function assistant(id: string, text: string, changes: Partial<MessageView> = {}): MessageView {
  return {
    id,
    role: 'assistant',
    parts: text === '' ? [] : [{ type: 'text', text }],
    state: 'done',
    model: 'GPT-5',
    notices: [],
    ...changes,
  };
}
