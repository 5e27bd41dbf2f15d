import type { Conversation, Summarise } from '../chat/conversation.ts';
import { summarise } from '../chat/summarise.ts';
import { wordError } from '../chat/wording.ts';
import type { Ask } from '../gateway/ask.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { LlmError } from '../llm/llm-error.ts';
import { textOf } from '../llm/message.ts';
import { type ModelRef, noModelRef } from '../llm/model-ref.ts';
import type { EndEvent, StreamEvent } from '../llm/stream-event.ts';
import { isObject } from '../util/json.ts';
import type { UserSettings } from './user-settings.ts';

/** Read by models of whose window nothing is known. */
const usualWindow = 16_000;
const nothingSaid: LlmError = { code: 'empty-response', message: '', retryable: true };

/** Summarises with the model for small jobs, where the user has named one, else with the chat's own. */
export function summariser(
  { gateway, settings }: { readonly gateway: Gateway; readonly settings: UserSettings },
  { id, model: choice }: Pick<Conversation, 'id' | 'model'>,
  tellProblem: (problem: string) => void,
): Summarise {
  return async (history, files, signal) => {
    const roles = settings.roles();
    const hasOwn = isObject(roles) && roles['utility'] !== undefined;
    const who: Pick<Ask, 'role' | 'choice'> = hasOwn
      ? { role: 'utility' }
      : { role: 'chat', ...(choice !== undefined && { choice }) };
    const resolution = await gateway.resolve(who.role, who.choice);
    const ref = resolution.ref ?? noModelRef;
    const window = resolution.kind === 'model' ? resolution.model.facts.contextWindow : undefined;
    let model: ModelRef = ref;
    const summary = await summarise(
      history,
      {
        room: window ?? usualWindow,
        tokensOf: (message) => gateway.estimates.ofMessage(ref, message),
        ask: async (message) => {
          const request = { kind: 'chat', messages: [message], parameters: {} } as const;
          const ask: Ask = { ...who, chatId: id, files, request, systemFor: () => '' };
          const end = await endOf(gateway.stream(ask, signal));
          if (end === undefined || end.finish === 'aborted') return undefined;
          model = end.message.model;
          if (end.error) return end.error;
          const text = textOf(end.message);
          return text.trim() === '' ? nothingSaid : text;
        },
      },
      signal,
    );
    if (summary === undefined || typeof summary === 'string')
      return summary === undefined ? undefined : { text: summary, model };
    const { cause, nextStep } = wordError(summary, model);
    tellProblem(`${cause} ${nextStep}`);
    return undefined;
  };
}

async function endOf(events: AsyncIterable<StreamEvent>): Promise<EndEvent | undefined> {
  for await (const event of events) if (event.type === 'end') return event;
  return undefined;
}
