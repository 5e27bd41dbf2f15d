import { describe, expect, it } from 'vitest';
import { readChats } from '../../src/chat/read-chats.ts';

const said = (text: string, path: string) => {
  const { chats, unread } = readChats(text, path, 1000);
  return {
    unread,
    chats: chats.map(({ title, workspace, createdAt, turns }) => ({
      title,
      ...(workspace !== undefined && { workspace }),
      createdAt,
      turns: turns.map(({ body }) => {
        const { message } = JSON.parse(body);
        const words = message.content.map((part: { type: string; text: string }) => `${part.type}: ${part.text}`);
        return [message.model ?? message.role, ...words];
      }),
    })),
  };
};

const copilot = {
  requesterUsername: 'ada',
  responderUsername: 'GitHub Copilot',
  sessionId: 'session-1',
  creationDate: 5000,
  requests: [
    {
      requestId: 'request_1',
      message: { parts: [{ kind: 'text', text: 'What is this?' }], text: 'What is this?' },
      response: [
        { kind: 'thinking', value: 'Let me see' },
        { kind: 'progressMessage', content: { value: 'Reading…' } },
        { value: 'It is a ', supportHtml: false },
        { kind: 'inlineReference', inlineReference: { path: '/work/src/parser.ts', scheme: 'file' } },
        { value: ' for durations.' },
        { kind: 'toolInvocationSerialized', pastTenseMessage: { value: 'Read parser.ts' } },
        { kind: 'something new' },
      ],
      modelId: 'copilot/gpt-4.1',
      timestamp: 6000,
    },
    { message: { text: 'Again' }, response: [], result: { errorDetails: { message: 'Sorry, no.' } } },
  ],
};

const continueSession = {
  sessionId: 'abc',
  title: 'Sorting',
  workspaceDirectory: 'file:///home/ada/shop',
  dateCreated: '7000',
  history: [
    { message: { role: 'user', content: [{ type: 'text', text: 'Sort it' }] }, contextItems: [] },
    { message: { role: 'thinking', content: 'Hm' } },
    { message: { role: 'assistant', content: 'Use sort()' }, promptLogs: [{ modelTitle: 'Codestral' }] },
    { message: { role: 'tool', content: 'ignored', toolCallId: 'x' } },
  ],
};

const clineUi = [
  { ts: 1, type: 'say', say: 'text', text: 'Fix the test' },
  { ts: 2, type: 'say', say: 'api_req_started', text: '{}' },
  { ts: 3, type: 'say', say: 'reasoning', text: 'It fails' },
  { ts: 4, type: 'say', say: 'text', text: 'I will look' },
  { ts: 5, type: 'ask', ask: 'tool', text: '{"tool":"readFile","path":"a.ts"}' },
  { ts: 6, type: 'say', say: 'text', text: 'half', partial: true },
  { ts: 7, type: 'ask', ask: 'followup', text: '{"question":"Which one?","options":[]}' },
  { ts: 8, type: 'say', say: 'user_feedback', text: 'The first' },
  { ts: 9, type: 'say', say: 'completion_result', text: 'Done' },
];

const clineApi = [
  {
    role: 'user',
    content: [
      { type: 'text', text: '<task>\nFix the test\n</task>' },
      { type: 'text', text: '<environment_details>x</environment_details>' },
    ],
  },
  {
    role: 'assistant',
    content: [
      { type: 'text', text: 'Looking' },
      { type: 'tool_use', name: 'read_file', input: { path: 'a.ts' } },
    ],
  },
  { role: 'user', content: [{ type: 'tool_result', content: 'text of a.ts' }] },
  { role: 'assistant', content: 'Done' },
];

describe('chats of other programs', () => {
  it.each<[string, unknown, string, unknown]>([
    [
      'Copilot Chat',
      copilot,
      '/home/ada/chat.json',
      {
        title: 'What is this?',
        createdAt: 5000,
        turns: [
          ['user', 'text: What is this?'],
          ['copilot/gpt-4.1', 'reasoning: Let me see', 'text: It is a `parser.ts` for durations.\n\n> Read parser.ts'],
          ['user', 'text: Again'],
          ['copilot/unknown', 'text: Sorry, no.'],
        ],
      },
    ],
    [
      'Continue',
      continueSession,
      '/home/ada/.continue/sessions/abc.json',
      {
        title: 'Sorting',
        workspace: '/home/ada/shop',
        createdAt: 7000,
        turns: [
          ['user', 'text: Sort it'],
          ['continue/Codestral', 'reasoning: Hm', 'text: Use sort()'],
        ],
      },
    ],
    [
      'Cline, as it was shown',
      clineUi,
      '/tasks/1769053680585/ui_messages.json',
      {
        title: 'Fix the test',
        createdAt: 1769053680585,
        turns: [
          ['user', 'text: Fix the test'],
          ['cline/unknown', 'reasoning: It fails', 'text: I will look'],
          ['cline/unknown', 'text: > `readFile` a.ts'],
          ['cline/unknown', 'text: Which one?'],
          ['user', 'text: The first'],
          ['cline/unknown', 'text: Done'],
        ],
      },
    ],
    [
      'Cline, as it was sent',
      clineApi,
      '/tasks/1769053680585/api_conversation_history.json',
      {
        title: 'Fix the test',
        createdAt: 1769053680585,
        turns: [
          ['user', 'text: Fix the test'],
          ['cline/unknown', 'text: Looking\n\n> `read_file` {"path":"a.ts"}'],
          ['cline/unknown', 'text: Done'],
        ],
      },
    ],
  ])('%s', (_, value, path, expected) => {
    expect(said(JSON.stringify(value), path)).toEqual({ chats: [expected], unread: [] });
  });

  it.each([copilot, continueSession, clineUi])('have the same names each time they are read', (value) => {
    const read = (now: number) => readChats(JSON.stringify(value), '/tasks/1/x.json', now).chats;
    expect(read(1).map(({ id, turns }) => [id, turns.map((turn) => turn.id)])).toEqual(
      read(2).map(({ id, turns }) => [id, turns.map((turn) => turn.id)]),
    );
    const ids = read(1)[0]?.turns.map(({ id }) => id) ?? [];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each<[string, string, string]>([
    ['half a file', '{"requests": [', 'is no JSON, or only a part of it'],
    ['another file', '{"name": "package"}', 'holds no chat'],
    ['an empty chat', '{"requests": []}', 'Nothing is said'],
    ['requests of nonsense', '{"requests": [null, 1, {"message": []}]}', 'Nothing is said'],
    ['a list of nothing', '[]', 'holds no chat'],
  ])('say what is wrong with %s', (_, text, word) => {
    const { chats, unread } = readChats(text, '/x/file.json', 1);
    expect(chats).toEqual([]);
    expect(unread.join()).toContain(word);
  });
});
