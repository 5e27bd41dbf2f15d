import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chatWires, completionWires } from '../../src/providers/providers.ts';
import type { WireName } from '../../src/providers/wire-protocol.ts';

/** Recorded vendor traffic, which lies beside the repository and not in it. */
export const recordingsFolder = resolve(import.meta.dirname, '../../../shared/corpora/streams');
export const haveRecordings = existsSync(join(recordingsFolder, 'index.jsonl'));

export interface Recording {
  readonly file: string;
  readonly vendor: string;
  readonly protocol: string;
  readonly kind: 'stream' | 'error' | 'model';
  readonly http_status: number;
  readonly content_type: string;
  readonly response_headers: Readonly<Record<string, string>>;
  readonly network_chunk_lengths?: readonly number[];
  readonly strict?: boolean;
  /** For streams: it came to its end. */
  readonly complete?: boolean;
  readonly expected: Expected;
}

export interface Expected {
  readonly text: string;
  readonly reasoning: string;
  readonly refusal: string;
  readonly tool_calls: readonly { id: string; name: string; arguments: string; arguments_json: unknown }[];
  readonly finish_reason: string | null;
  readonly usage: Readonly<Record<string, unknown>> | null;
  readonly error: unknown;
}

export const wires: readonly WireName[] = [...typedKeys(chatWires), ...typedKeys(completionWires)];

/** The wire a recording is of; some go by another name there. */
export function wireOf({ protocol }: Recording): WireName | undefined {
  if (protocol === 'bedrock-converse-stream') return 'bedrock-converse';
  return wires.find((wire) => wire === protocol);
}

function typedKeys<Key extends string>(record: Readonly<Record<Key, unknown>>): readonly Key[] {
  return Object.keys(record) as Key[];
}

/** Never empty where the folder is there; empty, with a message, where it is not. */
export function recordings(wanted: (recording: Recording) => boolean): readonly Recording[] {
  if (!haveRecordings) {
    console.warn(`no recordings at ${recordingsFolder}: nothing is replayed`);
    return [];
  }
  const lines = readFileSync(join(recordingsFolder, 'index.jsonl'), 'utf8').split('\n');
  const all = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Recording);
  const found = all.filter(wanted);
  if (found.length === 0) throw new Error('no recording is of the wanted kind');
  return found;
}

export function bytesOf(recording: Recording): Buffer {
  return readFileSync(join(recordingsFolder, recording.file));
}
