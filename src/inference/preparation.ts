import type { LlmError } from '../llm/llm-error.ts';
import { messageOf } from '../util/message-of.ts';
import { DownloadError, download, type RemoteFile } from './download.ts';
import type { Prepare } from './embedded-stream.ts';
import type { LocalModel, ModelFiles } from './model-files.ts';
import type { Runtime } from './runtime.ts';

/** Something Tutti would like to fetch, as the user is asked about it. */
export interface DownloadItem {
  readonly name: string;
  /** What is still missing of it. */
  readonly bytes: number;
  readonly license?: string;
}

/** Asks and shows; `host/` implements it. */
export interface DownloadDisplay {
  /** Nothing is fetched before the user has said yes. */
  confirm(item: DownloadItem): Promise<boolean>;
  /** Shows progress while `work` runs; its signal is aborted when the user cancels. */
  show<T>(item: DownloadItem, work: (report: Report, signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** Called with the bytes received so far, of all that is fetched. */
export type Report = (received: number) => void;

export interface PreparationPorts {
  readonly models: ModelFiles;
  readonly runtime: () => Promise<Runtime>;
  readonly display: DownloadDisplay;
  readonly fetch: typeof fetch;
}

/** Brings a model and llama.cpp itself to this machine. Two who need the same wait for the same download. */
export class Preparation {
  readonly #ports: PreparationPorts;
  readonly #running = new Map<string, Promise<LlmError | undefined>>();

  constructor(ports: PreparationPorts) {
    this.#ports = ports;
  }

  /** A chat may ask the user for a download; a completion, which nobody waits for, never does. */
  readonly prepare: Prepare = async (model, kind, signal) => {
    const found = await this.#look(model.id);
    if ('error' in found) return { kind: 'missing', error: found.error };
    if (found.missing.length > 0) {
      const item = itemOf(found);
      if (kind === 'completion') return { kind: 'missing', error: absent(`${item.name} has not been fetched yet.`) };
      const error = await orAborted(this.#fetchOnce(model.id, found, item), signal);
      if (error === 'aborted') return { kind: 'aborted' };
      if (error) return { kind: 'missing', error };
      return await this.prepare(model, kind, signal);
    }
    const { runtime, local } = found;
    if (runtime.kind !== 'ready') throw new Error('Nothing is missing, yet llama.cpp is not there.');
    const contextTokens = model.facts.contextWindow ?? local.facts.contextWindow ?? 4096;
    return { kind: 'ready', model: { path: local.path, contextTokens }, compiled: runtime };
  };

  /** Fetches what a model needs without asking again. Throws DownloadError. */
  async ensure(id: string, report: Report, signal: AbortSignal): Promise<'complete' | 'aborted'> {
    const found = await this.#look(id);
    if ('error' in found) throw new DownloadError(found.error.message);
    return await this.#fetchAll(found.missing, report, signal);
  }

  async #look(id: string): Promise<Found | { readonly error: LlmError }> {
    const [local, runtime] = await Promise.all([this.#ports.models.find(id), this.#ports.runtime()]);
    if (!local) return { error: absent(`There is no model ${id} in Tutti's list or folder.`) };
    if (local.problem !== undefined) return { error: { code: 'model-file', message: local.problem, retryable: false } };
    if (runtime.kind === 'unsupported') return { error: unsupported(runtime.message) };
    const weights = local.present ? undefined : this.#ports.models.remoteFile(id);
    const missing = [...(runtime.kind === 'missing' ? runtime.files : []), ...(weights ? [weights] : [])];
    return { local, runtime, missing };
  }

  #fetchOnce(id: string, found: Found, item: DownloadItem): Promise<LlmError | undefined> {
    const running = this.#running.get(id) ?? this.#askAndFetch(found, item).finally(() => this.#running.delete(id));
    this.#running.set(id, running);
    return running;
  }

  async #askAndFetch(found: Found, item: DownloadItem): Promise<LlmError | undefined> {
    const { display } = this.#ports;
    if (!(await display.confirm(item))) return absent(`${item.name} has not been fetched.`);
    try {
      const outcome = await display.show(item, (report, signal) => this.#fetchAll(found.missing, report, signal));
      return outcome === 'aborted'
        ? absent(`Fetching ${item.name} was cancelled; it goes on from there next time.`)
        : undefined;
    } catch (error) {
      return absent(messageOf(error));
    }
  }

  async #fetchAll(files: readonly RemoteFile[], report: Report, signal: AbortSignal): Promise<'complete' | 'aborted'> {
    let before = 0;
    for (const file of files) {
      const reportAll = (received: number): void => report(before + received);
      const outcome = await download(file, { fetch: this.#ports.fetch, report: reportAll, signal });
      if (outcome === 'aborted') return 'aborted';
      before += file.bytes;
    }
    return 'complete';
  }
}

interface Found {
  readonly local: LocalModel;
  readonly runtime: Runtime;
  readonly missing: readonly RemoteFile[];
}

function itemOf({ local, missing }: Found): DownloadItem {
  const name = local.facts.name ?? local.id;
  const bytes = missing.reduce((sum, file) => sum + file.bytes, 0);
  return { name, bytes, ...(local.facts.license !== undefined && { license: local.facts.license }) };
}

function absent(message: string): LlmError {
  return { code: 'no-model', message, retryable: false };
}

function unsupported(message: string): LlmError {
  return { code: 'unsupported', message, retryable: false };
}

async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | 'aborted'> {
  if (signal.aborted) return 'aborted';
  const { promise, resolve } = Promise.withResolvers<'aborted'>();
  const abort = (): void => resolve('aborted');
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
