/** Something a person can act on: what went wrong, and what to do now. Told once, without a stack. */
export class SetupError extends Error {
  readonly nextStep: string;
  constructor(cause: string, nextStep: string) {
    super(cause);
    this.nextStep = nextStep;
  }
}

/** What a step did; `false` when there was nothing to do. */
export type StepResult = string | false;

/**
 * Runs one step of the set-up and prints a line about it on stderr (stdout belongs to the script's own result).
 * A step that found everything in place takes no line, so a second run is quiet.
 */
export async function step(name: string, work: () => Promise<StepResult>): Promise<void> {
  const startedAt = performance.now();
  const seconds = (): string => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
  const waiting = setTimeout(() => console.error(`… ${name}`), 400);
  try {
    const done = await work();
    clearTimeout(waiting);
    if (done !== false) console.error(`✓ ${name}: ${done} (${seconds()})`);
  } catch (error) {
    clearTimeout(waiting);
    console.error(`✗ ${name} (${seconds()})\n${explain(error)}`);
    throw new StepFailed(name, { cause: error });
  }
}

/** A step failed and has said so: whoever catches this need not print it again. */
export class StepFailed extends Error {}

function explain(error: unknown): string {
  const text =
    error instanceof SetupError
      ? `${error.message}\n→ ${error.nextStep}`
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  return text.replace(/^/gm, '  ');
}
