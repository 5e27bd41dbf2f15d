import { describe, expect, it } from 'vitest';
import type { Model } from '../../src/llm/model.ts';
import { Http } from '../../src/providers/http.ts';
import { runningContext } from '../../src/providers/running-context.ts';
import { startHttpServer } from '../support/http-server.ts';
import { modelAt } from './ask.ts';

const never = new AbortController().signal;

/** An Ollama that has `loaded` in memory, and everything it is asked to load. */
async function ollama(loaded: string[], entry: object = { context_length: 4096 }) {
  return startHttpServer(({ path, body }, response) => {
    if (path === '/api/generate') loaded.push(JSON.parse(body).model);
    const models = loaded.map((model) => ({ name: model, model, ...entry }));
    response.end(JSON.stringify(path === '/api/ps' ? { models } : { done: true }));
  });
}

async function contextOf(url: string, over: Partial<Model> = {}): Promise<number | undefined> {
  const http = new Http();
  try {
    return await runningContext(http, { ...modelAt(url), chat: 'ollama-chat', ...over }, never);
  } finally {
    http.close();
  }
}

describe('the context a server really runs', () => {
  it('is what Ollama has set aside for the model', async () => {
    await using server = await ollama(['other', 'model:latest']);
    expect(await contextOf(server.url)).toBe(4096);
    expect(server.seen.map(({ path }) => path)).toEqual(['/api/ps']);
  });

  it('is known once the model is in memory, where the request would have put it', async () => {
    await using server = await ollama([]);
    expect(await contextOf(`${server.url}/v1`)).toBe(4096);
    expect(server.seen.map(({ path }) => path)).toEqual(['/api/ps', '/api/generate', '/api/ps']);
  });

  it('is unknown where the server does not tell it, fails, or is not asked', async () => {
    await using old = await ollama(['model'], {});
    expect(await contextOf(old.url)).toBeUndefined();
    await using broken = await startHttpServer((_, response) => void response.writeHead(500).end('broken'));
    expect(await contextOf(broken.url)).toBeUndefined();
    await using other = await ollama(['model']);
    expect(await contextOf(other.url, { chat: 'openai-chat' })).toBeUndefined();
    expect(other.seen).toEqual([]);
  });
});
