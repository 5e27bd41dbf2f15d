import type { Lesson } from '../llm/lesson.ts';
import type { LlmError, LlmErrorCode } from '../llm/llm-error.ts';
import type { Notice } from '../llm/stream-event.ts';
import { wordBudget } from '../llm/word-budget.ts';
import type { ErrorAction, ErrorView } from '../protocol/chat-view.ts';
import { clockTime } from '../util/clock-time.ts';

/** Everything a user reads about a request that went wrong or went another way. */

interface Wording {
  readonly cause: (error: LlmError, model: string) => string;
  readonly nextStep: string | ((error: LlmError) => string);
  readonly action?: ErrorAction;
}

const addProvider: ErrorAction = { label: 'Add Provider…', command: 'addProvider' };
const switchModel: ErrorAction = { label: 'Switch Model…', command: 'switchModel' };
const modelSettings: ErrorAction = { label: 'Model Settings', command: 'modelSettings' };
const testConnection: ErrorAction = { label: 'Test Connection', command: 'testConnection' };

/** Sends the message again, past the budget. */
const allowOnce: ErrorAction = { label: 'Allow Once', command: 'allowOverBudget' };

/** Sends the message again, behind a summary of what came before it. */
const compactAndRetry: ErrorAction = { label: 'Compact and Retry', command: 'compactAndRetry' };

const tryLater = 'Try again in a moment, or switch to another model.';

