import type { LlmError } from '../llm/llm-error.ts';
import { type Message, textOf } from '../llm/message.ts';

/** How a history is put in fewer words. */
export interface SummaryPorts {
  /** One request; undefined = it was stopped. */
  readonly ask: (message: Message, signal: AbortSignal) => Promise<string | LlmError | undefined>;
  readonly tokensOf: (message: Message) => number;
  /** Tokens of the history that one request may hold. */
  readonly room: number;
}

const order = `Summarise the conversation above, so that the work can go on from your summary alone: the messages themselves will not be seen again.
Keep: what the developer wants and has ruled out; decisions and their reasons; file paths, names, commands, numbers and error messages exactly as they stand; code that is still needed, word for word; what was tried and came to nothing; what is open and what comes next.
Leave out: politeness, what was corrected later, explanations nobody needs again.
Write in the language of the conversation, in short headed lists. Write nothing but the summary.`;

/** Stands before a summary, so that a model knows what it reads. */
export const summaryHeading = 'Summary of our conversation so far:';

/**
 * A summary of any history by a model with any window: what is too long for one request is read piece by piece, each time with
 * the summary of the pieces before. A single message that is too long is cut in its middle.
 */
export async function summarise(
  history: readonly Message[],
  ports: SummaryPorts,
  signal: AbortSignal,
): Promise<string | LlmError | undefined> {
  let summary: string | undefined;
  for (const piece of piecesOf(history, ports)) {
    const before = summary === undefined ? '' : `${summaryHeading}\n\n${summary}\n\nWhat was said since:\n\n`;
    const answer = await ports.ask(asUser(`${before}${piece}\n\n---\n\n${order}`), signal);
    if (typeof answer !== 'string' || signal.aborted) return signal.aborted ? undefined : answer;
    summary = answer.trim();
  }
  return summary === undefined ? undefined : `${summaryHeading}\n\n${summary}`;
}

function piecesOf(history: readonly Message[], { tokensOf, room }: SummaryPorts): readonly string[] {
  // The other half is for the summary of what was before, and for the one that is to be written.
  const most = Math.max(200, Math.floor(room / 2));
  const pieces: string[] = [];
  let piece: string[] = [];
  let tokens = 0;
  for (const message of history) {
    const said = inWords(message);
    if (said === '') continue;
    const whole = tokensOf(asUser(said));
    const shown = whole <= most ? said : withoutMiddle(said, most / whole);
    const count = Math.min(whole, most);
    if (piece.length > 0 && tokens + count > most) {
      pieces.push(piece.join('\n\n'));
      piece = [];
      tokens = 0;
    }
    piece.push(shown);
    tokens += count;
  }
  return piece.length === 0 ? pieces : [...pieces, piece.join('\n\n')];
}

/** A message as any model can read it, whoever wrote it. */
function inWords(message: Message): string {
  switch (message.role) {
    case 'user':
      return named('Developer', textOf(message));
    case 'tool':
      return named(`Result of ${message.toolName}`, textOf(message));
    case 'assistant': {
      const parts = message.content.map((part) => {
        if (part.type === 'text' || part.type === 'refusal') return part.text;
        return part.type === 'tool-call' ? `[called ${part.name} ${part.arguments}]` : '';
      });
      return named('Assistant', parts.filter((text) => text !== '').join('\n'));
    }
  }
}

const named = (who: string, text: string): string => (text.trim() === '' ? '' : `${who}:\n${text.trim()}`);

function withoutMiddle(text: string, share: number): string {
  const kept = Math.max(100, Math.floor(text.length * share * 0.9));
  const left = text.length - kept;
  return `${text.slice(0, Math.ceil(kept / 2))}\n[${left} characters are left out here]\n${text.slice(text.length - Math.floor(kept / 2))}`;
}

function asUser(text: string): Message {
  return { role: 'user', content: [{ type: 'text', text }] };
}
