import { isObject, parseJson, stringAt } from '../util/json.ts';

/** What somebody who searches for a kept turn would remember of it: its words, without the reasoning behind them. */
export function textOfTurn(body: string): { readonly text: string; readonly isGrowing: boolean } {
  const turn = parseJson(body);
  const message = isObject(turn) ? turn['message'] : undefined;
  const content = isObject(message) && Array.isArray(message['content']) ? message['content'] : [];
  const texts = content.flatMap((part: unknown) => {
    const type = stringAt(part, 'type');
    const text = type === 'text' || type === 'refusal' ? stringAt(part, 'text') : stringAt(part, 'arguments');
    return text === undefined || type === 'reasoning' ? [] : [text];
  });
  return { text: texts.join('\n'), isGrowing: stringAt(turn, 'state') === 'streaming' };
}

/** The words around the first place where one of the searched words stands; from the beginning where none does. */
export function excerpt(text: string, search: string, length = 160): string {
  const lower = text.toLowerCase();
  const places = search
    .toLowerCase()
    .split(/\s+/)
    .map((word) => (word === '' ? -1 : lower.indexOf(word)))
    .filter((place) => place >= 0);
  const place = places.length === 0 ? 0 : Math.min(...places);
  const before = text.lastIndexOf(' ', Math.max(0, place - length / 4));
  const from = place < length / 2 ? 0 : before < place - length ? place - length / 4 : before + 1;
  const to = from + length;
  const words = text.slice(from, to).toWellFormed().replace(/\s+/g, ' ').trim();
  return `${from > 0 ? '…' : ''}${words}${to < text.length ? '…' : ''}`;
}
