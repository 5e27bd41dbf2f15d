/** `provider/model`; everything after the first `/` is the model id as the vendor spells it. */
export type ModelRef = `${string}/${string}`;

/** Stands in a message where no model could be found to write it. */
export const noModelRef: ModelRef = 'none/none';

export function modelRef(provider: string, id: string): ModelRef {
  return `${provider}/${id}`;
}

/** Splits at the first `/`; undefined when either side would be empty. */
export function parseModelRef(ref: string): { readonly provider: string; readonly id: string } | undefined {
  const slash = ref.indexOf('/');
  if (slash < 1 || slash === ref.length - 1) return undefined;
  return { provider: ref.slice(0, slash), id: ref.slice(slash + 1) };
}

export function isModelRef(value: unknown): value is ModelRef {
  return typeof value === 'string' && parseModelRef(value) !== undefined;
}
