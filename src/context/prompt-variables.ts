/** What `${…}` may name in a prompt besides `${input:…}`. Absent: not to be had just now. */
export const promptVariables = [
  'file',
  'relativeFile',
  'fileBasename',
  'fileBasenameNoExtension',
  'fileDirname',
  'selection',
  'selectedText',
  'workspaceFolder',
  'workspaceFolderBasename',
] as const;

export type PromptVariable = (typeof promptVariables)[number];

/** Something a prompt asks its user for. */
export interface PromptInput {
  readonly name: string;
  readonly placeholder?: string;
}

const reference = /\$\{(?:input:([^}:]+)(?::([^}]*))?|(\w+))\}/g;

/** What the prompt asks for, each once, in its order. */
export function inputsOf(body: string): readonly PromptInput[] {
  const inputs = new Map<string, PromptInput>();
  for (const [, name, placeholder] of body.matchAll(reference)) {
    if (name === undefined || inputs.has(name)) continue;
    inputs.set(name, { name, ...(placeholder !== undefined && placeholder !== '' && { placeholder }) });
  }
  return [...inputs.values()];
}

/** The variables a prompt names, each once. */
export function variablesOf(body: string): readonly PromptVariable[] {
  const named = [...body.matchAll(reference)].map(([, , , name]) => name);
  return promptVariables.filter((variable) => named.includes(variable));
}

/** The values written behind a command: `name=value`, `name="two words"`; of a single input, all that is left. */
export function readInputs(
  inputs: readonly PromptInput[],
  written: string,
): { readonly values: ReadonlyMap<string, string>; readonly rest: string } {
  const values = new Map<string, string>();
  const rest = written.replace(/(^|\s)([\w-]+)=(?:"([^"]*)"|'([^']*)'|(\S+))/g, (whole, before, name, ...given) => {
    if (!inputs.some((input) => input.name === name)) return whole;
    values.set(name, given.slice(0, 3).find((value) => typeof value === 'string') ?? '');
    return before;
  });
  const [missing, ...more] = inputs.filter(({ name }) => !values.has(name));
  const left = rest.trim();
  if (missing === undefined || more.length > 0 || left === '') return { values, rest: left };
  values.set(missing.name, left);
  return { values, rest: '' };
}

/** The prompt with values in the place of their names; what has none stays as it is written. */
export function fillIn(
  body: string,
  inputs: ReadonlyMap<string, string>,
  variables: Readonly<Partial<Record<PromptVariable, string>>>,
): { readonly text: string; readonly missing: readonly string[] } {
  const missing = new Set<string>();
  const text = body.replace(reference, (whole, input?: string, _placeholder?: string, name?: string) => {
    const variable = promptVariables.find((known) => known === name);
    const value = input === undefined ? variable && variables[variable] : inputs.get(input);
    if (value === undefined) missing.add(whole);
    return value ?? whole;
  });
  return { text, missing: [...missing] };
}
