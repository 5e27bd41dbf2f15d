import * as l10n from '@vscode/l10n';
import { wordError } from '../../chat/wording.ts';
import type { Ask } from '../../gateway/ask.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { Role } from '../../gateway/roles.ts';
import type { ChatRequest } from '../../llm/request.ts';

/** Of models of whose window nothing is known, and the most that is read at once of any: long prompts are read badly. */
const usualWindow = 16_000;
const mostTokens = 24_000;
/** Code has more tokens a letter than prose. */
const lettersPerToken = 3;

/** How many letters of a diff are sent with one request of a role. */
export async function roomFor(gateway: Gateway, role: Role): Promise<number> {
  const resolution = await gateway.resolve(role);
  const window = resolution.kind === 'model' ? resolution.model.facts.contextWindow : undefined;
  return Math.floor(Math.min((window ?? usualWindow) / 2, mostTokens)) * lettersPerToken;
}

/** The whole reply, told as it grows; undefined = aborted. Rejects with words for the user. */
export async function replyTo(
  gateway: Gateway,
  { role, request, files }: { readonly role: Role; readonly request: ChatRequest; readonly files: readonly string[] },
  signal: AbortSignal,
  onText: (text: string) => void = () => undefined,
): Promise<string | undefined> {
  const ask: Ask = { role, request, files };
  let reply = '';
  for await (const event of gateway.stream(ask, signal)) {
    if (event.type === 'text') {
      reply += event.text;
      onText(event.text);
    }
    if (event.type !== 'end') continue;
    if (event.finish === 'aborted') return undefined;
    const { model } = event.message;
    if (event.error) {
      const { cause, nextStep } = wordError(event.error, model);
      throw new Error(`${cause} ${nextStep}`);
    }
    if (reply.trim() === '')
      throw new Error(l10n.t('{0} answered with nothing. Try again, or switch to another model.', model));
  }
  return signal.aborted ? undefined : reply;
}
