/** A model's own tokens for the parts of a file. Absent = its vocabulary has none. */
export interface InfillTokens<Token> {
  readonly prefix: Token;
  readonly suffix: Token;
  readonly middle?: Token;
  readonly repository?: Token;
  readonly file?: Token;
}

export interface InfillParts<Token> {
  readonly prefix: readonly Token[];
  readonly suffix: readonly Token[];
  /** Name and text of other files, most useful first. */
  readonly extra: readonly (readonly Token[])[];
  /** Names the file with the hole, where other files come before it. */
  readonly currentFile: readonly Token[];
}

const suffixShare = 0.25;

/**
 * The prompt that makes a model fill the hole between prefix and suffix, in at most `budget` tokens.
 * The text next to the cursor is kept first: the suffix may take a quarter of the room, the prefix the rest,
 * other files what is left. A file is shown whole or not at all.
 */
export function infillPrompt<Token>(
  tokens: InfillTokens<Token>,
  parts: InfillParts<Token>,
  budget: number,
): readonly Token[] {
  const room = Math.max(0, budget - 3);
  const suffix = parts.suffix.slice(0, Math.max(Math.floor(room * suffixShare), room - parts.prefix.length));
  const prefix = lastOf(parts.prefix, room - suffix.length);
  const others = otherFiles(tokens, parts, room - suffix.length - prefix.length);
  return tokens.middle === undefined
    ? [...others, tokens.suffix, ...suffix, tokens.prefix, ...prefix]
    : [...others, tokens.prefix, ...prefix, tokens.suffix, ...suffix, tokens.middle];
}

function otherFiles<Token>(tokens: InfillTokens<Token>, parts: InfillParts<Token>, room: number): readonly Token[] {
  const start = tokens.repository === undefined ? [] : [tokens.repository];
  const separator = tokens.file === undefined ? [] : [tokens.file];
  const end = [...separator, ...parts.currentFile];
  let left = room - start.length - end.length;
  const chosen: (readonly Token[])[] = [];
  for (const file of parts.extra) {
    const shown = [...separator, ...file];
    if (shown.length > left) continue;
    left -= shown.length;
    // The most useful one comes last, nearest to the hole.
    chosen.unshift(shown);
  }
  return chosen.length === 0 ? [] : [...start, ...chosen.flat(), ...end];
}

function lastOf<Token>(tokens: readonly Token[], count: number): readonly Token[] {
  return count <= 0 ? [] : tokens.slice(-count);
}
