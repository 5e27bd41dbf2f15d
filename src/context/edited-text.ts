/** One replacement, at the document's own offsets, as editors report it after the fact. */
export interface TextChange {
  readonly offset: number;
  readonly removedLength: number;
  readonly insertedText: string;
}

/** A part of a text that is not what it was. */
export interface Edit {
  /** In the text as it was. */
  readonly start: number;
  readonly end: number;
  /** What stands there now. */
  readonly text: string;
  /** Grows with every change; the latest edit has the highest. */
  readonly at: number;
}

const mostEdits = 48;
const longestEdit = 4000;

/** A text as it was, and what was changed since. A key costs as much as there are edits, however long the text is. */
export class EditedText {
  #base: string;
  /** In order of their place, apart from each other. */
  #edits: Edit[] = [];
  #length: number;

  constructor(text: string) {
    this.#base = text;
    this.#length = text.length;
  }

  get base(): string {
    return this.#base;
  }

  get edits(): readonly Edit[] {
    return this.#edits;
  }

  get length(): number {
    return this.#length;
  }

  /** False = the change does not fit the text that is known. */
  change({ offset, removedLength, insertedText }: TextChange, at: number): boolean {
    if (offset < 0 || removedLength < 0 || offset + removedLength > this.#length) return false;
    const end = offset + removedLength;
    const before: Edit[] = [];
    const after: Edit[] = [];
    let shift = 0;
    // Shift as it is before the first edit the change reaches, and after the last.
    let shiftBefore = 0;
    let shiftAfter: number | undefined;
    let first: { readonly edit: Edit; readonly now: number } | undefined;
    let last: { readonly edit: Edit; readonly now: number } | undefined;
    for (const edit of this.#edits) {
      const now = edit.start + shift;
      const nowEnd = now + edit.text.length;
      shift += edit.text.length - (edit.end - edit.start);
      if (nowEnd < offset) {
        before.push(edit);
        shiftBefore = shift;
      } else if (now > end) after.push(edit);
      else {
        first ??= { edit, now };
        last = { edit, now };
        shiftAfter = shift;
      }
    }
    shiftAfter ??= shiftBefore;
    const head = first && first.now < offset ? first.edit.text.slice(0, offset - first.now) : '';
    const tail = last ? last.edit.text.slice(Math.max(0, end - last.now)) : '';
    const startInBase = first && first.now <= offset ? first.edit.start : offset - shiftBefore;
    const endInBase = last && last.now + last.edit.text.length >= end ? last.edit.end : end - shiftAfter;
    const merged: Edit = { start: startInBase, end: endInBase, text: head + insertedText + tail, at };
    this.#length += insertedText.length - removedLength;
    const isNothing = merged.text === '' && merged.start === merged.end;
    this.#edits = isNothing ? [...before, ...after] : [...before, merged, ...after];
    if (this.#edits.length > mostEdits || merged.text.length > longestEdit) this.#settleOldest();
    return true;
  }

  /** The text now, of the part that was `start` to `end`; neither may be inside of an edit. */
  now(start: number, end: number): string {
    let text = '';
    let at = start;
    for (const edit of this.#edits) {
      if (edit.end < start || edit.start > end) continue;
      text += this.#base.slice(at, Math.max(at, edit.start)) + edit.text;
      at = edit.end;
    }
    return text + this.#base.slice(at, Math.max(at, end));
  }

  /** Edits up to `at` become part of the text as it was. */
  settle(at: number): void {
    let base = '';
    let end = 0;
    let shift = 0;
    const kept: Edit[] = [];
    for (const edit of this.#edits) {
      if (edit.at > at) kept.push({ ...edit, start: edit.start + shift, end: edit.end + shift });
      else {
        base += this.#base.slice(end, edit.start) + edit.text;
        end = edit.end;
        shift += edit.text.length - (edit.end - edit.start);
      }
    }
    if (kept.length === this.#edits.length) return;
    this.#base = base + this.#base.slice(end);
    this.#edits = kept;
  }

  /** Half of them at once, so that it is rare. An edit that grew too long is new text, not a change. */
  #settleOldest(): void {
    const long = this.#edits.find((edit) => edit.text.length > longestEdit);
    const ages = this.#edits.map((edit) => edit.at).sort((a, b) => a - b);
    this.settle(long?.at ?? ages[Math.floor(ages.length / 2)] ?? 0);
  }
}