const wordings: Readonly<Record<LlmErrorCode, Wording>> = {
  authentication: {
    cause: (_, model) => `The key for ${model} was refused.`,
    nextStep: 'Add the provider again with a valid key.',
    action: addProvider,
  },
  permission: {
    cause: (_, model) => `The key is valid but may not use ${model}.`,
    nextStep: 'Ask for access at the vendor, or switch to a model the key may use.',
    action: switchModel,
  },
  'not-found': {
    cause: (_, model) => `The endpoint does not know ${model}, or the address is wrong.`,
    nextStep: 'Choose a model from the list, or check the base URL of the provider.',
    action: switchModel,
  },
  'invalid-request': {
    cause: (error, model) =>
      error.parameter === undefined
        ? `${model} refused the request.`
        : `${model} refused the request because of "${error.parameter}".`,
    nextStep: (error) =>
      error.parameter === undefined
        ? 'Read the details; a parameter can be changed or left out in the model’s settings.'
        : `Clear "${error.parameter}" in the model’s settings, or name it under "omit" in tutti.models.`,
    action: modelSettings,
  },
  'context-overflow': {
    cause: (_, model) => `The conversation is longer than ${model} can read.`,
    nextStep:
      'Compact puts a summary in the place of what was said before and asks again. Or shorten the last message, or switch to a model with a larger context.',
    action: compactAndRetry,
  },
  'rate-limit': {
    cause: (error, model) => `${model} gets too many requests just now.${pause(error)}`,
    nextStep: tryLater,
    action: switchModel,
  },
  quota: {
    cause: (error, model) => `The quota for ${model} is used up.${pause(error)}`,
    nextStep: 'Check plan and billing at the vendor, or switch to another model.',
    action: switchModel,
  },
  overloaded: { cause: (_, model) => `${model} is overloaded.`, nextStep: tryLater, action: switchModel },
  server: { cause: (_, model) => `The server of ${model} failed.`, nextStep: tryLater, action: switchModel },
  'content-filter': {
    cause: (_, model) => `A content filter of ${model} stopped the reply.`,
    nextStep: 'Word the question differently, or switch to another model.',
    action: switchModel,
  },
  'connection-refused': {
    cause: (error) => `Nothing listens at ${error.url ?? 'the address'}.`,
    nextStep: 'Start the server, or correct the base URL of the provider.',
    action: testConnection,
  },
  'host-not-found': {
    cause: (error) => `The host of ${error.url ?? 'the address'} cannot be found.`,
    nextStep: 'Check the spelling of the base URL and the network connection.',
    action: testConnection,
  },
  tls: {
    // Who issued it is in the message: that tells a company's own from an attacker's.
    cause: (error) => `The certificate of ${error.url ?? 'the server'} is not trusted: ${error.message}`,
    nextStep: 'If it is your company’s, name its certificate file as "caFile" of the provider.',
  },
  'connection-lost': {
    cause: (_, model) => `The connection to ${model} was lost.`,
    nextStep: 'Retry; what had arrived is kept above.',
  },
  'connect-timeout': {
    cause: (error) => `No connection to ${error.url ?? 'the server'} came about in time.`,
    nextStep: 'Check network and proxy, or raise "connectMs" under the provider’s "timeouts".',
    action: testConnection,
  },
  'first-token-timeout': {
    cause: (_, model) => `${model} did not begin to answer in time.`,
    nextStep: 'Retry, or raise "firstTokenMs" under the provider’s "timeouts" if the model is slow.',
  },
  'idle-timeout': {
    cause: (_, model) => `${model} stopped in the middle of its reply.`,
    nextStep: 'Retry, or raise "idleMs" under the provider’s "timeouts". What had arrived is kept above.',
  },
  'stream-cut': {
    cause: (_, model) => `The reply of ${model} broke off before its end.`,
    nextStep: 'Retry; what had arrived is kept above.',
  },
  'malformed-response': {
    cause: (_, model) => `${model} answered with something that cannot be read.`,
    nextStep: 'Check that the provider’s vendor fits the server; the details show what came.',
    action: testConnection,
  },
  'not-an-api': {
    cause: (error) => `${error.url ?? 'The address'} answered with a web page, not as a model.`,
    nextStep: 'Check the base URL (is "/v1" missing?) and whether a proxy or login page stands in between.',
    action: testConnection,
  },
  'empty-response': {
    cause: (_, model) => `${model} answered with nothing.`,
    nextStep: 'Retry; if it stays so, raise the output limit or switch to another model.',
    action: modelSettings,
  },
  unsupported: {
    cause: (error) => error.message,
    nextStep: 'Switch to another model for this.',
    action: switchModel,
  },
  'no-model': {
    cause: (error) => error.message,
    nextStep: 'Add a provider, or switch to another model; those inside the editor need no key.',
    action: switchModel,
  },
  'no-key': {
    cause: (error) => error.message,
    nextStep: 'Add the provider again with its key; keys stay in the editor’s secret store.',
    action: addProvider,
  },
  'model-file': {
    cause: (_, model) => `The file of ${model} cannot be used.`,
    nextStep: 'Choose the model again to fetch it anew, or take another one.',
    action: switchModel,
  },
  'model-crashed': {
    cause: (_, model) => `The process that runs ${model} ended unexpectedly.`,
    nextStep: 'Retry: it is started anew. If it keeps happening, a smaller model may fit your memory.',
    action: switchModel,
  },
  budget: {
    cause: (error) => error.message,
    nextStep: 'Allow it once, raise the limit under "tutti.budget" in the settings, or switch to a model that is free.',
    action: allowOnce,
  },
  privacy: {
    cause: (error) => error.message,
    nextStep: 'Switch to a model on this machine, or leave the file out.',
    action: switchModel,
  },
  policy: {
    cause: (error) => error.message,
    nextStep: 'Switch to a model that is allowed, or ask whoever administers this machine.',
    action: switchModel,
  },
  internal: {
    cause: () => 'Tutti itself made a mistake.',
    nextStep: 'Retry; please report it with the details below.',
  },
};

/** Cause and next step for a person, and all facts for a report. Holds no key: an `LlmError` never does. */
export function wordError(error: LlmError, model: string): ErrorView {
  const wording = wordings[error.code];
  return {
    cause: wording.cause(error, model),
    nextStep: typeof wording.nextStep === 'string' ? wording.nextStep : wording.nextStep(error),
    details: detailsOf(error, model),
    ...(wording.action && { action: wording.action }),
  };
}

