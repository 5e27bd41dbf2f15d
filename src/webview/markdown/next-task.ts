let waiting: (() => void)[] = [];
let isRunning = false;
const { port1: starts, port2: next } = new MessageChannel();
next.onmessage = () => {
  waiting.shift()?.();
  run();
};

/** Calls one after the other, each in a task of its own, so that keys and frames come in between. What comes back calls it off. */
export function inNextTask(work: () => void): () => void {
  waiting.push(work);
  if (!isRunning) run();
  return () => {
    waiting = waiting.filter((other) => other !== work);
  };
}

/** A timer would rest for some milliseconds before each. */
function run(): void {
  isRunning = waiting.length > 0;
  if (isRunning) starts.postMessage(undefined);
}
