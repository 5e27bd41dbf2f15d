import type { WindowSize } from '../context/current-file.ts';
import type { Model } from '../llm/model.ts';
import { isSuffixFirst } from './fim-templates.ts';
import { formOf } from './form.ts';
import type { PromptSpeed } from './prompt-speed.ts';

/** How much of everything a prompt may hold. */
export interface Budget {
  /** Of the text of other files. */
  readonly contextCharacters: number;
  readonly prefixCharacters: number;
  readonly suffixCharacters: number;
}

/** A token of code is about this many characters; on the careful side. */
const charactersPerToken = 3;

/** The time a model has to read a prompt of which it knows nothing yet, so that its first word comes in time. */
const readingMs = 600;

/** Sizes of a prompt: about 130 to 4096 tokens. Steps, so that a slightly other speed leaves the prompt as it is. */
const steps = [400, 530, 700, 940, 1250, 1670, 2200, 2950, 3900, 5200, 6900, 9200, 12_288] as const;

/** Until a model has been measured: what a pause in typing leaves time for. */
const untilMeasured = {
  /** Reads some hundred tokens a second, on the processor the editor needs too. */
  embedded: 2200,
  local: 5200,
  remote: 9200,
} as const;

/** Below this, all goes to the file itself. */
const leastWithContext = 1600;
/** Of the file before the cursor, before other files get more. */
const leastPrefix = 1000;

/** How much `model` is shown, by what it can read and how fast it was seen to read. */
export function budgetFor(model: Model, speed?: PromptSpeed): Budget {
  const all = Math.max(0, Math.min(inTime(model, speed), room(model)));
  if (all < leastWithContext) return split(all, 0, 0.2);
  // With the suffix first, a longer one costs nothing from key to key.
  const suffixShare = hasSuffixFirst(model) ? 0.2 : 0.08;
  const prefix = Math.max(all * 0.4, Math.min(leastPrefix, all * 0.6));
  return split(all, Math.min(all * (1 - suffixShare) - prefix, extraRoom(model)), suffixShare);
}

/**
 * How much of the file itself is shown beside `shown` characters of other files and the prefix: without any, the whole
 * budget is the file's; with them, what follows the cursor is a tenth at most, since a model that is told it last reads it anew at every key.
 */
export function windowBeside(model: Model, budget: Budget, shown: number, prefixLength: number): WindowSize {
  const { contextCharacters, prefixCharacters, suffixCharacters } = budget;
  const all = contextCharacters + prefixCharacters + suffixCharacters;
  const wanted: WindowSize =
    shown === 0
      ? { prefixCharacters: Math.floor(all * 0.77), suffixCharacters: Math.floor(all * 0.23) }
      : { prefixCharacters, suffixCharacters: besideFiles(model, budget, shown + prefixLength) };
  return withinDoor(model, wanted);
}

function besideFiles(model: Model, { suffixCharacters }: Budget, before: number): number {
  if (hasSuffixFirst(model)) return suffixCharacters;
  const tenth = Math.floor(before / 11 / suffixStep) * suffixStep;
  return Math.min(suffixCharacters, Math.max(tenth, leastSuffix));
}

/** So that the suffix does not grow with every key. */
const suffixStep = 64;
/** Some lines. */
const leastSuffix = 128;

/** The limit of an answer: some tokens a line, and never more than the model gives. */
export function outputTokens(model: Model, maxLines: number): number {
  const wanted = maxLines === 1 ? 64 : Math.min(384, 64 + 16 * maxLines);
  const { maxOutputTokens, contextWindow } = model.facts;
  const most = Math.min(
    maxOutputTokens ?? wanted,
    contextWindow === undefined ? wanted : Math.floor(contextWindow / 4),
  );
  return Math.max(1, Math.min(wanted, most));
}

/** The last ones matter most; the first that does not fit whole is cut at a line's end. */
export function filesThatFit<File extends { readonly text: string }>(
  files: readonly File[],
  characters: number,
): readonly File[] {
  let left = characters;
  const fitting = files.toReversed().flatMap((file) => {
    const text = linesWithin(file.text, left);
    left -= text.length;
    if (text.length < file.text.length) left = 0;
    return text === '' ? [] : [text.length === file.text.length ? file : { ...file, text }];
  });
  return fitting.toReversed();
}

/** Fewer say nothing. */
const leastOfFile = 200;

function linesWithin(text: string, characters: number): string {
  if (text.length <= characters) return text;
  return characters < leastOfFile ? '' : text.slice(0, text.lastIndexOf('\n', characters - 1) + 1);
}

function split(all: number, context: number, suffixShare: number): Budget {
  const contextCharacters = Math.max(0, Math.floor(context));
  const suffixCharacters = Math.floor(all * suffixShare);
  return {
    contextCharacters,
    prefixCharacters: Math.floor(all) - contextCharacters - suffixCharacters,
    suffixCharacters,
  };
}

function inTime(model: Model, speed: PromptSpeed | undefined): number {
  const hoped = untilMeasured[placeOf(model)];
  const measured = speed?.charactersWithin(model.ref, readingMs);
  if (speed === undefined || measured === undefined) return hoped;
  return speed.wasSlow(model.ref) ? stepBelow(measured) : Math.max(hoped, stepBelow(measured));
}

function placeOf({ completion, endpoint }: Model): keyof typeof untilMeasured {
  if (completion === 'embedded') return 'embedded';
  return endpoint.local || endpoint.selfHosted ? 'local' : 'remote';
}

function stepBelow(characters: number): number {
  return steps.findLast((step) => step <= characters) ?? steps[0];
}

/** Characters the model can read besides what it writes. */
function room(model: Model): number {
  const { contextWindow } = model.facts;
  if (contextWindow === undefined) return steps[steps.length - 1] ?? 0;
  return Math.max(0, contextWindow - outputTokens(model, 20) - 64) * charactersPerToken;
}

function hasSuffixFirst(model: Model): boolean {
  const form = formOf(model);
  return form.kind === 'raw' && isSuffixFirst(form.template);
}

/**
 * llama.cpp's `/infill` takes the last three quarters of a batch from the prefix and the first quarter from the suffix.
 * What is cut there is cut anew at every key, and no cache helps: better never to send more.
 */
const batchTokens = 2048;

function isBatched(model: Model): boolean {
  return model.completion === 'llamacpp-infill' && formOf(model).kind === 'infill';
}

function withinDoor(model: Model, { prefixCharacters, suffixCharacters }: WindowSize): WindowSize {
  if (!isBatched(model)) return { prefixCharacters, suffixCharacters };
  const quarter = (batchTokens / 4) * charactersPerToken;
  return {
    prefixCharacters: Math.min(prefixCharacters, 3 * quarter),
    suffixCharacters: Math.min(suffixCharacters, quarter - 32),
  };
}

/** Other files get what the batch and twice the answer leave of the window. */
function extraRoom(model: Model): number {
  const { contextWindow } = model.facts;
  if (contextWindow === undefined || !isBatched(model)) return Number.POSITIVE_INFINITY;
  return Math.max(0, contextWindow - batchTokens - 2 * outputTokens(model, 20)) * charactersPerToken;
}
