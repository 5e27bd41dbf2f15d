import type { Memento } from 'vscode';
import { type Attachment, attachmentKinds } from '../context/attachment.ts';
import { isObject, stringAt } from '../util/json.ts';

const key = 'tutti.chat.attached';
const mostPlaces = 20;
/** Of one place; a few large pictures. More than that is read anew by whoever wants it. */
const mostCharacters = 8_000_000;

/** What stands beside the next message of each place that shows a chat, kept over a reload of the window. */
export class KeptAttachments {
  readonly #memento: Memento;
  readonly #kept: Map<string, readonly Attachment[]>;

  constructor(memento: Memento) {
    this.#memento = memento;
    this.#kept = new Map(Object.entries(memento.get<object>(key) ?? {}).map(([place, kept]) => [place, read(kept)]));
  }

  of(place: string): readonly Attachment[] {
    return this.#kept.get(place) ?? [];
  }

  keep(place: string, attachments: readonly Attachment[]): void {
    const before = this.of(place);
    if (before.length === attachments.length && attachments.every(({ id }, at) => id === before[at]?.id)) return;
    this.#kept.delete(place);
    if (attachments.length > 0) this.#kept.set(place, upTo(mostCharacters, attachments));
    for (const oldest of [...this.#kept.keys()].slice(0, -mostPlaces)) this.#kept.delete(oldest);
    void this.#memento.update(key, this.#kept.size === 0 ? undefined : Object.fromEntries(this.#kept));
  }
}

function upTo(most: number, attachments: readonly Attachment[]): readonly Attachment[] {
  let room = most;
  return attachments.filter((attachment) => {
    room -= JSON.stringify(attachment.blocks).length;
    return room >= 0;
  });
}

/** What was kept, this file wrote: only what another version could have changed is looked at. */
function read(value: unknown): readonly Attachment[] {
  return Array.isArray(value) ? value.filter(isAttachment) : [];
}

function isAttachment(value: unknown): value is Attachment {
  const kind = stringAt(value, 'kind');
  return (
    isObject(value) &&
    attachmentKinds.some((known) => known === kind) &&
    stringAt(value, 'id') !== undefined &&
    stringAt(value, 'label') !== undefined &&
    typeof value['tokens'] === 'number' &&
    Array.isArray(value['blocks']) &&
    Array.isArray(value['files'])
  );
}
