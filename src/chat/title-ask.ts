import { type AssistantMessage, type Message, textOf } from '../llm/message.ts';
import { filesIn } from './history.ts';
import { readTurn, type Turn } from './turn.ts';

export interface TitleAsk {
  readonly system: string;
  readonly messages: readonly Message[];
  /** Addresses of the files whose text may be in it. */
  readonly files: readonly string[];
}

const system =
  'You name conversations. Answer with a title of three to six words for the conversation you are shown, in its own language, and nothing else: no quotes, no full stop.';

/** As much of a question and of its reply as says what they are about. */
const shownCharacters = 1500;
const longestTitle = 60;

/** What a model is asked for a chat's title; undefined = there is no reply yet, or the chat has gone on without one for long. */
export function titleAsk(
  rows: readonly {
    readonly id: string;
    readonly parentId?: string;
    readonly createdAt: number;
    readonly body: string;
  }[],
): TitleAsk | undefined {
  if (rows.length > 6) return undefined;
  const turns = rows.flatMap((row): readonly Turn[] => {
    const turn = readTurn(row, row.body);
    return turn ? [turn] : [];
  });
  const question = turns.find((turn) => turn.kind === 'user');
  const reply = turns.find((turn) => turn.kind === 'assistant' && turn.state === 'done' && textOf(turn.message) !== '');
  if (question?.kind !== 'user' || !reply) return undefined;
  const text = `<question>\n${shown(question.typed ?? textOf(question.message))}\n</question>\n<reply>\n${shown(textOf(reply.message))}\n</reply>`;
  return {
    system,
    messages: [{ role: 'user', content: [{ type: 'text', text: `The conversation:\n\n${text}\n\nIts title:` }] }],
    files: filesIn(turns),
  };
}

/** The title a model gave; undefined where it said something else. */
export function titleIn(message: AssistantMessage): string | undefined {
  const lines = textOf(message)
    .replace(/<think>[\s\S]*?<\/think>/g, '')
    .split('\n')
    .map((line) => line.replace(/^(?:\*\*|#+|title:|["'“”«»`*\s])+|["'“”«»`*.\s]+$/gi, ''));
  const title = lines.find((line) => line !== '');
  // A whole sentence is an answer to the question.
  return title === undefined || title.length > longestTitle ? undefined : title.toWellFormed();
}

function shown(text: string): string {
  return text.slice(0, shownCharacters).toWellFormed();
}
