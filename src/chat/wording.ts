import * as l10n from '@vscode/l10n';
import type { Lesson } from '../llm/lesson.ts';
import type { LlmError, LlmErrorCode } from '../llm/llm-error.ts';
import type { Notice } from '../llm/stream-event.ts';
import { wordBudget } from '../llm/word-budget.ts';
import type { ErrorAction, ErrorView } from '../protocol/chat-view.ts';
import { clockTime } from '../util/clock-time.ts';

/** Everything a user reads about a request that went wrong or went another way. */

interface Wording {
  readonly cause: (error: LlmError, model: string) => string;
  readonly nextStep: (error: LlmError) => string;
  readonly action?: () => ErrorAction;
}

const addProvider = (): ErrorAction => ({ label: l10n.t('Add Provider…'), command: 'addProvider' });
const switchModel = (): ErrorAction => ({ label: l10n.t('Switch Model…'), command: 'switchModel' });
const modelSettings = (): ErrorAction => ({ label: l10n.t('Model Settings'), command: 'modelSettings' });
const testConnection = (): ErrorAction => ({ label: l10n.t('Test Connection'), command: 'testConnection' });

const pullModel = (): ErrorAction => ({ label: l10n.t('Pull Model…'), command: 'pullModel' });

/** Sends the message again, past the budget. */
const allowOnce = (): ErrorAction => ({ label: l10n.t('Allow Once'), command: 'allowOverBudget' });

/** Sends the message again, behind a summary of what came before it. */
const compactAndRetry = (): ErrorAction => ({ label: l10n.t('Compact and Retry'), command: 'compactAndRetry' });

const tryLater = (): string => l10n.t('Try again in a moment, or switch to another model.');

