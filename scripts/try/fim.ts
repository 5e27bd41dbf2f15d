import type { CompletionDocument } from '../../src/completion/document.ts';
import { holeAt } from '../../src/completion/hole-at.ts';
import { askFor } from '../../src/completion/template.ts';
import type { Model } from '../../src/llm/model.ts';
import { modelRef } from '../../src/llm/model-ref.ts';
import type { Request } from '../../src/llm/request.ts';
import { readModelSettings } from '../../src/models/model-settings.ts';
import type { ProviderConfig } from '../../src/models/provider-config.ts';
import { readFacts } from '../../src/models/read-facts.ts';
import { isError, resolveModel, resolveProvider } from '../../src/models/resolve-model.ts';
import { chatWires, completionWires, isChatWire, isCompletionWire } from '../../src/providers/providers.ts';
import { findVendor, vendors } from '../../src/providers/vendors.ts';
import type { WireRequest } from '../../src/providers/wire-protocol.ts';
import { arrayAt, isObject, objectAt, stringAt } from '../../src/util/json.ts';
import { lineFeeds } from '../../src/util/line-feeds.ts';
import { languageOf } from './language-of.ts';

/** The default of the setting `tutti.completion.maxLines`. */
const maxLines = 20;

/** The request a model would get for a hole in a file: the path of its endpoint, and the body. */
export async function answer(row: unknown): Promise<unknown> {
  const prefix = stringAt(row, 'prefix');
  const suffix = stringAt(row, 'suffix');
  const model = readModel(objectAt(row, 'model'));
  if (prefix === undefined || suffix === undefined) return { error: 'A row needs "prefix" and "suffix".' };
  if ('error' in model) return model;
  const text = prefix + suffix;
  const document = documentOf(row, text);
  const asked = askFor(model, holeAt(document, document, prefix.length, model, maxLines, readFiles(row)));
  if ('unsupported' in asked) return { error: asked.unsupported };
  const wire = write(model, asked.request);
  if (wire === undefined) return { endpoint: model.completion ?? model.chat ?? 'none', body: asked.request };
  return { endpoint: new URL(wire.url).pathname, body: wire.body };
}

function documentOf(row: unknown, text: string): CompletionDocument {
  const path = stringAt(row, 'filename') ?? 'untitled';
  return {
    uri: path,
    path,
    languageId: stringAt(row, 'languageId') ?? languageOf(path),
    eol: '\n',
    readOnly: false,
    length: text.length,
    text: (start, end) => text.slice(Math.max(0, start), end),
  };
}

function write(model: Model, request: Request): WireRequest | undefined {
  const { chat, completion } = model;
  if (request.kind === 'chat') {
    return chat !== undefined && isChatWire(chat) ? chatWires[chat].write(model, request) : undefined;
  }
  return completion !== undefined && isCompletionWire(completion)
    ? completionWires[completion].write(model, request)
    : undefined;
}

/** Facts, and with them what else is known of the model: `id`, `vendor`, `baseUrl`, `completion`, `chat`. */
function readModel(given: unknown): Model | { readonly error: string } {
  const id = stringAt(given, 'id') ?? 'model';
  const name = stringAt(given, 'vendor') ?? 'openai-compatible';
  const vendor = findVendor(name);
  if (!vendor) return { error: `Unknown vendor "${name}".` };
  const config: ProviderConfig = {
    id: vendor.id,
    vendor: vendor.id,
    baseUrl: stringAt(given, 'baseUrl') ?? vendor.baseUrl ?? 'http://models.example.com/v1',
    headers: {},
    timeouts: {},
    models: { [id]: readFacts(given) },
  };
  const provider = resolveProvider(config, vendors);
  if (isError(provider)) return { error: provider.message };
  const { chat, completion, ...model } = resolveModel(
    provider,
    id,
    { catalog: new Map(), listed: undefined },
    readModelSettings({}, modelRef(vendor.id, id)),
  );
  return {
    ...model,
    ...(chat && !isTakenAway(given, 'chat') && { chat }),
    ...(completion && !isTakenAway(given, 'completion') && { completion }),
  };
}

/** `null` takes a vendor's protocol away. */
function isTakenAway(given: unknown, key: string): boolean {
  const value = isObject(given) ? given[key] : undefined;
  return value === null || value === false;
}

function readFiles(row: unknown): readonly { readonly filename: string; readonly text: string }[] {
  return arrayAt(row, 'context').flatMap((file) => {
    const filename = stringAt(file, 'filename');
    const text = stringAt(file, 'text');
    return filename === undefined || text === undefined ? [] : [{ filename, text: lineFeeds(text) }];
  });
}
