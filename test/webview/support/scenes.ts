import type { ErrorView, MessageView } from '../../../src/protocol/chat-view.ts';
import type { ChatPage } from './chat-page.ts';
import { assistant, chat, model, user } from './views.ts';

/** A state of the page worth looking at; every one is checked for accessibility in every theme. */
export interface Scene {
  readonly name: string;
  show(chatPage: ChatPage): Promise<void>;
}

const answer = `Here is a version that reads each line once and keeps the **first** occurrence. It runs in \`O(n)\` and needs memory for the distinct lines only.

\`\`\`ts
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** Yields each distinct line of a file, in order. */
export async function* distinctLines(path: string, limit = 10_000): AsyncGenerator<string> {
  const seen = new Set<string>();
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (seen.has(line) || seen.size >= limit) continue; // already given, or there are too many of them to keep
    seen.add(line);
    yield \`\${line}\\n\`;
  }
}
\`\`\`

### How it compares

| Approach | Time | Memory |
|:---------|:----:|-------:|
| Sort first | \`O(n log n)\` | whole file |
| This one | \`O(n)\` | distinct lines |

1. It stops early when the consumer stops.
2. It never holds the whole file.
   - Blank lines count as lines.
   - [x] Keeps order

> Line endings are removed; add them back when you write.

See [the Node.js documentation](https://nodejs.org/api/readline.html) for more.`;

const usage = {
  inputTokens: 1204,
  outputTokens: 356,
  cachedTokens: 1000,
  cost: 0.00412,
  estimated: false,
  firstTokenMs: 420,
  totalMs: 3140,
};

const conversation: readonly MessageView[] = [
  user('u1', 'How do I remove duplicate lines from a very large file in Node, keeping the order?'),
  assistant('a1', '', {
    parts: [
      { type: 'reasoning', text: 'The file may not fit into memory, so a stream is needed.' },
      { type: 'text', text: answer },
    ],
    usage,
  }),
  user('u2', 'And in Python?\n\nwith open("f") as f:\n    pass'),
  assistant(
    'a2',
    'The same idea:\n\n```python\ndef distinct_lines(path: str):\n    """Yield each distinct line."""\n    seen = set()\n    with open(path) as file:\n        for line in file:\n            if line not in seen and len(seen) < 10_000:\n                seen.add(line)\n                yield line\n```\n\nA dict keeps insertion order since Python 3.7, so `list(dict.fromkeys(file))` does it in one line when memory is no concern.',
    {
      model: 'Claude Sonnet 4.5',
      notices: ['GPT-5 → Claude Sonnet 4.5, because OpenAI asks for fewer requests'],
      usage: { inputTokens: 1630, outputTokens: 142, cost: 0.007, estimated: true, firstTokenMs: 820, totalMs: 2210 },
    },
  ),
];

const wrongKey: ErrorView = {
  cause: 'OpenAI did not accept the API key.',
  nextStep: 'Give the provider a valid key; keys are made at platform.openai.com.',
  details: '401 Incorrect API key provided',
  action: { label: 'Change the key', command: 'addProvider' },
};
const cut: ErrorView = {
  cause: 'The connection to OpenAI was lost in the middle of the reply.',
  nextStep: 'What had arrived is kept. Try again when the network is back.',
  details: 'ECONNRESET',
};

export const scenes: readonly Scene[] = [
  { name: 'empty', show: (chatPage) => chatPage.snapshot(chat()) },
  {
    name: 'empty-unavailable',
    show: (chatPage) => chatPage.snapshot(chat({ model: { ...model, unavailable: 'the key of OpenAI is missing' } })),
  },
  {
    name: 'conversation',
    async show(chatPage) {
      await chatPage.snapshot(chat({ title: 'Distinct lines', messages: conversation }));
    },
  },
  {
    name: 'conversation-top',
    async show(chatPage) {
      await chatPage.snapshot(chat({ title: 'Distinct lines', messages: conversation }));
      await chatPage.page.locator('summary').first().click();
      await chatPage.page.locator('.messages').evaluate((box) => box.scrollTo({ top: 0 }));
      await chatPage.page.locator('.jump').waitFor();
    },
  },
  {
    name: 'streaming',
    async show(chatPage) {
      await chatPage.snapshot(
        chat({
          busy: true,
          messages: [
            user('u1', 'Write a Dockerfile for a Node service'),
            assistant(
              'a1',
              'A small one in two stages:\n\n```dockerfile\nFROM node:24-slim AS build\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci',
              { state: 'streaming' },
            ),
          ],
        }),
      );
      await chatPage.testId('composer').fill('And with pnpm?\nI use it at work.');
    },
  },
  {
    name: 'waiting',
    show: (chatPage) =>
      chatPage.snapshot(
        chat({
          busy: true,
          messages: [
            user('u1', 'Hello'),
            assistant('a1', '', { state: 'streaming', notices: ['Waiting 4 s, then trying again: too many requests'] }),
          ],
        }),
      ),
  },
  {
    name: 'errors',
    show: (chatPage) =>
      chatPage.snapshot(
        chat({
          messages: [
            user('u1', 'Tell me about rope data structures'),
            assistant('a1', 'A rope is a binary tree whose leaves hold', { state: 'failed', error: cut, usage }),
            user('u2', 'Stop early, please'),
            assistant('a2', 'A rope is', {
              state: 'stopped',
              usage: { inputTokens: 20, outputTokens: 3, estimated: true, totalMs: 700 },
            }),
            user('u3', 'Something not allowed'),
            assistant('a3', '', {
              parts: [
                { type: 'refusal', text: 'I cannot help with that.' },
                {
                  type: 'tool-call',
                  name: 'read_file',
                  arguments: '{"path":"src/a-rather-long-path/of-a-file-that-goes-on.ts"}',
                },
              ],
            }),
            user('u4', 'And again'),
            assistant('a4', '', { state: 'failed', error: wrongKey }),
          ],
        }),
      ),
  },
  {
    name: 'models',
    async show(chatPage) {
      await chatPage.snapshot(chat({ messages: conversation }));
      await chatPage.testId('model-button').click();
      await chatPage.page.keyboard.press('ArrowDown');
    },
  },
  {
    name: 'settings',
    async show(chatPage) {
      const view = chat({ messages: conversation });
      await chatPage.snapshot({ ...view, settings: { ...view.settings, temperature: 0.7, reasoningEffort: 'low' } });
      await chatPage.send({ type: 'open-settings' });
      await chatPage.testId('setting-topP').fill('7');
    },
  },
];
