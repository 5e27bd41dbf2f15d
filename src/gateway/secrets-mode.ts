/** What is done with a secret in a text that is about to leave; from the least careful to the most. */
export const secretsModes = ['off', 'ask', 'redact', 'block'] as const;
export type SecretsMode = (typeof secretsModes)[number];

export function isSecretsMode(value: unknown): value is SecretsMode {
  return secretsModes.some((mode) => mode === value);
}

/** The more careful of the two. */
export function atLeast(mode: SecretsMode, minimum: SecretsMode | undefined): SecretsMode {
  if (minimum === undefined) return mode;
  return secretsModes.indexOf(mode) >= secretsModes.indexOf(minimum) ? mode : minimum;
}
