import { alternate, base64, Ids, type Json, list, must, object, words } from './rules.ts';

/** Anthropic's messages: alternating turns, results first and at once, proofs of thinking its own, in their place. */
export function refuseAnthropicMessages(body: Json): void {
  must(typeof body['max_tokens'] === 'number', 'max_tokens is missing');
  const turns = list(body['messages'], 'messages') as readonly Json[];
  alternate(
    turns.map((turn) => String(turn['role'])),
    'user',
  );
  must(turns.at(-1)?.['role'] === 'user', 'the last turn is not the user’s');
  const ids = new Ids(/^[A-Za-z0-9_-]{1,64}$/);
  for (const [at, turn] of turns.entries()) {
    const where = `messages[${at}]`;
    object(turn, where, ['role', 'content']);
    const blocks = list(turn['content'], where) as readonly Json[];
    if (turn['role'] === 'user') {
      for (const block of blocks) userBlock(block, where, ids);
      ids.allAnswered();
      const firstOther = blocks.findIndex((block) => block['type'] !== 'tool_result');
      const lastResult = blocks.findLastIndex((block) => block['type'] === 'tool_result');
      must(firstOther < 0 || lastResult < firstOther, `${where}: results have to come first`);
    } else {
      for (const block of blocks) assistantBlock(block, where, ids);
      must(blocks.at(-1)?.['type'] !== 'thinking', `${where}: the last block is thinking`);
      const calls = blocks.findIndex((block) => block['type'] === 'tool_use');
      const thinking = blocks.findLastIndex((block) => block['type'] === 'thinking');
      must(calls < 0 || thinking < calls, `${where}: thinking after its calls`);
    }
  }
}

function userBlock(block: Json, where: string, ids: Ids): void {
  switch (block['type']) {
    case 'text':
      words(object(block, where, ['type', 'text'])['text'], where);
      break;
    case 'image': {
      const source = object(object(block, where, ['type', 'source'])['source'], where, ['type', 'media_type', 'data']);
      base64(source['data'], where);
      break;
    }
    default:
      must(block['type'] === 'tool_result', `${where}: unknown block ${String(block['type'])}`);
      object(block, where, ['type', 'tool_use_id'], ['content', 'is_error']);
      ids.result(block['tool_use_id']);
  }
}

function assistantBlock(block: Json, where: string, ids: Ids): void {
  switch (block['type']) {
    case 'text':
      words(object(block, where, ['type', 'text'])['text'], where);
      break;
    case 'thinking':
      object(block, where, ['type', 'thinking', 'signature']);
      must(String(block['signature']).startsWith('own-proof'), `${where}: invalid signature in thinking block`);
      break;
    default:
      must(block['type'] === 'tool_use', `${where}: unknown block ${String(block['type'])}`);
      object(block, where, ['type', 'id', 'name', 'input']);
      object(block['input'], `${where}.input`, [], ['city', 'path']);
      ids.call(block['id']);
  }
}
