/** What a hole was shown with. */
export interface HoleTexts {
  readonly prefix: string;
  readonly suffix: string;
  readonly extra: readonly { readonly filename: string; readonly text: string }[];
}

/** Enough text to know a place by. */
const sure = 64;
/** Of the beginning, this share may be missing in what the model has read already. */
const missingShare = 0.25;

/**
 * What was typed at the hole since it was shown as `before`; undefined when something else has changed too.
 * How far the text reaches to both sides may differ: a window moves with the cursor.
 */
export function typedSince(before: HoleTexts, now: HoleTexts): string | undefined {
  if (!isSameText(before.suffix, now.suffix) || !isSameFiles(before.extra, now.extra)) return undefined;
  return typedAfter(before.prefix, now.prefix);
}

function isSameText(one: string, other: string): boolean {
  if (one === other) return true;
  const shorter = one.length < other.length ? one : other;
  return shorter.length >= sure && (one.startsWith(other) || other.startsWith(one));
}

function isSameFiles(one: HoleTexts['extra'], other: HoleTexts['extra']): boolean {
  return (
    one.length === other.length &&
    one.every(({ filename, text }, index) => filename === other[index]?.filename && text === other[index]?.text)
  );
}

function typedAfter(before: string, now: string): string | undefined {
  if (now.startsWith(before)) return now.slice(before.length);
  // The window begins further down now: its first words are somewhere in the text before.
  const head = now.slice(0, sure);
  if (head.length === sure) {
    for (let start = before.indexOf(head); start >= 0; start = before.indexOf(head, start + 1)) {
      if (now.startsWith(before.slice(start))) return now.slice(before.length - start);
    }
  }
  // Or further up: then what was read before has to be most of it.
  const start = now.indexOf(before.slice(0, sure));
  if (before.length < sure || start < 0 || start > now.length * missingShare) return undefined;
  return now.startsWith(before, start) ? now.slice(start + before.length) : undefined;
}