const wordings: Readonly<Record<LlmErrorCode, Wording>> = {
  authentication: {
    cause: (_, model) => l10n.t('The key for {0} was refused.', model),
    nextStep: () => l10n.t('Add the provider again with a valid key.'),
    action: addProvider,
  },
  permission: {
    cause: (_, model) => l10n.t('The key is valid but may not use {0}.', model),
    nextStep: () => l10n.t('Ask for access at the vendor, or switch to a model the key may use.'),
    action: switchModel,
  },
  'not-found': {
    cause: (_, model) => l10n.t('The endpoint does not know {0}, or the address is wrong.', model),
    nextStep: () => l10n.t('Choose a model from the list, or check the base URL of the provider.'),
    action: switchModel,
  },
  'not-pulled': {
    cause: (_, model) => l10n.t('The server does not have {0} yet.', model),
    nextStep: () => l10n.t('Have the server pull it, or choose a model it has.'),
    action: pullModel,
  },
  'invalid-request': {
    cause: (error, model) =>
      error.parameter === undefined
        ? l10n.t('{0} refused the request.', model)
        : l10n.t('{0} refused the request because of "{1}".', model, error.parameter),
    nextStep: (error) =>
      error.parameter === undefined
        ? l10n.t('Read the details; a parameter can be changed or left out in the model’s settings.')
        : l10n.t('Clear "{0}" in the model’s settings, or name it under "omit" in tutti.models.', error.parameter),
    action: modelSettings,
  },
  'context-overflow': {
    cause: (_, model) => l10n.t('The conversation is longer than {0} can read.', model),
    nextStep: () =>
      l10n.t(
        'Compact puts a summary in the place of what was said before and asks again. Or shorten the last message, or switch to a model with a larger context.',
      ),
    action: compactAndRetry,
  },
  'rate-limit': {
    cause: (error, model) => sentences(l10n.t('{0} gets too many requests just now.', model), pause(error)),
    nextStep: tryLater,
    action: switchModel,
  },
  quota: {
    cause: (error, model) => sentences(l10n.t('The quota for {0} is used up.', model), pause(error)),
    nextStep: () => l10n.t('Check plan and billing at the vendor, or switch to another model.'),
    action: switchModel,
  },
  overloaded: { cause: (_, model) => l10n.t('{0} is overloaded.', model), nextStep: tryLater, action: switchModel },
  loading: {
    cause: (_, model) => l10n.t('{0} is still being loaded by its server.', model),
    nextStep: () => l10n.t('Large models take minutes to load. Try again in a moment.'),
    action: testConnection,
  },
  'out-of-memory': {
    cause: (_, model) => l10n.t('{0} does not fit into the memory of its server.', model),
    nextStep: () =>
      l10n.t('Choose a smaller model, or give this one a smaller context window in the model’s settings.'),
    action: switchModel,
  },
  server: { cause: (_, model) => l10n.t('The server of {0} failed.', model), nextStep: tryLater, action: switchModel },
  'content-filter': {
    cause: (_, model) => l10n.t('A content filter of {0} stopped the reply.', model),
    nextStep: () => l10n.t('Word the question differently, or switch to another model.'),
    action: switchModel,
  },
  'connection-refused': {
    cause: (error) => l10n.t('Nothing listens at {0}.', error.url ?? l10n.t('the address')),
    nextStep: () => l10n.t('Start the server, or correct the base URL of the provider.'),
    action: testConnection,
  },
  'host-not-found': {
    cause: (error) => l10n.t('The host of {0} cannot be found.', error.url ?? l10n.t('the address')),
    nextStep: () => l10n.t('Check the spelling of the base URL and the network connection.'),
    action: testConnection,
  },
  tls: {
    // Who issued it is in the message: that tells a company's own from an attacker's.
    cause: (error) =>
      l10n.t('The certificate of {0} is not trusted: {1}', error.url ?? l10n.t('the server'), error.message),
    nextStep: () => l10n.t('If it is your company’s, name its certificate file as "caFile" of the provider.'),
  },
  'connection-lost': {
    cause: (_, model) => l10n.t('The connection to {0} was lost.', model),
    nextStep: () => l10n.t('Retry; what had arrived is kept above.'),
  },
  'connect-timeout': {
    cause: (error) => l10n.t('No connection to {0} came about in time.', error.url ?? l10n.t('the server')),
    nextStep: () => l10n.t('Check network and proxy, or raise "connectMs" under the provider’s "timeouts".'),
    action: testConnection,
  },
  'first-token-timeout': {
    cause: (_, model) => l10n.t('{0} did not begin to answer in time.', model),
    nextStep: () => l10n.t('Retry, or raise "firstTokenMs" under the provider’s "timeouts" if the model is slow.'),
  },
  'idle-timeout': {
    cause: (_, model) => l10n.t('{0} stopped in the middle of its reply.', model),
    nextStep: () => l10n.t('Retry, or raise "idleMs" under the provider’s "timeouts". What had arrived is kept above.'),
  },
  'stream-cut': {
    cause: (_, model) => l10n.t('The reply of {0} broke off before its end.', model),
    nextStep: () => l10n.t('Retry; what had arrived is kept above.'),
  },
  'malformed-response': {
    cause: (_, model) => l10n.t('{0} answered with something that cannot be read.', model),
    nextStep: () => l10n.t('Check that the provider’s vendor fits the server; the details show what came.'),
    action: testConnection,
  },
  'not-an-api': {
    cause: (error) => l10n.t('{0} answered with a web page, not as a model.', error.url ?? l10n.t('The address')),
    nextStep: () =>
      l10n.t('Check the base URL (is "/v1" missing?) and whether a proxy or login page stands in between.'),
    action: testConnection,
  },
  'empty-response': {
    cause: (_, model) => l10n.t('{0} answered with nothing.', model),
    nextStep: () => l10n.t('Retry; if it stays so, raise the output limit or switch to another model.'),
    action: modelSettings,
  },
  unsupported: {
    cause: (error) => error.message,
    nextStep: () => l10n.t('Switch to another model for this.'),
    action: switchModel,
  },
  'no-model': {
    cause: (error) => error.message,
    nextStep: () => l10n.t('Add a provider, or switch to another model; those inside the editor need no key.'),
    action: switchModel,
  },
  'no-key': {
    cause: (error) => error.message,
    nextStep: () => l10n.t('Add the provider again with its key; keys stay in the editor’s secret store.'),
    action: addProvider,
  },
  'model-file': {
    cause: (_, model) => l10n.t('The file of {0} cannot be used.', model),
    nextStep: () => l10n.t('Choose the model again to fetch it anew, or take another one.'),
    action: switchModel,
  },
  'model-crashed': {
    cause: (_, model) => l10n.t('The process that runs {0} ended unexpectedly.', model),
    nextStep: () => l10n.t('Retry: it is started anew. If it keeps happening, a smaller model may fit your memory.'),
    action: switchModel,
  },
  budget: {
    cause: (error) => error.message,
    nextStep: () =>
      l10n.t('Allow it once, raise the limit under "tutti.budget" in the settings, or switch to a model that is free.'),
    action: allowOnce,
  },
  privacy: {
    cause: (error) => error.message,
    nextStep: () => l10n.t('Switch to a model on this machine, or leave the file out.'),
    action: switchModel,
  },
  policy: {
    cause: (error) => error.message,
    nextStep: () => l10n.t('Switch to a model that is allowed, or ask whoever administers this machine.'),
    action: switchModel,
  },
  internal: {
    cause: () => l10n.t('Tutti itself made a mistake.'),
    nextStep: () => l10n.t('Retry; please report it with the details below.'),
  },
};

