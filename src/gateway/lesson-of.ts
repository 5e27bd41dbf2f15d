import type { Lesson } from '../llm/lesson.ts';
import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import type { Protocol } from '../llm/model-facts.ts';
import type { Request } from '../llm/request.ts';
import { isWrittenByHand, namesOfParameters } from './apply-lessons.ts';

/** What a refused request teaches: to leave out the parameter it names, or to send its twin. Most refusals teach nothing. */
export function lessonOf(error: LlmError | undefined, model: Model, request: Request): Lesson | undefined {
  if (error && isAboutMarks(error, model, request)) return { kind: 'omit', name: 'cache_control' };
  if (error?.status !== 400 || error.code !== 'invalid-request') return undefined;
  const isAboutValue = valueComplaint.test(error.message);
  const protocol = request.kind === 'chat' ? model.chat : model.completion;
  const twin = twins.find((row) => row.protocol === protocol && row.says(error) && !(row.isValue && isAboutValue));
  if (twin) return twin.lesson(model);
  const name = nameOf(error.parameter);
  // What the user wrote into the body by hand is not taken out of it.
  return name === undefined || isWrittenByHand(name, request.parameters) ? undefined : { kind: 'omit', name };
}

/** Marks of what is to be kept for the next turn stand deep in the body, and Bedrock refuses them with a 403. */
function isAboutMarks({ status, parameter = '', message }: LlmError, { endpoint }: Model, request: Request): boolean {
  const { cacheMarks = 'never' } = endpoint.quirks;
  if (cacheMarks === 'never' || request.parameters.omit?.includes('cache_control')) return false;
  return (status === 400 || status === 403 || status === 422) && marksComplaint.test(`${parameter} ${message}`);
}

const marksComplaint = /\bcache_?control\b|\bcache_?points?\b|\bcached_?content\b|\bprompt caching\b/i;

/** Whether the complaint is about this once-given value rather than about the parameter: no lesson for the next time. */
export function isAboutValue(error: LlmError): boolean {
  return valueComplaint.test(error.message);
}

const valueComplaint =
  /too (?:large|small|high|low|long)|at (?:most|least)|(?:less|greater|more|larger|smaller) than|\bbetween\b|maximum|minimum|exceeds?\b|out of range|\[0, ?[12]/i;

interface Twin {
  readonly protocol: Protocol;
  readonly says: (error: LlmError) => boolean;
  /** The field has a value that may be what is wrong. */
  readonly isValue: boolean;
  readonly lesson: (model: Model) => Lesson;
}

/** Fields that come in two forms, of which some endpoints take only the one and some only the other. */
const twins: readonly Twin[] = [
  {
    protocol: 'openai-chat',
    says: ({ parameter }) => parameter === 'max_tokens',
    isValue: true,
    lesson: () => ({ kind: 'form', quirk: { maxTokensField: 'max_completion_tokens' } }),
  },
  {
    protocol: 'openai-chat',
    says: ({ parameter }) => parameter === 'max_completion_tokens',
    isValue: true,
    lesson: () => ({ kind: 'form', quirk: { maxTokensField: 'max_tokens' } }),
  },
  {
    protocol: 'openai-chat',
    says: ({ parameter, message }) =>
      /^messages\W*\d*\W*role$/.test(parameter ?? '') ||
      /\brole\b.{0,80}\b(?:developer|system)\b|\b(?:developer|system)\W{0,2}(?: message)?\s*role\b|(?:unknown variant|does not support) .?(?:developer|system)\b/i.test(
        message,
      ),
    isValue: false,
    lesson: ({ endpoint }) => {
      const systemRole = endpoint.quirks.systemRole === 'developer' ? 'system' : 'developer';
      return { kind: 'form', quirk: { systemRole } };
    },
  },
];

/** Fields without which a request asks nothing, or something else. */
const essential: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'input',
  'contents',
  'prompt',
  'suffix',
  'input_prefix',
  'input_suffix',
  'system',
  'instructions',
  'systemInstruction',
  'system_instruction',
  'stream',
  'tools',
]);

/** Objects in the body that hold parameters. */
const groups: ReadonlySet<string> = new Set(['generationConfig', 'generation_config', 'inferenceConfig', 'options']);

/** The parameter itself where the path leads to one (`options.temperature`), else the field of the body. */
function nameOf(path: string | undefined): string | undefined {
  const [field, ...rest] = (path ?? '').split(/[.[\]]+/).filter((step) => step !== '');
  if (field === undefined || essential.has(field)) return undefined;
  const last = rest.at(-1);
  return last !== undefined && (groups.has(field) || namesOfParameters.has(last)) ? last : field;
}
