import { parseDocument } from 'yaml';
import { isObject, stringAt } from '../util/json.ts';

/** A `*.prompt.md` file, read as leniently as can be: whatever its front matter is, its text can be sent. */
export interface PromptFile {
  /** What is written behind the slash. */
  readonly name: string;
  readonly description?: string;
  readonly hint?: string;
  /** Names of models, the first that is there. */
  readonly models: readonly string[];
  readonly mode?: string;
  readonly body: string;
  /** What is wrong with its front matter. */
  readonly problem?: string;
}

const ending = /\.prompt\.md$/;

export function readPromptFile(fileName: string, text: string): PromptFile {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const [whole = '', front = ''] = /^---[ \t]*\n([\s\S]*?)\n?---[ \t]*(?:\n|$)/.exec(plain) ?? [];
  const { values, problem } = readFront(front);
  const description = stringAt(values, 'description');
  const mode = stringAt(values, 'mode') ?? stringAt(values, 'agent');
  const hint = stringAt(values, 'argument-hint');
  const name = stringAt(values, 'name') ?? fileName.replace(ending, '');
  return {
    name: name.trim().replace(/[^\w.-]+/g, '-'),
    models: strings(values['model']),
    body: plain.slice(whole.length).trim(),
    ...(description !== undefined && { description }),
    ...(hint !== undefined && { hint }),
    ...(mode !== undefined && { mode }),
    ...(problem !== undefined && { problem }),
  };
}

function readFront(front: string): { values: Readonly<Record<string, unknown>>; problem?: string } {
  if (front.trim() === '') return { values: {} };
  try {
    const document = parseDocument(front, { logLevel: 'silent' });
    const values: unknown = document.errors.length === 0 ? document.toJS({ maxAliasCount: 10 }) : undefined;
    if (isObject(values)) return { values };
    return {
      values: byLines(front),
      problem: document.errors[0]?.message.split('\n', 1)[0] ?? 'It is not a list of names and values.',
    };
  } catch (error) {
    return { values: byLines(front), problem: String(error) };
  }
}

/** What plainly stands there, although the rest is no YAML. */
function byLines(front: string): Readonly<Record<string, string>> {
  const found = [...front.matchAll(/^([\w-]+):[ \t]*(.+?)[ \t]*$/gm)];
  return Object.fromEntries(found.map(([, key = '', value = '']) => [key, value.replace(/^(['"])(.*)\1$/, '$2')]));
}

const strings = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === 'string' && item !== '');