/** Cause and next step for a person, and all facts for a report. Holds no key: an `LlmError` never does. */
export function wordError(error: LlmError, model: string): ErrorView {
  const wording = wordings[error.code];
  return {
    cause: wording.cause(error, model),
    nextStep: wording.nextStep(error),
    details: detailsOf(error, model),
    ...(wording.action && { action: wording.action() }),
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

/** What is said of a reply that had no end when its chat was opened. */
export function wordUnfinished(): string {
  return l10n.t(
    'This reply has no end: the editor ended while it was being written, or another window is still writing it. What has come of it is kept.',
  );
}

export function wordNotice(notice: Notice): string {
  switch (notice.kind) {
    case 'asking':
      return l10n.t('Asking {0}…', notice.model);
    case 'retrying': {
      const { cause } = wordError(notice.error, l10n.t('the model'));
      return l10n.t('Trying again in {0}: {1}', wordSeconds(notice.waitMs), cause);
    }
    case 'switched':
      return l10n.t('{0} → {1}, because: {2}', notice.from, notice.to, wordError(notice.error, notice.from).cause);
    case 'continue-with':
      return l10n.t('{0} can go on where the reply broke off.', notice.model);
    case 'auto':
      return l10n.t('Auto → {0}: {1}', notice.model, notice.because);
    case 'budget':
      return wordBudget(notice);
    case 'cache-lost':
      return l10n.t(
        '{0} no longer finds this chat in its cache: from here on all of it is paid for anew.',
        notice.model,
      );
    case 'loading-model':
      return l10n.t('Loading {0}…', notice.model);
    case 'lesson':
      return wordLessonUsed(notice.lesson, notice.model);
    case 'left-out': {
      return notice.messages === 1
        ? l10n.t('The first message was left out: the conversation is longer than {0} can read at once.', notice.model)
        : l10n.t(
            'The first {0} messages were left out: the conversation is longer than {1} can read at once.',
            notice.messages,
            notice.model,
          );
    }
    case 'images-left-out': {
      return notice.images === 1
        ? l10n.t('An image was left out: {0} takes none.', notice.model)
        : l10n.t('{0} images were left out: {1} takes none.', notice.images, notice.model);
    }
    case 'narrowed':
      return notice.left.length === 0
        ? notice.reason
        : l10n.t('{0} Asked instead: {1}.', notice.reason, notice.left.join(', '));
    case 'redacted': {
      return notice.count === 1
        ? l10n.t('A secret was taken out of what was sent: {0}.', notice.kinds.join(', '))
        : l10n.t('{0} secrets were taken out of what was sent: {1}.', notice.count, notice.kinds.join(', '));
    }
  }
}

/** What was learned about a model, as a clause that can stand alone. */
export function wordLesson(lesson: Lesson): string {
  switch (lesson.kind) {
    case 'omit':
      return l10n.t('{0} is not accepted', lesson.name);
    case 'form':
      return 'maxTokensField' in lesson.quirk
        ? l10n.t('the output limit is called {0}', lesson.quirk.maxTokensField)
        : l10n.t('the system prompt has the role {0}', lesson.quirk.systemRole);
    case 'window':
      return l10n.t('no more than {0} tokens can be read at once', lesson.tokens);
  }
}

function wordLessonUsed(lesson: Lesson, model: string): string {
  switch (lesson.kind) {
    case 'omit':
      return l10n.t('{0} does not accept {1}; sent without it.', model, lesson.name);
    case 'form':
      return 'maxTokensField' in lesson.quirk
        ? l10n.t('{0} wants the output limit as {1}; sent that way.', model, lesson.quirk.maxTokensField)
        : l10n.t('{0} wants the system prompt in the role {1}; sent that way.', model, lesson.quirk.systemRole);
    case 'window':
      return l10n.t('{0} reads no more than {1} tokens at once; sent a shorter conversation.', model, lesson.tokens);
  }
}

const sentences = (...all: readonly string[]): string => all.filter((each) => each !== '').join(' ');

function pause(error: LlmError): string {
  if (error.retryAfterMs === undefined) return '';
  // A length means little in a chat that is read later.
  if (error.retryAt !== undefined && error.retryAfterMs >= 60_000) {
    return l10n.t('It asks to wait until {0}.', clockTime(error.retryAt, error.retryAt - error.retryAfterMs));
  }
  return l10n.t('It asks to wait {0}.', wordSeconds(error.retryAfterMs));
}

export function wordSeconds(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}
