import { setTimeout as pause } from 'node:timers/promises';
import { waitUntil } from '../../test/support/workbench.ts';
import { typeText } from '../../test/support/workbench-editor.ts';
import { goTo, type Typist } from './typing-burst.ts';
import { takeSeen } from './typing-page.ts';

const count = 12;
const answerLines = 40;
const lineMs = 20;

/** A place to type at every fifth line. */
export const slowFile = {
  name: 'parts.ts',
  text: Array.from(
    { length: count },
    (_, nth) => `export function assemble${nth}(read: (name: string) => number) {\n  // part ${nth}\n  \n}\n\n`,
  ).join(''),
};

const names = ['wheel', 'frame', 'seat', 'chain', 'brake', 'light', 'pedal', 'spoke', 'bell', 'fork'];
/** One statement, so that nothing but a key ends it early. */
const answer = [
  'onst parts = [\n',
  ...Array.from({ length: answerLines - 2 }, (_, nth) => `    read('${names[nth % names.length]}${nth}'),\n`),
  '  ];\n',
];

/** What a long answer that comes line by line was like, once for each try; milliseconds from a key. */
export interface SlowAnswers {
  readonly firstText: readonly number[];
  /** The last time that the text grew. */
  readonly wholeText: readonly number[];
  /** From a key that contradicts what has come so far to the server seeing the connection close. */
  readonly aborts: readonly number[];
}

/** Types one key at each place, where the server answers with 40 lines, 20 ms apart; every other time another key goes against it. */
export async function typeAtSlowServer({ workbench, server }: Typist): Promise<SlowAnswers> {
  const firstText: number[] = [];
  const wholeText: number[] = [];
  const aborts: number[] = [];
  server.plan = { firstTokenMs: 0, pieces: () => answer, pieceMs: lineMs };
  for (let nth = 0; nth < count; nth++) {
    await goTo(workbench, { file: slowFile.name, line: nth * 5 + 3 });
    server.take();
    await takeSeen(workbench);
    await typeText(workbench, 'c');
    await waitUntil(workbench, 'see the server asked', async () => server.isAsked);
    const isContradicted = nth % 2 === 1;
    if (isContradicted) {
      await pause(5 * lineMs);
      await typeText(workbench, 'Z');
    }
    await pause(isContradicted ? 500 : answerLines * lineMs + 500);
    const { keys, ghosts } = await takeSeen(workbench);
    const [first = Number.NaN, second = Number.NaN] = keys;
    const { abortedAt = Number.POSITIVE_INFINITY } = server.take()[0] ?? {};
    if (isContradicted) aborts.push(abortedAt - second);
    else {
      const shown = ghosts.filter(({ text }) => text !== '');
      firstText.push((shown[0]?.at ?? Number.POSITIVE_INFINITY) - first);
      wholeText.push((shown.at(-1)?.at ?? Number.POSITIVE_INFINITY) - first);
    }
  }
  return { firstText, wholeText, aborts };
}
