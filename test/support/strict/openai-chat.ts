import { alternate, argumentsText, Ids, type Json, list, must, object, words } from './rules.ts';

/** The strictest of those who speak chat completions: turns alternate, ids are nine letters and digits or its own. */
export function refuseOpenaiChat(body: Json): void {
  const messages = list(body['messages'], 'messages') as readonly Json[];
  const turns = messages[0]?.['role'] === 'system' ? messages.slice(1) : messages;
  const ids = new Ids(/^(?:[A-Za-z0-9]{9}|call_own\d+)$/);
  const roles: string[] = [];
  for (const [at, message] of turns.entries()) {
    const where = `messages[${at}]`;
    if (message['role'] !== 'tool') ids.allAnswered();
    // The results of one turn count as one.
    if (message['role'] !== 'tool' || roles.at(-1) !== 'tool') roles.push(String(message['role']));
    switch (message['role']) {
      case 'user':
        object(message, where, ['role', 'content']);
        userContent(message['content'], where);
        break;
      case 'assistant':
        object(message, where, ['role', 'content'], ['tool_calls']);
        if (message['tool_calls'] === undefined) words(message['content'], where);
        else for (const call of list(message['tool_calls'], where)) ids.call(toolCall(call, where));
        break;
      case 'tool':
        object(message, where, ['role', 'tool_call_id', 'content']);
        words(message['content'], where);
        ids.result(message['tool_call_id']);
        break;
      default:
        must(false, `${where}: unknown role ${String(message['role'])}`);
    }
  }
  ids.allAnswered();
  must(turns.at(-1)?.['role'] !== 'assistant', 'the last message is the assistant’s');
  alternate(roles, 'user');
}

function userContent(content: unknown, where: string): void {
  if (typeof content === 'string') {
    words(content, where);
    return;
  }
  for (const value of list(content, where)) {
    const part = value as Json;
    if (part['type'] === 'text') words(object(part, where, ['type', 'text'])['text'], where);
    else {
      const { image_url } = object(part, where, ['type', 'image_url']) as { image_url: Json };
      must(String(image_url['url']).startsWith('data:image/png;base64,'), `${where}: no image`);
    }
  }
}

function toolCall(value: unknown, where: string): unknown {
  const call = object(value, where, ['id', 'type', 'function']);
  const details = object(call['function'], where, ['name', 'arguments']);
  words(details['name'], where);
  argumentsText(details['arguments'], where);
  return call['id'];
}
