import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { haveRecordings, recordings, recordingsFolder } from '../providers/recordings.ts';

const root = resolve(import.meta.dirname, '../..');

async function tryStream(input: string, ...rest: readonly string[]): Promise<readonly unknown[]> {
  const child = spawn(process.execPath, [join(root, 'scripts/try.ts'), 'stream', ...rest], { cwd: root });
  child.stdin.end(input);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(err).toBe('');
  return out.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as unknown]));
}

const base64 = (body: string): string => Buffer.from(body).toString('base64');

describe('npm run try -- stream', () => {
  it('answers each row in order with one line, and a bad row with an error', async () => {
    const chunk = {
      choices: [{ delta: { content: 'line\u2028separator' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 1, completion_tokens: 2 },
    };
    const rows = [
      { protocol: 'openai-chat', base64: base64(`data: ${JSON.stringify(chunk)}\n\n`), network_chunk_lengths: [3, 2] },
      '{broken',
      { protocol: 'carrier-pigeon', base64: '' },
      { protocol: 'openai-chat' },
      { protocol: 'openai-chat', file: 'no/such/file' },
      {
        protocol: 'anthropic-messages',
        base64: base64('{"error":{"message":"slow"}}'),
        http_status: 429,
        response_headers: { 'Retry-After': '3', 'Content-Length': '9999' },
      },
      [],
    ];
    const input = rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n');
    expect(await tryStream(input)).toEqual([
      {
        text: 'line\u2028separator',
        reasoning: '',
        refusal: '',
        tool_calls: [],
        finish_reason: 'stop',
        raw_finish_reason: 'stop',
        usage: { input: 1, cached: null, output: 2, reasoning: null },
        error: null,
      },
      { error: expect.objectContaining({ code: 'internal' }) },
      { error: expect.objectContaining({ code: 'unsupported' }) },
      { error: expect.objectContaining({ code: 'unsupported' }) },
      { error: expect.objectContaining({ code: 'internal' }) },
      expect.objectContaining({
        text: '',
        error: { code: 'rate-limit', message: 'slow', status: 429, retryable: true },
      }),
      { error: expect.objectContaining({ code: 'unsupported' }) },
    ]);
  });

  it.runIf(haveRecordings)('reads recordings from a folder', async () => {
    const [row] = recordings(({ file }) => file === 'groq/vercel-groq-tool-call.txt');
    const [answer] = await tryStream(`${JSON.stringify(row)}\n`, '--dir', recordingsFolder);
    const calls = row?.expected.tool_calls.map(({ id, name, arguments: text }) => ({ id, name, arguments: text }));
    expect(answer).toMatchObject({ tool_calls: calls, finish_reason: 'tool-calls', raw_finish_reason: 'tool_calls' });
  });

  it.runIf(haveRecordings)('answers every recorded stream and every recorded error', async () => {
    const rows = recordings(({ kind }) => kind !== 'model');
    const input = rows.map((row) => JSON.stringify(row)).join('\n');
    const answers = await tryStream(input, '--dir', recordingsFolder);
    expect(answers.length).toBe(rows.length);
    for (const [at, { file, kind, expected, http_status: status }] of rows.entries()) {
      if (kind === 'stream') expect({ file, ...(answers[at] as object) }).toMatchObject({ file, text: expected.text });
      else expect({ file, ...(answers[at] as object) }).toMatchObject({ file, error: { status } });
    }
  });
});
