/** One entry of the command palette. `argument` is what a keybinding or another extension passed: anything. */
export interface Command {
  readonly id: `tutti.${string}`;
  /** Rejections are shown to the user as they are worded. */
  readonly run: (argument: unknown) => unknown;
}
