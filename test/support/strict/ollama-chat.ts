import { alternate, base64, Ids, type Json, list, must, object, words } from './rules.ts';

/** Ollama with a strict template: alternating turns, arguments as objects, images bare, thoughts its own. */
export function refuseOllamaChat(body: Json): void {
  const messages = list(body['messages'], 'messages') as readonly Json[];
  const turns = messages[0]?.['role'] === 'system' ? messages.slice(1) : messages;
  const ids = new Ids(/^[A-Za-z0-9_-]{1,64}$/);
  for (const [at, message] of turns.entries()) {
    const where = `messages[${at}]`;
    if (message['role'] !== 'tool') ids.allAnswered();
    switch (message['role']) {
      case 'user':
        object(message, where, ['role', 'content'], ['images']);
        if (message['images'] === undefined) words(message['content'], where);
        else for (const image of list(message['images'], where)) base64(image, where);
        break;
      case 'assistant':
        object(message, where, ['role', 'content'], ['thinking', 'tool_calls']);
        must(String(message['thinking'] ?? 'Own').startsWith('Own'), `${where}: a thought of another model`);
        if (message['tool_calls'] === undefined) words(message['content'], where);
        else for (const call of list(message['tool_calls'], where)) toolCall(call, where, ids);
        break;
      default:
        must(message['role'] === 'tool', `${where}: unknown role ${String(message['role'])}`);
        object(message, where, ['role', 'content', 'tool_name', 'tool_call_id']);
        words(message['content'], where);
        ids.result(message['tool_call_id']);
    }
  }
  ids.allAnswered();
  // The results of one turn count as one.
  const roles = turns.map((turn) => String(turn['role']));
  alternate(
    roles.filter((role, at) => role !== 'tool' || roles[at - 1] !== 'tool'),
    'user',
  );
}

function toolCall(value: unknown, where: string, ids: Ids): void {
  const call = object(value, where, ['id', 'function']);
  const details = object(call['function'], where, ['name', 'arguments']);
  object(details['arguments'], where, [], ['city', 'path']);
  ids.call(call['id']);
}
