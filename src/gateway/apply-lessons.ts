import type { Lesson } from '../llm/lesson.ts';
import type { Model } from '../llm/model.ts';
import type { Parameters, Request } from '../llm/request.ts';
import { isObject } from '../util/json.ts';

/** The names wires give a parameter. */
export const namesOfParameters: ReadonlyMap<string, keyof Parameters> = new Map([
  ['temperature', 'temperature'],
  ['top_p', 'topP'],
  ['topP', 'topP'],
  ['max_tokens', 'maxOutputTokens'],
  ['max_completion_tokens', 'maxOutputTokens'],
  ['max_output_tokens', 'maxOutputTokens'],
  ['maxOutputTokens', 'maxOutputTokens'],
  ['num_predict', 'maxOutputTokens'],
  ['n_predict', 'maxOutputTokens'],
  ['reasoning_effort', 'reasoningEffort'],
  ['reasoning', 'reasoningEffort'],
  ['effort', 'reasoningEffort'],
  ['output_config', 'reasoningEffort'],
  ['thinking', 'reasoningEffort'],
  ['think', 'reasoningEffort'],
  ['thinkingConfig', 'reasoningEffort'],
  ['stop', 'stop'],
  ['stop_sequences', 'stop'],
  ['stopSequences', 'stop'],
]);

export interface Taught {
  readonly model: Model;
  readonly request: Request;
}

/** Model and request as the lessons want them. The user's `extraBody` goes over a lesson that a field be left out. */
export function applyLessons(model: Model, request: Request, lessons: readonly Lesson[]): Taught {
  return lessons.reduce((taught, lesson) => applyLesson(taught, lesson), { model, request });
}

/** The lessons that change what the user explicitly asked for: to be told with each reply. */
export function lessonsAgainst(request: Request, lessons: readonly Lesson[]): readonly Lesson[] {
  return lessons.filter((lesson) => {
    if (lesson.kind !== 'omit') return false;
    const parameter = namesOfParameters.get(lesson.name);
    return parameter !== undefined && request.parameters[parameter] !== undefined;
  });
}

function applyLesson({ model, request }: Taught, lesson: Lesson): Taught {
  switch (lesson.kind) {
    case 'omit':
      return { model, request: { ...request, parameters: without(request.parameters, lesson.name) } };
    case 'form': {
      const { endpoint } = model;
      return {
        model: { ...model, endpoint: { ...endpoint, quirks: { ...endpoint.quirks, ...lesson.quirk } } },
        request,
      };
    }
    case 'window': {
      const contextWindow = Math.min(lesson.tokens, model.facts.contextWindow ?? lesson.tokens);
      return { model: { ...model, facts: { ...model.facts, contextWindow } }, request };
    }
  }
}

/** Whether the user put the field into the body, or into a group of fields in it. */
export function isWrittenByHand(name: string, { extraBody = {} }: Parameters): boolean {
  const groups = Object.values(extraBody).filter(isObject);
  return [extraBody, ...groups].some((fields) => Object.hasOwn(fields, name));
}

function without(parameters: Parameters, name: string): Parameters {
  if (isWrittenByHand(name, parameters)) return parameters;
  const parameter = namesOfParameters.get(name);
  const { omit = [] } = parameters;
  const kept = Object.fromEntries(Object.entries(parameters).filter(([key]) => key !== parameter));
  // Some wires demand an output limit: without the user's they send their own.
  return parameter === 'maxOutputTokens' ? kept : { ...kept, omit: [...omit, name] };
}
