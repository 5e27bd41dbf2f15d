/** What the child process is told when it starts. */
export interface ProcessArguments {
  /** `auto`: the graphics card the compiled files are made for; `false`: the processor alone. */
  readonly gpu: 'auto' | false;
  readonly threads: number;
}

export function writeArguments({ gpu, threads }: ProcessArguments): string[] {
  return [gpu === 'auto' ? 'gpu' : 'processor', String(threads)];
}

export function readArguments([device, threads]: readonly string[]): ProcessArguments {
  return { gpu: device === 'gpu' ? 'auto' : false, threads: Math.max(1, Number(threads) || 1) };
}