function detailsOf(error: LlmError, model: string): string {
  const lines = [
    error.message,
    `Model: ${model}`,
    `Error: ${error.code}`,
    error.status === undefined ? undefined : `HTTP status: ${error.status}`,
    error.url === undefined ? undefined : `URL: ${error.url}`,
    error.requestId === undefined ? undefined : `Request id: ${error.requestId}`,
    error.parameter === undefined ? undefined : `Parameter: ${error.parameter}`,
    error.retryAfterMs === undefined ? undefined : `Asked to wait: ${wordSeconds(error.retryAfterMs)}`,
  ];
  return lines.filter((line) => line !== undefined && line !== '').join('\n');
}

export function wordNotice(notice: Notice): string {
  switch (notice.kind) {
    case 'asking':
      return `Asking ${notice.model}…`;
    case 'retrying': {
      const { cause } = wordError(notice.error, 'the model');
      return `Trying again in ${wordSeconds(notice.waitMs)}: ${cause}`;
    }
    case 'switched':
      return `${notice.from} → ${notice.to}, because: ${wordError(notice.error, notice.from).cause}`;
    case 'continue-with':
      return `${notice.model} can go on where the reply broke off.`;
    case 'auto':
      return `Auto → ${notice.model}: ${notice.because}`;
    case 'budget':
      return wordBudget(notice);
    case 'cache-lost':
      return `${notice.model} no longer finds this chat in its cache: from here on all of it is paid for anew.`;
    case 'loading-model':
      return `Loading ${notice.model}…`;
    case 'lesson':
      return wordLessonUsed(notice.lesson, notice.model);
    case 'left-out': {
      const which = notice.messages === 1 ? 'The first message was' : `The first ${notice.messages} messages were`;
      return `${which} left out: the conversation is longer than ${notice.model} can read at once.`;
    }
    case 'images-left-out': {
      const which = notice.images === 1 ? 'An image was' : `${notice.images} images were`;
      return `${which} left out: ${notice.model} takes none.`;
    }
    case 'narrowed':
      return notice.left.length === 0 ? notice.reason : `${notice.reason} Asked instead: ${notice.left.join(', ')}.`;
    case 'redacted': {
      const which = notice.count === 1 ? 'A secret was' : `${notice.count} secrets were`;
      return `${which} taken out of what was sent: ${notice.kinds.join(', ')}.`;
    }
  }
}

/** What was learned about a model, as a clause that can stand alone. */
export function wordLesson(lesson: Lesson): string {
  switch (lesson.kind) {
    case 'omit':
      return `${lesson.name} is not accepted`;
    case 'form':
      return 'maxTokensField' in lesson.quirk
        ? `the output limit is called ${lesson.quirk.maxTokensField}`
        : `the system prompt has the role ${lesson.quirk.systemRole}`;
    case 'window':
      return `no more than ${lesson.tokens} tokens can be read at once`;
  }
}

function wordLessonUsed(lesson: Lesson, model: string): string {
  switch (lesson.kind) {
    case 'omit':
      return `${model} does not accept ${lesson.name}; sent without it.`;
    case 'form':
      return 'maxTokensField' in lesson.quirk
        ? `${model} wants the output limit as ${lesson.quirk.maxTokensField}; sent that way.`
        : `${model} wants the system prompt in the role ${lesson.quirk.systemRole}; sent that way.`;
    case 'window':
      return `${model} reads no more than ${lesson.tokens} tokens at once; sent a shorter conversation.`;
  }
}

function pause(error: LlmError): string {
  if (error.retryAfterMs === undefined) return '';
  // A length means little in a chat that is read later.
  if (error.retryAt !== undefined && error.retryAfterMs >= 60_000) {
    return ` It asks to wait until ${clockTime(error.retryAt, error.retryAt - error.retryAfterMs)}.`;
  }
  return ` It asks to wait ${wordSeconds(error.retryAfterMs)}.`;
}

export function wordSeconds(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}
