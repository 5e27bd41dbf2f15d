import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { type ModelRef, modelRef } from '../llm/model-ref.ts';
import type { StreamFunction } from '../llm/stream-event.ts';
import { InferenceClient } from './client.ts';
import { embeddedStream } from './embedded-stream.ts';
import { fetchedProgram, mermaid, type ProgramFile } from './fetched-program.ts';
import { guardedFetch } from './guarded-fetch.ts';
import { type LocalModel, ModelFiles } from './model-files.ts';
import { preferredModel } from './preferred-model.ts';
import { type DownloadDisplay, Preparation, type Report } from './preparation.ts';
import { findRuntime, runtimeUrl } from './runtime.ts';
import { hubUrl, type Weights, weights } from './weights.ts';

export interface InferenceOptions {
  /** The extension's global storage: `models/` and `runtime/` are below it. */
  readonly storageFolder: string;
  /** `dist/inference/main.js`. */
  readonly mainPath: string;
  readonly display: DownloadDisplay;
  /** An unpacked `@node-llama-cpp/…` package to use instead of fetching one. */
  readonly runtimePackage?: string;
  readonly runtimeBaseUrl?: string;
  readonly hubBaseUrl?: string;
  readonly fetch?: typeof fetch;
  /** Why nothing may be fetched from an address; undefined = it may. */
  readonly refused?: (url: string) => string | undefined;
  /** The models on offer. */
  readonly weights?: readonly Weights[];
  readonly threads?: number;
  readonly idleMs?: number;
}

/** The model inside the editor. Nothing runs, is read or fetched before the first call. */
export interface Inference extends Disposable {
  /** Protocol `embedded`. */
  readonly stream: StreamFunction;
  /** Those of the list, fetched or not, and every other GGUF file that was found or chosen. */
  listModels(): Promise<readonly LocalModel[]>;
  /** Fetches a model and llama.cpp without asking; the caller has. Throws DownloadError. */
  ensureModel(id: string, report: Report, signal: AbortSignal): Promise<'complete' | 'aborted'>;
  /** Adds a GGUF file anywhere on disk to the list. Throws GgufError when it is no usable model. */
  addModelFile(path: string): Promise<LocalModel>;
  /** The model on disk that does the job best; undefined = none is there. */
  preferredModel(job: 'chat' | 'completion'): Promise<ModelRef | undefined>;
  /** Deletes what was fetched, so that it can be fetched anew; a file chosen elsewhere is only forgotten. */
  removeModel(id: string): Promise<void>;
  /** The program that draws diagrams; asks before it is fetched. */
  diagramProgram(): Promise<ProgramFile>;
  /** Process ids of the models in memory. */
  readonly pids: readonly number[];
}

const usualIdleMs = 10 * 60_000;

export function createInference(options: InferenceOptions): Inference {
  const models = new ModelFiles({
    folder: join(options.storageFolder, 'models'),
    weights: options.weights ?? weights,
    hubUrl: options.hubBaseUrl ?? hubUrl,
  });
  const client = new InferenceClient({
    mainPath: options.mainPath,
    // With as many threads as cores, llama.cpp spins for the one the editor is using.
    threads: options.threads ?? Math.max(1, availableParallelism() - 1),
    idleMs: options.idleMs ?? usualIdleMs,
  });
  const fetching = guardedFetch(options.refused, options.fetch);
  const preparation = new Preparation({
    models,
    runtime: () =>
      findRuntime({
        folder: join(options.storageFolder, 'runtime'),
        baseUrl: options.runtimeBaseUrl ?? runtimeUrl,
        ...(options.runtimePackage !== undefined && { packageFolder: options.runtimePackage }),
      }),
    display: options.display,
    fetch: fetching,
  });
  return {
    stream: embeddedStream(preparation.prepare, client),
    listModels: async () => (await models.list()).map(withNote),
    ensureModel: (id, report, signal) => preparation.ensure(id, report, signal),
    addModelFile: (path) => models.add(path),
    removeModel: (id) => models.remove(id),
    preferredModel: async (job) => {
      const found = preferredModel(await models.list(), job, totalmem());
      return found && modelRef('embedded', found.id);
    },
    diagramProgram: () =>
      fetchedProgram(mermaid, {
        folder: join(options.storageFolder, 'programs'),
        baseUrl: options.runtimeBaseUrl ?? runtimeUrl,
        display: options.display,
        fetch: fetching,
      }),
    get pids() {
      return client.pids;
    },
    [Symbol.dispose]: () => client.dispose(),
  };
}

/** What a picker says of it beside the facts. */
function withNote(model: LocalModel): LocalModel {
  const note = [model.problem ?? (model.present ? undefined : 'not fetched yet'), model.purpose]
    .filter((words) => words !== undefined)
    .join(', ');
  return {
    ...model,
    facts: { ...model.facts, ...(note !== '' && { note }), ...(!model.present && { absent: true }) },
  };
}
