// The child process of the embedded model: loads one model and answers for it until the extension host goes away.
import { getLlama, InsufficientMemoryError, type Llama, LlamaLogLevel, type LlamaModel } from 'node-llama-cpp';
import type { FromInference } from '../protocol/from-inference.ts';
import type { ToInference } from '../protocol/to-inference.ts';
import { messageOf } from '../util/message-of.ts';
import { abortedEarly } from './generate.ts';
import { readGgufHeader } from './gguf-header.ts';
import { GgufError } from './gguf-parser.ts';
import { type Job, JobError } from './job.ts';
import { LoadedModel } from './loaded-model.ts';
import { readArguments } from './process-arguments.ts';

const { gpu, threads } = readArguments(process.argv.slice(2));
const aborts = new Map<number, AbortController>();
/** For one token, where the file does not say: that of a large model. */
const usualCacheBytes = 262_144;
/** What llama.cpp complained of, the cause first: it tells no other way why it will not load a file. */
const complaints: string[] = [];
let model: LoadedModel | undefined;

function complain(text: string): void {
  if (complaints.length < 10) complaints.push(text.trim());
}

function send(message: FromInference): void {
  process.send?.(message);
}

function fail(error: unknown, id?: number): void {
  send({ type: 'failed', ...(id !== undefined && { id }), code: codeOf(error), message: messageOf(error) });
}

function codeOf(error: unknown): JobError['code'] {
  if (error instanceof JobError) return error.code;
  if (error instanceof GgufError) return 'model-file';
  // It may work on another machine: not the file's fault.
  if (error instanceof InsufficientMemoryError) return 'unsupported';
  return 'internal';
}

async function load(llama: Llama, id: number, modelPath: string, contextTokens: number): Promise<void> {
  try {
    const { cacheBytesPerToken } = await readGgufHeader(modelPath);
    model = new LoadedModel(await loadFile(llama, modelPath), contextTokens, cacheBytesPerToken ?? usualCacheBytes);
    send({ type: 'loaded', id, contextTokens: model.contextTokens, infill: model.infill });
  } catch (error) {
    fail(error, id);
  }
}

async function loadFile(llama: Llama, modelPath: string): Promise<LlamaModel> {
  complaints.length = 0;
  try {
    return await llama.loadModel({ modelPath });
  } catch (error) {
    if (error instanceof InsufficientMemoryError) throw error;
    throw new JobError('model-file', `${modelPath}: ${complaints[0] ?? messageOf(error)}`);
  }
}

async function run(job: Job): Promise<void> {
  const abort = new AbortController();
  aborts.set(job.id, abort);
  try {
    if (!model) throw new JobError('internal', 'No model is loaded.');
    const write = (type: 'text' | 'reasoning', text: string): void => {
      if (text !== '') send({ type, id: job.id, text });
    };
    send({ type: 'done', id: job.id, ...(await model.run(job, write, abort.signal)) });
  } catch (error) {
    if (abort.signal.aborted) send({ type: 'done', id: job.id, ...abortedEarly });
    else fail(error, job.id);
  } finally {
    aborts.delete(job.id);
  }
}

function receive(llama: Llama, message: ToInference): void {
  switch (message.type) {
    case 'load':
      void load(llama, message.id, message.modelPath, message.contextTokens);
      return;
    case 'chat':
    case 'infill':
    case 'continue':
      void run(message);
      return;
    case 'abort':
      aborts.get(message.id)?.abort();
      return;
  }
}

process.on('disconnect', () => process.exit(0));
// Why its compiled part cannot be loaded, the library tells the console alone.
console.error = (...words: unknown[]) => complain(words.map(messageOf).join(' '));
try {
  const llama = await getLlama({
    gpu,
    maxThreads: threads,
    build: 'never',
    progressLogs: false,
    logLevel: LlamaLogLevel.error,
    logger: (_level, text) => complain(text),
  });
  process.on('message', (message) => receive(llama, message as ToInference));
  send({ type: 'ready' });
} catch (error) {
  const reason = complaints[0] ?? messageOf(error);
  fail(new JobError('unsupported', `llama.cpp does not run on this machine: ${reason}`));
  process.disconnect?.();
}
