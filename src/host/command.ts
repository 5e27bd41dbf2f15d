/** One entry of the command palette. `argument` is what a keybinding or another extension passed: anything. */
export interface Command {
  readonly id: `tutti.${string}`;
  /** `others`: of the explorer's menu, all that is selected. Rejections are shown to the user as they are worded. */
  readonly run: (argument: unknown, others?: unknown) => unknown;
}

/** A command whose code is read when it is first used. */
export function onDemand(id: Command['id'], load: () => Promise<Command>): Command {
  return { id, run: async (argument) => (await load()).run(argument) };
}

export function commandNamed(id: Command['id'], commands: readonly Command[]): Command {
  const command = commands.find((one) => one.id === id);
  if (!command) throw new Error(`There is no command ${id}.`);
  return command;
}
