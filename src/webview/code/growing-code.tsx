import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { inNextTask } from '../markdown/next-task.ts';
import { memo } from '../memo.ts';
import { chunksOf } from './chunks.ts';
import { type ColouredChunk, longestColoured, runsOf } from './coloured-chunk.ts';
import { colour } from './colouring.ts';

interface GrowingCodeProps {
  readonly code: string;
  readonly language: string;
}

/** Of a longer line only the beginning is drawn; it can be copied whole. */
const longestLine = 20_000;
/** More pieces than these are laid out when they come into sight. */
const manyChunks = 16;
/** While less than this has come since the last colouring, code waits; as a share of it, the whole work stays linear. */
const growth = 1 / 4;
const littleCode = 2048;
const restMs = 120;
/** So many letters of coloured pieces are drawn in one task. */
const portion = 15_000;

interface Coloured {
  readonly code: string;
  readonly chunks: readonly ColouredChunk[];
}

/** Code, drawn at once and coloured as soon as the worker has looked at it; what is being written stays plain a moment. */
export function GrowingCode({ code, language }: GrowingCodeProps) {
  const coloured = useColours(code, language);
  const chunks = useMemo(() => chunksOf(code), [code]);
  return (
    <code class={chunks.length > manyChunks ? 'long' : undefined}>
      {chunks.map((text, nth) => (
        <Chunk key={nth} text={text} colours={coloured[nth]} />
      ))}
    </code>
  );
}

interface ChunkProps {
  readonly text: string;
  readonly colours: ColouredChunk | undefined;
}

const Chunk = memo(({ text, colours }: ChunkProps) => {
  const runs = colours === undefined ? [] : runsOf(colours);
  const known = runs.reduce((sum, run) => sum + run.text.length, 0);
  return (
    <span class="code-chunk">
      {runs.map((run, nth) =>
        run.className === undefined ? (
          run.text
        ) : (
          <span key={nth} class={run.className}>
            {run.text}
          </span>
        ),
      )}
      {shortened(text.slice(known))}
    </span>
  );
});

function shortened(text: string): string {
  if (text.length <= longestLine) return text;
  return text.replace(/[^\n]+/g, (line) => (line.length <= longestLine ? line : `${line.slice(0, longestLine)}…`));
}

/** Colours of the pieces of code that are as they were when they were coloured. */
function useColours(code: string, language: string): readonly (ColouredChunk | undefined)[] {
  const [seen, setSeen] = useState(nothing);
  const asked = useRef('');
  const cancel = useRef<() => void>(undefined);

  useEffect(() => {
    if (language === '' || code.length > longestColoured || code === asked.current) return;
    const ask = () => {
      cancel.current?.();
      asked.current = code;
      const bringIn = (chunks: readonly ColouredChunk[], from: number) => {
        const end = portionEnd(chunks, from);
        setSeen((before) => ({ code, chunks: [...chunks.slice(0, end), ...stillTrue(before, code).slice(end)] }));
        if (end < chunks.length) cancel.current = inNextTask(() => bringIn(chunks, end));
      };
      cancel.current = colour(code, language, (chunks) => bringIn(chunks, 0));
    };
    const grown = code.length - asked.current.length;
    if (grown < 0 || grown > Math.max(littleCode, asked.current.length * growth)) return ask();
    const rest = setTimeout(ask, asked.current === '' ? 0 : restMs);
    return () => clearTimeout(rest);
  }, [code, language]);
  useEffect(() => () => cancel.current?.(), []);

  return stillTrue(seen, code);
}

const nothing: Coloured = { code: '', chunks: [] };

const stillTrue = (seen: Coloured, code: string): readonly ColouredChunk[] =>
  code.slice(0, seen.code.length) === seen.code ? seen.chunks : [];

function portionEnd(chunks: readonly ColouredChunk[], from: number): number {
  let end = from;
  for (let letters = 0; end < chunks.length && (end === from || letters < portion); end++)
    letters += chunks[end]?.length ?? 0;
  return end;
}
