import type { HistoryAsk } from '../protocol/history-view.ts';
import { booleanAt, numberAt, stringAt } from '../util/json.ts';

/** The question, if every field of it is what the protocol says; else undefined. */
export function readHistoryAsk(value: unknown): HistoryAsk | undefined {
  const chatId = stringAt(value, 'chatId');
  const kind = stringAt(value, 'kind');
  switch (kind) {
    case 'list': {
      const [number, offset] = [numberAt(value, 'number'), numberAt(value, 'offset')];
      const [search, workspace] = [stringAt(value, 'search'), stringAt(value, 'workspace')];
      if (number === undefined || offset === undefined || offset < 0 || search === undefined) return undefined;
      return { kind, number, offset: Math.floor(offset), search, ...(workspace !== undefined && { workspace }) };
    }
    case 'open':
    case 'delete':
    case 'restore':
      return chatId === undefined ? undefined : { kind, chatId };
    case 'rename': {
      const title = stringAt(value, 'title');
      return chatId === undefined || title === undefined ? undefined : { kind, chatId, title };
    }
    case 'pin': {
      const pinned = booleanAt(value, 'pinned');
      return chatId === undefined || pinned === undefined ? undefined : { kind, chatId, pinned };
    }
    case 'export':
      return { kind, ...(chatId !== undefined && { chatId }) };
    case 'import':
      return { kind };
    default:
      return undefined;
  }
}
