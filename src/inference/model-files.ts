import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import type { ModelFacts } from '../llm/model-facts.ts';
import type { ListedModel } from '../llm/vendor.ts';
import { parseJson } from '../util/json.ts';
import { messageOf } from '../util/message-of.ts';
import type { RemoteFile } from './download.ts';
import { type GgufHeader, readGgufHeader } from './gguf-header.ts';
import { type Weights, weightsUrl } from './weights.ts';

/** A model the pickers can show, on disk or not. */
export interface LocalModel extends ListedModel {
  readonly path: string;
  readonly present: boolean;
  /** Why a file that is there cannot be used. */
  readonly problem?: string;
  readonly purpose?: string;
}

export interface ModelFilesOptions {
  readonly folder: string;
  readonly weights: readonly Weights[];
  readonly hubUrl: string;
}

/** Process, llama.cpp and its working memory, besides weights and context. */
const overheadBytes = 200_000_000;
/** Room for a conversation with a model that is in no list; many are trained on more than memory can hold. */
const usualContext = 8192;

/** Which models there are: those of the list, other GGUF files in the folder, and files anywhere that the user chose. */
export class ModelFiles {
  readonly #options: ModelFilesOptions;
  readonly #headers = new Map<string, { readonly stamp: string; readonly header: Promise<GgufHeader> }>();

  constructor(options: ModelFilesOptions) {
    this.#options = options;
  }

  async list(): Promise<readonly LocalModel[]> {
    const { folder, weights } = this.#options;
    const names = await readdir(folder).catch((): string[] => []);
    const listed = new Set(weights.map(({ file }) => file));
    const others = names.filter((name) => name.toLowerCase().endsWith('.gguf') && !listed.has(name));
    return [
      ...weights.map((row) => this.#fromList(row, names.includes(row.file))),
      ...(await Promise.all(others.map((name) => this.#fromFile(name, join(folder, name))))),
      ...(await Promise.all((await this.#chosen()).map((path) => this.#fromFile(path, path)))),
    ];
  }

  async find(id: string): Promise<LocalModel | undefined> {
    // A file that the user names need not be on any list.
    return (
      (await this.list()).find((model) => model.id === id) ?? (isAbsolute(id) ? this.#fromFile(id, id) : undefined)
    );
  }

  /** What has to be fetched for a model of the list; undefined when nothing can be. */
  remoteFile(id: string): RemoteFile | undefined {
    const row = this.#options.weights.find((candidate) => candidate.id === id);
    if (!row) return undefined;
    const { bytes, sha256, file } = row;
    return { url: weightsUrl(row, this.#options.hubUrl), target: join(this.#options.folder, file), bytes, sha256 };
  }

  /** Remembers a GGUF file anywhere on disk. Throws GgufError when it is no usable model. */
  async add(path: string): Promise<LocalModel> {
    await readGgufHeader(path);
    const chosen = await this.#chosen();
    if (!chosen.includes(path)) await this.#remember([...chosen, path]);
    return await this.#fromFile(path, path);
  }

  /** Deletes what was fetched or put into the folder; a file that the user chose elsewhere is only forgotten. */
  async remove(id: string): Promise<void> {
    const chosen = await this.#chosen();
    if (chosen.includes(id)) return await this.#remember(chosen.filter((path) => path !== id));
    const model = (await this.list()).find((candidate) => candidate.id === id);
    if (!model) return;
    await Promise.all([rm(model.path, { force: true }), rm(`${model.path}.part`, { force: true })]);
  }

  get #chosenFile(): string {
    return join(this.#options.folder, 'chosen-files.json');
  }

  async #chosen(): Promise<readonly string[]> {
    const parsed = parseJson(await readFile(this.#chosenFile, 'utf8').catch(() => ''));
    return Array.isArray(parsed) ? parsed.filter((path): path is string => typeof path === 'string') : [];
  }

  async #remember(chosen: readonly string[]): Promise<void> {
    await mkdir(this.#options.folder, { recursive: true });
    await writeFile(this.#chosenFile, JSON.stringify(chosen, null, 2));
  }

  #fromList(row: Weights, present: boolean): LocalModel {
    const facts = {
      ...sharedFacts,
      name: row.name,
      fim: row.fim,
      contextWindow: row.contextTokens,
      fileBytes: row.bytes,
      memoryBytes: row.bytes + row.contextTokens * row.cacheBytesPerToken + overheadBytes,
      license: row.license,
    };
    return { id: row.id, path: join(this.#options.folder, row.file), present, purpose: row.purpose, facts };
  }

  async #fromFile(id: string, path: string): Promise<LocalModel> {
    try {
      return { id, path, present: true, facts: factsOf(await this.#header(path), path) };
    } catch (error) {
      return { id, path, present: false, problem: messageOf(error), facts: { ...sharedFacts, name: basename(path) } };
    }
  }

  /** Reads a header again only when the file has changed. */
  async #header(path: string): Promise<GgufHeader> {
    const found = await stat(path).catch(() => undefined);
    const stamp = `${found?.size} ${found?.mtimeMs}`;
    const known = this.#headers.get(path);
    if (known?.stamp === stamp) return await known.header;
    const header = readGgufHeader(path);
    this.#headers.set(path, { stamp, header });
    return await header;
  }
}

const sharedFacts: ModelFacts = {
  images: false,
  tools: false,
  reasoningEfforts: [],
  price: { input: 0, output: 0 },
};

function factsOf(header: GgufHeader, path: string): ModelFacts {
  const contextWindow = Math.min(header.trainedContext ?? usualContext, usualContext);
  return {
    ...sharedFacts,
    name: header.name ?? basename(path),
    fim: header.infill ? 'infill' : 'chat',
    contextWindow,
    fileBytes: header.fileBytes,
    memoryBytes: header.fileBytes + contextWindow * (header.cacheBytesPerToken ?? 0) + overheadBytes,
    ...(header.license !== undefined && { license: header.license }),
  };
}
