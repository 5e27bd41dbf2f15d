import type { SettingName } from '../../protocol/chat-view.ts';

/** One row of the settings panel. */
export type SettingRow = NumberRow | TextRow;

interface NumberRow {
  readonly kind: 'number';
  readonly name: 'temperature' | 'topP' | 'maxOutputTokens';
  readonly label: string;
  readonly hint: string;
  readonly least: number;
  readonly most?: number;
  readonly whole: boolean;
}

interface TextRow {
  readonly kind: 'choice' | 'text';
  readonly name: Exclude<SettingName, NumberRow['name']>;
  readonly label: string;
  readonly hint: string;
}

export const settingRows: readonly SettingRow[] = [
  {
    kind: 'number',
    name: 'temperature',
    label: 'Temperature',
    hint: 'Low is steady, high is varied',
    least: 0,
    most: 2,
    whole: false,
  },
  {
    kind: 'number',
    name: 'topP',
    label: 'Top P',
    hint: 'Share of likely words considered, up to 1',
    least: 0,
    most: 1,
    whole: false,
  },
  {
    kind: 'number',
    name: 'maxOutputTokens',
    label: 'Max output tokens',
    hint: 'Where a reply is cut',
    least: 1,
    whole: true,
  },
  { kind: 'choice', name: 'reasoningEffort', label: 'Reasoning effort', hint: 'How long it thinks first' },
  { kind: 'text', name: 'systemPrompt', label: 'System prompt', hint: 'Said before every chat' },
];

/** What was typed: a value to store (null = not sent), or what is wrong with it. */
export type Typed =
  | { readonly valid: true; readonly value: string | number | null }
  | { readonly valid: false; readonly problem: string };

export function readTyped(row: SettingRow, text: string): Typed {
  if (text.trim() === '') return { valid: true, value: null };
  if (row.kind !== 'number') return { valid: true, value: text };
  // Number() would take "0x10" and "1e3"; a comma is for some a decimal sign and for others not.
  const value = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)\s*$/.test(text) ? Number(text) : Number.NaN;
  const inRange = value >= row.least && value <= (row.most ?? Number.MAX_SAFE_INTEGER);
  if (inRange && (!row.whole || Number.isInteger(value))) return { valid: true, value };
  return { valid: false, problem: problemWith(row) };
}

function problemWith({ least, most, whole }: NumberRow): string {
  const kind = whole ? 'a whole number' : 'a number';
  return most === undefined
    ? `Has to be ${kind}, ${least} or more`
    : `Has to be ${kind} from ${least} to ${most}, as in 0.7`;
}
