import { argumentsText, Ids, type Json, list, must, object, words } from './rules.ts';

/** OpenAI's responses without state: items it has not made itself have no ids, thoughts come back sealed and followed. */
export function refuseOpenaiResponses(body: Json): void {
  must(body['store'] === false, 'store is not false');
  const items = list(body['input'], 'input') as readonly Json[];
  const ids = new Ids(/^[A-Za-z0-9_-]{1,64}$/);
  const own = new Set<string>();
  for (const [at, item] of items.entries()) {
    const where = `input[${at}]`;
    if (typeof item['id'] === 'string') {
      must(/^(?:rs|msg|fc)_own\d+$/.test(item['id']), `${where}: item ${item['id']} not found`);
      must(!own.has(item['id']), `${where}: duplicate item ${item['id']}`);
      own.add(item['id']);
    }
    switch (item['type'] ?? 'message') {
      case 'message':
        message(item, where);
        break;
      case 'reasoning': {
        object(item, where, ['type', 'id', 'summary', 'encrypted_content'], ['status']);
        must(String(item['encrypted_content']).startsWith('own-seal'), `${where}: the seal is not ours`);
        const next = items[at + 1];
        const isFollowed = next?.['type'] === 'function_call' || next?.['role'] === 'assistant';
        must(isFollowed && typeof next?.['id'] === 'string', `${where}: reasoning without its following item`);
        break;
      }
      case 'function_call':
        object(item, where, ['type', 'call_id', 'name', 'arguments'], ['id', 'status']);
        argumentsText(item['arguments'], where);
        ids.call(item['call_id']);
        break;
      case 'function_call_output':
        object(item, where, ['type', 'call_id', 'output']);
        words(item['output'], where);
        ids.result(item['call_id']);
        break;
      default:
        must(false, `${where}: unknown type ${String(item['type'])}`);
    }
  }
  ids.allAnswered();
}

function message(item: Json, where: string): void {
  object(item, where, ['role', 'content'], ['type', 'id', 'status']);
  must(['system', 'user', 'assistant'].includes(String(item['role'])), `${where}: unknown role`);
  if (typeof item['content'] === 'string') {
    must(item['content'] !== '', `${where} is empty`);
    return;
  }
  for (const value of list(item['content'], where)) {
    const part = value as Json;
    if (part['type'] === 'output_text') {
      must(item['role'] === 'assistant', `${where}: only the assistant has output`);
      object(part, where, ['type', 'text', 'annotations']);
    } else if (part['type'] === 'input_text') object(part, where, ['type', 'text']);
    else {
      object(part, where, ['type', 'image_url', 'detail']);
      must(part['type'] === 'input_image' && item['role'] === 'user', `${where}: no image of a user`);
    }
  }
}
