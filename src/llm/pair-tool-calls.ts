import { isObject, parseJson } from '../util/json.ts';
import type { AssistantMessage, AssistantPart, Message, ToolCallPart, ToolMessage, UserMessage } from './message.ts';

/**
 * Every tool call gets an id of its own, arguments that are a JSON object, and right behind its turn one result, in the
 * order of the calls. A call that was interrupted is told so; a result that answers no call is told in words.
 * Turns for which `keepsIds` holds keep the ids they were given, where there are any.
 */
export function pairToolCalls(
  messages: readonly Message[],
  keepsIds: (message: AssistantMessage) => boolean,
): readonly Message[] {
  const ids = new CallIds();
  const paired: Message[] = [];
  let open: OpenCall[] = [];
  let strays: Message[] = [];
  const close = (): void => {
    paired.push(...open.map(({ call, result }) => result ?? interrupted(call)), ...strays);
    open = [];
    strays = [];
  };
  for (const message of messages) {
    if (message.role === 'tool') {
      const answered = open.find((candidate) => candidate.result === undefined && answers(message, candidate));
      if (answered) answered.result = { ...message, toolCallId: answered.call.id };
      else strays.push(inWords(message));
      continue;
    }
    close();
    if (message.role === 'user') {
      paired.push(message);
      continue;
    }
    const content = message.content.map((part): AssistantPart => {
      if (part.type !== 'tool-call' || part.server) return part;
      const id = ids.next(keepsIds(message) ? part.id : '');
      const call: ToolCallPart = { ...part, id, arguments: objectText(part.arguments) };
      open.push({ call, givenId: part.id });
      return call;
    });
    paired.push({ ...message, content });
  }
  close();
  return paired;
}

interface OpenCall {
  readonly call: ToolCallPart;
  /** As the vendor gave it: what the result was filed under. */
  readonly givenId: string;
  result?: ToolMessage;
}

function answers(result: ToolMessage, { call, givenId }: OpenCall): boolean {
  return result.toolCallId === givenId && (givenId !== '' || result.toolName === call.name);
}

/** Hands out ids of nine letters and digits, the one form that every vendor takes; the same history gets the same ids. */
class CallIds {
  readonly #used = new Set<string>();
  #count = 0;

  /** `wanted` itself, unless it is empty or taken. */
  next(wanted: string): string {
    let id = wanted;
    while (id === '' || this.#used.has(id)) id = `call${(this.#count++).toString(36).padStart(5, '0')}`;
    this.#used.add(id);
    return id;
  }
}

function interrupted({ id, name }: ToolCallPart): ToolMessage {
  return {
    role: 'tool',
    toolCallId: id,
    toolName: name,
    content: [{ type: 'text', text: 'Interrupted: the tool gave no result.' }],
    isError: true,
  };
}

function inWords({ toolName, content }: ToolMessage): UserMessage {
  return { role: 'user', content: [{ type: 'text', text: `[Result of ${toolName}]\n` }, ...content] };
}

/** Servers parse what the model once wrote, and fail on what is no object. */
function objectText(text: string): string {
  return isObject(parseJson(text)) ? text : '{}';
}
