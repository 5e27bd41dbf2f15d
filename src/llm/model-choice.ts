import { isObject, parseJson } from '../util/json.ts';
import { isModelRef, type ModelRef } from './model-ref.ts';

/** What a role or a chat may be given: one model, several in their order, or Auto. Written so in settings and with chats. */
export type ModelChoice = ModelRef | 'auto' | readonly ModelRef[] | ChainChoice;

export interface ChainChoice {
  readonly chain: readonly ModelRef[];
  /** Behind a model on this machine one elsewhere may be asked. */
  readonly localToCloud?: boolean;
  /** Completions: the second model is asked, too, when the first has said nothing for so long. */
  readonly hedgeMs?: number;
}

/** A choice as it is followed. */
export interface Chain {
  readonly models: readonly ModelRef[];
  readonly localToCloud: boolean;
  readonly hedgeMs?: number;
  /** The models come from the setting `tutti.auto`, in an order found for each request. */
  readonly auto: boolean;
}

export const noChain: Chain = { models: [], localToCloud: false, auto: false };

/** The chain a setting's value stands for; without models where it is none. What is no model in it counts as absent. */
export function readChain(value: unknown): Chain {
  if (value === 'auto') return { ...noChain, auto: true };
  if (isModelRef(value)) return { ...noChain, models: [value] };
  if (Array.isArray(value)) return { ...noChain, models: refsIn(value) };
  if (!isObject(value) || !Array.isArray(value['chain'])) return noChain;
  const { hedgeMs } = value;
  return {
    models: refsIn(value['chain']),
    localToCloud: value['localToCloud'] === true,
    auto: false,
    ...(typeof hedgeMs === 'number' && hedgeMs >= 0 && { hedgeMs }),
  };
}

export function isEmpty({ models, auto }: Chain): boolean {
  return models.length === 0 && !auto;
}

export function isModelChoice(value: unknown): value is ModelChoice {
  return !isEmpty(readChain(value));
}

/** A choice as the text that is kept with a chat; a single model stays its ref. */
export function choiceText(choice: ModelChoice): string {
  return typeof choice === 'string' ? choice : JSON.stringify(choice);
}

export function readChoice(text: string | undefined): ModelChoice | undefined {
  if (text === undefined) return undefined;
  const value = /^[[{]/.test(text) ? parseJson(text) : text;
  return isModelChoice(value) ? value : undefined;
}

function refsIn(values: readonly unknown[]): readonly ModelRef[] {
  return [...new Set(values.filter(isModelRef))];
}
