import * as l10n from '@vscode/l10n';
import type { SettingName, SettingValue } from '../../protocol/model-settings-view.ts';

/** How a setting is shown and read. */
export type SettingRule = NumberRule | TextRule | SwitchRule | PriceRule;

interface Words {
  readonly label: () => string;
  readonly hint: () => string;
}

export interface NumberRule extends Words {
  readonly kind: 'number';
  readonly least: number;
  readonly most?: number;
  readonly whole: boolean;
  /** With a slider; where it rests while nothing is sent. */
  readonly slider?: { readonly step: number; readonly rest: number };
}

export interface TextRule extends Words {
  /** `list`: one a line. */
  readonly kind: 'choice' | 'text' | 'list' | 'json';
}

interface SwitchRule extends Words {
  readonly kind: 'switch';
}

interface PriceRule extends Words {
  readonly kind: 'price';
}

export const settingRules: Readonly<Record<SettingName, SettingRule>> = {
  temperature: {
    kind: 'number',
    label: () => l10n.t('Temperature'),
    hint: () => l10n.t('Low is steady, high is varied'),
    least: 0,
    most: 2,
    whole: false,
    slider: { step: 0.05, rest: 1 },
  },
  topP: {
    kind: 'number',
    label: () => l10n.t('Top P'),
    hint: () => l10n.t('Share of likely words considered'),
    least: 0,
    most: 1,
    whole: false,
    slider: { step: 0.01, rest: 1 },
  },
  maxOutputTokens: {
    kind: 'number',
    label: () => l10n.t('Max output tokens'),
    hint: () => l10n.t('Where a reply is cut'),
    least: 1,
    whole: true,
  },
  reasoningEffort: {
    kind: 'choice',
    label: () => l10n.t('Reasoning effort'),
    hint: () => l10n.t('How long it thinks first'),
  },
  systemPrompt: {
    kind: 'text',
    label: () => l10n.t('System prompt'),
    hint: () => l10n.t('Said before every chat'),
  },
  stop: { kind: 'list', label: () => l10n.t('Stop at'), hint: () => l10n.t('Texts that end a reply, one a line') },
  extraBody: {
    kind: 'json',
    label: () => l10n.t('Extra body'),
    hint: () => l10n.t('A JSON object laid over the request’s body'),
  },
  omit: {
    kind: 'list',
    label: () => l10n.t('Never send'),
    hint: () => l10n.t('Names of body fields, one a line'),
  },
  contextWindow: {
    kind: 'number',
    label: () => l10n.t('Context window'),
    hint: () => l10n.t('Tokens of input and output together'),
    least: 1,
    whole: true,
  },
  outputLimit: {
    kind: 'number',
    label: () => l10n.t('Output limit'),
    hint: () => l10n.t('The most tokens it can write'),
    least: 1,
    whole: true,
  },
  images: { kind: 'switch', label: () => l10n.t('Sees images'), hint: () => l10n.t('Whether images are sent to it') },
  price: { kind: 'price', label: () => l10n.t('Price'), hint: () => l10n.t('US dollars for a million tokens') },
};

/** What was typed: a value to store (null = nothing), or what is wrong with it, and where. */
export type Typed =
  | { readonly valid: true; readonly value: SettingValue }
  | { readonly valid: false; readonly problem: string; readonly excerpt?: string };

export function readTyped(rule: SettingRule, text: string): Typed {
  if (text.trim() === '') return { valid: true, value: null };
  switch (rule.kind) {
    case 'number':
      return readNumber(rule, text);
    case 'list': {
      const lines = text.split('\n').filter((line) => line !== '');
      return { valid: true, value: lines.length === 0 ? null : lines };
    }
    case 'json':
      return readObject(text);
    case 'choice':
    case 'text':
    case 'switch':
    case 'price':
      return { valid: true, value: text };
  }
}

/** The value as it stands in its field. */
export function writeTyped(value: SettingValue): string {
  if (value === null) return '';
  if (Array.isArray(value)) return value.join('\n');
  return typeof value === 'object' ? JSON.stringify(value, undefined, 2) : String(value);
}

function readNumber(rule: NumberRule, text: string): Typed {
  // Number() would take "0x10" and "1e3"; a comma is for some a decimal sign and for others not.
  const value = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)\s*$/.test(text) ? Number(text) : Number.NaN;
  const inRange = value >= rule.least && value <= (rule.most ?? Number.MAX_SAFE_INTEGER);
  if (inRange && (!rule.whole || Number.isInteger(value))) return { valid: true, value };
  return { valid: false, problem: numberProblem(rule) };
}

function numberProblem({ least, most, whole }: NumberRule): string {
  if (most !== undefined) return l10n.t('Has to be a number from {0} to {1}, as in 0.7', least, most);
  return whole
    ? l10n.t('Has to be a whole number, {0} or more', least)
    : l10n.t('Has to be a number, {0} or more', least);
}

function readObject(text: string): Typed {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return { valid: true, value };
    return { valid: false, problem: l10n.t('Has to be an object, as in {0}', '{ "seed": 7 }') };
  } catch (error) {
    const at = placeOfError(text.trimEnd());
    const before = text.slice(0, at).split('\n');
    const column = (before.at(-1) ?? '').length;
    const line = text.split('\n')[before.length - 1] ?? '';
    const reason = messageOf(error).replace(
      /,? (\.\.\.)?"[\s\S]*is not valid JSON$|( in JSON)? at position [\s\S]*$/,
      '',
    );
    return {
      valid: false,
      problem: l10n.t('Line {0}, column {1}: {2}', before.length, column + 1, reason),
      // The end of a long line is enough to see where it went wrong.
      excerpt: `${line.slice(Math.max(0, column - 30), column + 10)}\n${' '.repeat(Math.min(30, column))}^`,
    };
  }
}

/** The parser seldom says where: it is the end of the longest beginning that only lacks its end. */
function placeOfError(text: string): number {
  let [good, bad] = [0, text.length + 1];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (onlyLacksItsEnd(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function onlyLacksItsEnd(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const message = messageOf(error);
    const position = /at position (\d+)/.exec(message)?.[1];
    return /Unexpected end|Unterminated string/.test(message) || Number(position) >= text.length;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
