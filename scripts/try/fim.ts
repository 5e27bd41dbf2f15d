import { filesThatFit, windowFor } from '../../src/completion/budget.ts';
import { isOneLine } from '../../src/completion/situation.ts';
import { askFor } from '../../src/completion/template.ts';
import { currentFile } from '../../src/context/current-file.ts';
import type { Model } from '../../src/llm/model.ts';
import { chatProtocols, completionProtocols } from '../../src/llm/model-facts.ts';
import type { Request } from '../../src/llm/request.ts';
import type { Vendor } from '../../src/llm/vendor.ts';
import { defaultTimeouts } from '../../src/models/default-timeouts.ts';
import { readFacts } from '../../src/models/read-facts.ts';
import { chatWires, completionWires, isChatWire, isCompletionWire } from '../../src/providers/providers.ts';
import { findVendor } from '../../src/providers/vendors.ts';
import type { WireRequest } from '../../src/providers/wire-protocol.ts';
import { arrayAt, objectAt, stringAt } from '../../src/util/json.ts';
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
  const path = stringAt(row, 'filename') ?? 'untitled';
  const text = prefix + suffix;
  const source = { length: text.length, text: (start: number, end: number) => text.slice(Math.max(0, start), end) };
  const shown = currentFile(source, prefix.length, windowFor(model));
  const linePrefix = shown.prefix.slice(shown.prefix.lastIndexOf('\n') + 1);
  const asked = askFor(model, {
    ...shown,
    path,
    languageId: stringAt(row, 'languageId') ?? languageOf(path),
    maxLines: isOneLine(linePrefix, shown.suffix.split('\n', 1)[0] ?? '') ? 1 : maxLines,
    extra: filesThatFit(model, readFiles(row)),
  });
  if ('unsupported' in asked) return { error: asked.unsupported };
  const wire = write(model, asked.request);
  if (wire === undefined) return { endpoint: model.completion ?? model.chat ?? 'none', body: asked.request };
  return { endpoint: new URL(wire.url).pathname, body: wire.body };
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
  const name = stringAt(given, 'vendor') ?? 'openai-compatible';
  const vendor = findVendor(name);
  if (!vendor) return { error: `Unknown vendor "${name}".` };
  const chat = read(given, 'chat', chatProtocols, vendor.chat);
  const completion = read(given, 'completion', completionProtocols, vendor.completion);
  const id = stringAt(given, 'id') ?? 'model';
  return {
    ref: `${vendor.id}/${id}`,
    id,
    endpoint: endpointOf(vendor, stringAt(given, 'baseUrl')),
    ...(chat && { chat }),
    ...(completion && { completion }),
    facts: { ...(vendor.fim !== undefined && { fim: vendor.fim }), ...readFacts(given) },
  };
}

/** `null` takes a vendor's protocol away; what is not understood leaves it. */
function read<T extends string>(given: unknown, key: string, known: readonly T[], otherwise?: T): T | undefined {
  const value = typeof given === 'object' && given !== null ? Reflect.get(given, key) : undefined;
  if (value === null || value === false) return undefined;
  return known.find((name) => name === value) ?? otherwise;
}

function endpointOf(vendor: Vendor, baseUrl: string | undefined): Model['endpoint'] {
  return {
    provider: vendor.id,
    vendor: vendor.id,
    baseUrl: (baseUrl ?? vendor.baseUrl ?? 'http://localhost/v1').replace(/\/+$/, ''),
    keyHeader: vendor.keyHeader,
    headers: {},
    timeouts: defaultTimeouts(vendor.local),
    quirks: vendor.quirks,
    local: vendor.local,
  };
}

function readFiles(row: unknown): readonly { readonly filename: string; readonly text: string }[] {
  return arrayAt(row, 'context').flatMap((file) => {
    const filename = stringAt(file, 'filename');
    const text = stringAt(file, 'text');
    return filename === undefined || text === undefined ? [] : [{ filename, text: lineFeeds(text) }];
  });
}
