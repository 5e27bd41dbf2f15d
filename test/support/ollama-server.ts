import type { ServerResponse } from 'node:http';
import { arrayAt, numberAt, objectAt, parseJson, stringAt } from '../../src/util/json.ts';
import { type SeenRequest, startHttpServer, type TestServer } from './http-server.ts';

export interface OllamaServer extends TestServer {
  /** Each time a model was read into memory: its name, and the context that was set aside. */
  readonly loads: readonly string[];
  /** What `keep_alive` said, request by request; undefined where it was not sent. */
  readonly keptAlive: readonly unknown[];
  readonly models: ReadonlySet<string>;
}

export interface OllamaOptions {
  readonly models: readonly string[];
  /** What is set aside where no request says. */
  readonly context?: number;
  /** Bytes of the layers a pull fetches. */
  readonly layers?: readonly number[];
  /** Waits before each line of a pull. */
  readonly beforeLine?: () => Promise<void>;
}

const trained = 32_768;

/**
 * A server that keeps Ollama's rules: one instance of a model, loaded anew when a request wants another `num_ctx` than the
 * one it runs with; a prompt that does not fit is cut without a word; a model it has not is a 404.
 */
export async function startOllama({
  models,
  context = 4096,
  layers = [],
  beforeLine,
}: OllamaOptions): Promise<OllamaServer> {
  const present = new Set(models);
  const running = new Map<string, number>();
  const loads: string[] = [];
  const keptAlive: unknown[] = [];

  function load(model: string, wanted: number | undefined): void {
    const contextTokens = wanted ?? running.get(model) ?? context;
    if (running.get(model) === contextTokens) return;
    running.set(model, contextTokens);
    loads.push(`${model} ${contextTokens}`);
  }

  async function pull(model: string, response: ServerResponse): Promise<void> {
    const line = async (json: object): Promise<void> => {
      await beforeLine?.();
      response.write(`${JSON.stringify(json)}\n`);
    };
    await line({ status: 'pulling manifest' });
    if (model.startsWith('no-such')) return void response.end('{"error":"pull model manifest: file does not exist"}\n');
    for (const [at, total] of layers.entries()) {
      for (const completed of [0, total / 2, total]) {
        if (response.destroyed) return;
        await line({ status: `pulling ${at}`, digest: `sha256:${at}`, total, completed });
      }
    }
    present.add(model);
    response.end('{"status":"verifying sha256 digest"}\n{"status":"success"}\n');
  }

  const server = await startHttpServer(async (request, response) => {
    const body = parseJson(request.body);
    const model = stringAt(body, 'model') ?? '';
    const json = (value: object): void => void response.end(JSON.stringify(value));
    if (!present.has(model) && needsModel(request)) {
      response.writeHead(404).end(JSON.stringify({ error: `model "${model}" not found, try pulling it first` }));
      return;
    }
    switch (request.path) {
      case '/api/version':
        return json({ version: '0.13.3' });
      case '/api/tags':
        return json({ models: [...present].map((name) => ({ name, model: name, size: 1_000_000 })) });
      case '/api/ps':
        return json({
          models: [...running].map(([name, context_length]) => ({ name, model: name, context_length })),
        });
      case '/api/show':
        return json({
          capabilities: ['completion', 'insert'],
          model_info: { 'general.architecture': 'qwen2', 'qwen2.context_length': trained },
        });
      case '/api/pull':
        return pull(model, response);
      case '/api/chat':
      case '/api/generate': {
        const wanted = numberAt(objectAt(body, 'options'), 'num_ctx');
        load(model, wanted);
        keptAlive.push(objectAt({ body }, 'body')?.['keep_alive']);
        const text = request.path === '/api/chat' ? { message: { content: 'Hello.' } } : { response: 'fill' };
        const told = arrayAt(body, 'messages').length;
        response.write(`${JSON.stringify({ model, ...text, done: false })}\n`);
        return void response.end(
          `${JSON.stringify({ model, done: true, done_reason: 'stop', prompt_eval_count: told, eval_count: 1 })}\n`,
        );
      }
      default:
        response.writeHead(404).end('404 page not found');
    }
  });
  return Object.assign(server, { loads, keptAlive, models: present });
}

function needsModel({ path }: SeenRequest): boolean {
  return ['/api/chat', '/api/generate', '/api/show'].includes(path);
}
