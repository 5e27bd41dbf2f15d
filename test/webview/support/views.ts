import type {
  AttachmentView,
  ChatView,
  MessageView,
  ModelView,
  ShelfView,
  WindowView,
} from '../../../src/protocol/chat-view.ts';
import type { ModelSettingsView, SettingView } from '../../../src/protocol/model-settings-view.ts';
import type { SuggestionGroup } from '../../../src/protocol/suggestion.ts';

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

export const shelf: ShelfView = { pinned: [], hidden: [], recent: [] };

const body = {
  model: 'gpt-5',
  messages: [{ role: 'user', content: 'Hello!' }],
  stream: true,
  stream_options: { include_usage: true },
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

const knownRows: readonly SettingView[] = [
  {
    name: 'contextWindow',
    value: null,
    known: { value: 400_000, from: 'catalog', day: '2026-11-10' },
    support: 'known',
  },
  { name: 'outputLimit', value: null, known: { value: 128_000, from: 'catalog', day: '2026-11-10' }, support: 'known' },
  { name: 'images', value: null, known: { value: true, from: 'endpoint' }, support: 'known' },
  {
    name: 'price',
    value: null,
    known: { value: { input: 1.25, output: 10, cachedInput: 0.125 }, from: 'catalog', day: '2026-11-10' },
    support: 'known',
  },
];

/** Of a model that nothing is set for. */
export const settings: ModelSettingsView = {
  model: model.ref,
  label: model.label,
  provider: 'openai',
  rows: [
    { name: 'temperature', value: null, support: 'known' },
    { name: 'topP', value: null, support: 'known' },
    { name: 'maxOutputTokens', value: null, support: 'known' },
    { name: 'reasoningEffort', value: null, support: 'known', choices: ['minimal', 'low', 'medium', 'high'] },
    { name: 'systemPrompt', value: null, support: 'known' },
    { name: 'stop', value: null, support: 'unknown' },
    { name: 'extraBody', value: null, support: 'known' },
    { name: 'omit', value: null, support: 'known' },
    ...knownRows,
  ],
  learned: [],
  preview: {
    kind: 'http',
    method: 'POST',
    url: 'https://api.openai.com/v1/chat/completions',
    headers: [
      ['content-type', 'application/json'],
      ['authorization', 'Bearer $KEY'],
    ],
    body: JSON.stringify(body),
  },
};

/** The settings with some rows changed. */
export function withRows(changes: Partial<Record<SettingView['name'], Partial<SettingView>>>): ModelSettingsView {
  return { ...settings, rows: settings.rows.map((row) => ({ ...row, ...changes[row.name] })) };
}

/** An empty chat, with what a test changes about it. */
export function chat(changes: Partial<ChatView> = {}): ChatView {
  return {
    chatId: 'chat-1',
    title: '',
    messages: [],
    busy: false,
    model,
    models,
    shelf,
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

/** One of each state a chip can have. */
export const attachments: readonly AttachmentView[] = [
  { id: 'x1', kind: 'file', label: 'cart.ts', uri: 'file:///shop/cart.ts', tokens: 812 },
  { id: 'x2', kind: 'folder', label: 'checkout/', tokens: 34_500, cut: '40 of 212 files' },
  { id: 'x3', kind: 'page', label: 'example.com/a/rather/long/path/of/a/page.html' },
  { id: 'x4', kind: 'file', label: '.env', refused: 'This kind of file holds secrets; no model may see it.' },
];

export const suggestionGroups: readonly SuggestionGroup[] = [
  {
    label: '',
    suggestions: [
      entry('selection', 'Current file', 'cart.ts'),
      {
        ...{ id: 'symbol', icon: 'symbol-class', label: 'Symbol…', detail: 'a function or class of the workspace' },
        chosen: { type: 'narrow', text: '@symbol:' },
      },
      { ...entry('warning', 'Problems', ''), unavailable: 'There are none.' },
    ],
  },
  {
    label: 'Recent files',
    suggestions: [
      entry('file', 'cart.ts', 'src'),
      entry('file', 'address-form.component.stories.tsx', 'packages/shop/src/checkout/components/address'),
    ],
  },
];

function entry(
  icon: 'selection' | 'warning' | 'file',
  label: string,
  detail: string,
): SuggestionGroup['suggestions'][number] {
  return { id: label + detail, icon, label, detail, chosen: { type: 'attach', mention: label, text: `@${label} ` } };
}
