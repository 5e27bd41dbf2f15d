import { setTimeout as pause } from 'node:timers/promises';
import type { Workbench } from '../../test/support/workbench.ts';
import { goToEndOfLine, openFile, typeText } from '../../test/support/workbench-editor.ts';
import { type Ghost, type Seen, takeSeen } from './typing-page.ts';
import type { Passage } from './typing-passages.ts';
import { type Asked, piecesOf, type TypingServer, writtenIn } from './typing-server.ts';

const keyMs = 80;
/** The editor itself leaves out a frame where a line begins, whoever suggests. */
const framesOfEditor = 2;

/** What one burst of keys came to. */
export interface Burst {
  /** From every key to ghost text that fits what the file then holds, be it after later keys. */
  readonly latencies: readonly number[];
  /** Of them those of keys that nobody foresaw, so that a model has to be asked. */
  readonly unforeseen: readonly number[];
  readonly lastKey: number;
  readonly requests: number;
  /** Of them those for what follows the shown text. */
  readonly ahead: number;
  readonly aborted: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  /** Keys that were the next character of the ghost text on the screen. */
  readonly matching: number;
  /** Of them those during which it went for more than the editor's own frame. */
  readonly lost: number;
  /** Of them those during which somebody asked for it again. */
  readonly askedAgain: number;
  /** Ghost text that was not there while it was typed: at which key, and for how many frames. */
  readonly gone: readonly { readonly key: string; readonly frames: number }[];
  /** From a contradicting key to the server seeing the request's connection close. */
  readonly aborts: readonly number[];
}

export interface Typist {
  readonly workbench: Workbench;
  readonly server: TypingServer;
}

/** Types a passage at 80 ms a key; the server takes `firstTokenMs`, and sends its answer in four pieces, 5 ms apart. */
export async function typeBurst({ workbench, server }: Typist, passage: Passage, firstTokenMs: number): Promise<Burst> {
  await goTo(workbench, passage);
  server.plan = { firstTokenMs, pieces: (prompt) => piecesOf(passage, prompt), pieceMs: 5 };
  server.take();
  await takeSeen(workbench);
  await typeText(workbench, passage.keys.join(''), keyMs);
  await pause(700 + firstTokenMs);
  const seen = await takeSeen(workbench);
  return judge(passage, seen, server.take());
}

/** Leaves what is shown without Escape, which would ask for silence. */
export async function goTo(workbench: Workbench, { file, line }: Pick<Passage, 'file' | 'line'>): Promise<void> {
  await openFile(workbench, file);
  await goToEndOfLine(workbench, line);
  await pause(200);
}

/** Compares what the window and the server saw with what was typed. */
function judge(passage: Passage, { keys, ghosts }: Seen, asked: readonly Asked[]): Burst {
  if (keys.length !== passage.keys.length) throw new Error(`${keys.length} keys were seen at ${passage.mark}`);
  const keysBefore = (at: number): number => keys.filter((key) => key < at).length;
  const fits = (done: number, text: string): boolean =>
    text !== '' && squeeze(passage.predictions[done] ?? '').startsWith(squeeze(text));
  const fitting = ghosts.filter(({ at, text }) => fits(keysBefore(at), text));
  const fittingAfter = (from: number): Ghost | undefined => fitting.find(({ at }) => at > from);
  const untilFitting = (from: number): number => (fittingAfter(from)?.at ?? Number.POSITIVE_INFINITY) - from;
  const latencies = keys.map(untilFitting);
  const unforeseenAt = passage.contradicting.flatMap((key) => keys[key] ?? []);

  const textAt = (at: number): string => ghosts.findLast((ghost) => ghost.at < at)?.text ?? '';
  const writtenAt = (at: number): string => passage.typed.slice(0, keysBefore(at)).join('');
  const isAhead = ({ at, prompt }: Asked): boolean => {
    const written = writtenIn(passage, prompt) ?? '';
    return written.length > writtenAt(at).length && written.startsWith(writtenAt(at));
  };
  const matching = [...keys.entries()].filter(
    ([key, at]) => fits(key, textAt(at)) && !passage.contradicting.includes(key),
  );
  const spans = matching.map(([key, from]) => ({ key, from, to: keys[key + 1] ?? from + keyMs }));
  const gone = spans.flatMap(({ key, from, to }) =>
    ghosts
      .filter(({ at, text }) => at >= from && at < to && text === '')
      .map(({ at, frame }) => ({
        key: passage.keys[key] ?? '',
        frames: (fittingAfter(at)?.frame ?? Number.POSITIVE_INFINITY) - frame,
      })),
  );
  const askedAgain = spans.filter(({ from, to }) =>
    asked.some((request) => request.at >= from && request.at < to && !isAhead(request)),
  );
  return {
    latencies,
    unforeseen: unforeseenAt.map(untilFitting),
    lastKey: latencies.at(-1) ?? Number.POSITIVE_INFINITY,
    requests: asked.length,
    ahead: asked.filter(isAhead).length,
    aborted: asked.filter(({ abortedAt }) => abortedAt !== undefined).length,
    bytesIn: sum(asked.map(({ bytesIn }) => bytesIn)),
    bytesOut: sum(asked.map(({ bytesOut }) => bytesOut)),
    matching: matching.length,
    lost: gone.filter(({ frames }) => frames > framesOfEditor).length,
    askedAgain: askedAgain.length,
    gone,
    aborts: asked.flatMap(({ at, abortedAt }) => {
      const cause = unforeseenAt.findLast((key) => key >= at && key <= (abortedAt ?? 0));
      return cause === undefined || abortedAt === undefined ? [] : [abortedAt - cause];
    }),
  };
}

/** The window draws tabs as blanks, and blanks at ends not at all. */
const squeeze = (text: string): string => text.replaceAll(/\s+/g, '');

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
