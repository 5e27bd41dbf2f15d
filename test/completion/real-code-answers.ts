import type { Indentation } from '../../src/completion/document.ts';
import { type Finished, finish } from '../../src/completion/finish.ts';
import { OutputReader } from '../../src/completion/output-reader.ts';
import { describeSituation } from '../../src/completion/situation.ts';
import { indentOf } from '../../src/completion/syntax/balance.ts';
import type { Hole } from './real-code-holes.ts';

/** What a model may make of the text that is missing, and how it was asked. */
export interface Answer {
  readonly output: string;
  readonly answer?: 'fim' | 'chat';
  readonly eol?: '\r\n';
}

type Write = (hole: Hole, indentation: Indentation) => Answer | undefined;

export const answers: Readonly<Record<string, Write>> = {
  exact: ({ truth }) => ({ output: truth }),
  'runs on a line': ({ truth, suffix }) => runsOn(truth, suffix, 2),
  'runs on': ({ truth, suffix }) => runsOn(truth, suffix, 8),
  'runs on, broken off': ({ truth, suffix }) => ({ output: truth + suffix.slice(0, 230) }),
  token: ({ truth, prefix }) => ({ output: `${truth}<|endoftext|>${prefix.slice(-80)}` }),
  'token, runs on': ({ truth, suffix }) => ({ output: `${truth}${suffix.slice(0, 90)}<|fim_pad|><|im_end|>` }),
  fenced: ({ truth }) => ({ output: `Here is the code:\n\n\`\`\`ts\n${truth}\n\`\`\`\nIt does that.`, answer: 'chat' }),
  tagged: ({ truth }) => ({ output: `<completion>${truth}</completion>`, answer: 'chat' }),
  'line repeated': ({ truth, prefix }) => {
    const line = lineOf(prefix);
    return line.trim() === '' ? undefined : { output: `<completion>${line}${truth}</completion>`, answer: 'chat' };
  },
  'lines above repeated': ({ truth, prefix }) => ({
    output: `\`\`\`\n${prefix.split('\n').slice(-4).join('\n')}${truth}\n\`\`\``,
    answer: 'chat',
  }),
  'from the left edge': ({ truth, prefix }) => {
    const indent = lineOf(prefix);
    if (indent === '' || indent.trim() !== '' || !truth.includes('\n')) return undefined;
    const lines = truth.split('\n');
    if (!lines.slice(1).every((line) => line.trim() === '' || line.startsWith(indent))) return undefined;
    const output = lines.map((line, index) => (index === 0 ? line : line.slice(indent.length))).join('\n');
    return { output: `\`\`\`\n${output}\n\`\`\``, answer: 'chat' };
  },
  'indented twice': ({ truth, prefix }) => {
    const indent = lineOf(prefix);
    return indent === '' || indent.trim() !== '' ? undefined : { output: indent + truth };
  },
  'other blanks': ({ truth }, { insertSpaces, tabSize }) => {
    if (!/\n[ \t]/.test(truth)) return undefined;
    const lines = truth.split('\n');
    if (lines.slice(1).some((line) => (insertSpaces ? indentOf(line) % tabSize !== 0 : /^\t* /.test(line))))
      return undefined;
    const other = insertSpaces ? '\t' : '    ';
    const own = insertSpaces ? ' '.repeat(tabSize) : '\t';
    const turned = lines.map((line, index) => (index === 0 ? line : turn(line, own, other)));
    return { output: turned.join('\n') };
  },
  CRLF: ({ truth }) => ({ output: truth.replaceAll('\n', '\r\n'), eol: '\r\n' }),
  'CRLF, runs on': ({ truth, suffix }) => {
    const answer = runsOn(truth, suffix, 2);
    return { ...answer, output: answer.output.replaceAll('\n', '\r\n'), eol: '\r\n' };
  },
};

const lineOf = (prefix: string): string => prefix.slice(prefix.lastIndexOf('\n') + 1);

function turn(line: string, own: string, other: string): string {
  let levels = 0;
  while (line.startsWith(own, levels * own.length)) levels += 1;
  return other.repeat(levels) + line.slice(levels * own.length);
}

function runsOn(truth: string, suffix: string, lines: number): Answer {
  return {
    output:
      truth +
      suffix
        .split('\n')
        .slice(0, lines + 1)
        .join('\n'),
  };
}

/** `exact`: accepting it gives the file as it was. */
export type Outcome = 'exact' | 'nothing' | 'short' | 'doubled' | 'other';

export interface Judged {
  readonly outcome: Outcome;
  readonly finished: Finished;
}

export function judge(
  hole: Hole,
  { output, answer, eol }: Answer,
  languageId: string,
  indentation: Indentation,
): Judged {
  const { prefix, suffix, truth } = hole;
  const situation = describeSituation({
    prefix,
    suffix,
    languageId,
    maxLines: 20,
    eol: eol ?? '\n',
    indentation,
    answer: answer ?? 'fim',
    specialTokens: [],
  });
  const reader = new OutputReader(situation);
  reader.push(output);
  reader.end();
  const finished = finish(reader, situation);
  if (finished.kind === 'nothing') return { outcome: 'nothing', finished };
  const text = finished.text.replaceAll('\r\n', '\n');
  if (eol === '\r\n' && /[^\r]\n/.test(finished.text)) return { outcome: 'other', finished };
  const accepted = text + suffix.slice(finished.replaceAfter);
  if (bare(accepted) === bare(truth + suffix)) return { outcome: 'exact', finished };
  if (truth.startsWith(text.trimEnd())) return { outcome: 'short', finished };
  return { outcome: text.startsWith(truth) ? 'doubled' : 'other', finished };
}

const bare = (text: string): string => text.replace(/[ \t]+$/gm, '');

/** As an editor detects it. */
export function indentationOf(text: string): Indentation {
  if (/^\t/m.test(text)) return { insertSpaces: false, tabSize: 4 };
  const widths = [...text.matchAll(/^( +)\S/gm)].map((match) => match[1]?.length ?? 0);
  const count = (size: number): number => widths.filter((width) => width % size === 0).length;
  return { insertSpaces: true, tabSize: count(4) * 1.2 >= count(2) ? 4 : 2 };
}
