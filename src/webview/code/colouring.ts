import type { ColouredChunk, ColouringResult, ColouringTask } from './coloured-chunk.ts';

/** Code that takes longer than this stays plain: the expressions that find its colours have run wild. */
const patienceMs = 3000;

interface Waiting extends ColouringTask {
  readonly done: (chunks: readonly ColouredChunk[]) => void;
}

let worker: Promise<Worker | undefined> | undefined;
let working: { readonly task: Waiting; readonly timer: ReturnType<typeof setTimeout> } | undefined;
let queue: Waiting[] = [];
let lastId = 0;

/** Has code coloured in a worker, which is started with the first. The function that comes back calls it off. */
export function colour(code: string, language: string, done: Waiting['done']): () => void {
  const task = { id: ++lastId, code, language, done };
  queue.push(task);
  void next();
  return () => {
    queue = queue.filter((waiting) => waiting !== task);
  };
}

async function next(): Promise<void> {
  const task = working === undefined ? queue.shift() : undefined;
  if (task === undefined) return;
  worker ??= start();
  working = { task, timer: setTimeout(giveUp, patienceMs) };
  const { id, code, language } = task;
  const started = await worker;
  if (started === undefined) finish(id, []);
  else started.postMessage({ id, code, language } satisfies ColouringTask);
}

function finish(id: number, chunks: readonly ColouredChunk[]): void {
  if (working?.task.id !== id) return;
  clearTimeout(working.timer);
  const { task } = working;
  working = undefined;
  task.done(chunks);
  void next();
}

function giveUp(): void {
  void worker?.then((stuck) => stuck?.terminate());
  worker = undefined;
  if (working !== undefined) finish(working.task.id, []);
}

/** A page may start a worker from a text alone. Without one code is plain. */
async function start(): Promise<Worker | undefined> {
  try {
    const response = await fetch(new URL('highlight-worker.js', import.meta.url));
    const url = URL.createObjectURL(new Blob([await response.text()], { type: 'text/javascript' }));
    const started = new Worker(url);
    started.addEventListener('message', ({ data }: MessageEvent<ColouringResult>) => finish(data.id, data.chunks));
    return started;
  } catch {
    return undefined;
  }
}
