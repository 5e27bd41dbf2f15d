/** Which earlier prompt the composer shows; undefined = what the user wrote. */
export type RecallPosition = number | undefined;

export interface RecallStep {
  readonly position: RecallPosition;
  readonly text: string;
}

/**
 * What Up (-1) or Down (+1) does in the composer; undefined = the key keeps its ordinary meaning.
 * Recalling begins in an empty composer and ends as soon as the recalled text is changed.
 */
export function recallStep(
  recall: readonly string[],
  position: RecallPosition,
  text: string,
  direction: -1 | 1,
): RecallStep | undefined {
  const shown = position === undefined ? undefined : recall[position];
  const recalling = shown !== undefined && shown === text;
  if (!recalling && (text !== '' || direction === 1)) return undefined;
  const next = (recalling ? (position ?? recall.length) : recall.length) + direction;
  if (next < 0) return undefined;
  const earlier = recall[next];
  return earlier === undefined
    ? recalling
      ? { position: undefined, text: '' }
      : undefined
    : { position: next, text: earlier };
}
