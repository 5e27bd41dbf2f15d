import type { Token, Tokens } from 'marked';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { CodeBlock } from '../code/code-block.tsx';
import { memo } from '../memo.ts';
import { type BlockGroup, type BlockReader, createBlockReader } from './block-reader.ts';
import { drawTokens, isPlainMarkdown } from './from-tokens.tsx';
import { inNextTask } from './next-task.ts';
import { sanitise } from './sanitise.ts';
import { sliceLength, sliceTook } from './slice-pace.ts';
import { blockToHtml, lex } from './to-html.ts';
import { toVnodes } from './to-vnodes.tsx';

/** A model's Markdown. While it is being written only its last block is read and drawn again. */
export function Markdown({ text, complete }: { readonly text: string; readonly complete: boolean }) {
  const reader = useRef<BlockReader>(undefined);
  reader.current ??= createBlockReader(lex);
  const slice = sliceLength();
  const start = performance.now();
  const { groups, rest, more } = reader.current(text, complete, slice);
  const [slices, readOn] = useState(0);
  useLayoutEffect(() => {
    if (more && slices > 0) sliceTook(slice, performance.now() - start);
  });
  useEffect(() => (more ? inNextTask(() => readOn(slices + 1)) : undefined));
  return (
    <div class={useUnfinished(complete && more) ? 'markdown unfinished' : 'markdown'}>
      {groups.map((group, index) => (
        <Group key={index} group={group} after={groups[index - 1]?.at(-1)?.type} />
      ))}
      {rest !== '' && <Unread text={rest} />}
    </div>
  );
}

/** For a frame longer than it is so: the browser looks for what to hold on to after the last piece is there. */
function useUnfinished(now: boolean): boolean {
  const [held, setHeld] = useState(now);
  useEffect(() => {
    if (now === held) return;
    if (now) return setHeld(true);
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => setHeld(false));
    });
    return () => cancelAnimationFrame(frame);
  }, [now, held]);
  return now || held;
}

interface GroupProps {
  readonly group: BlockGroup;
  /** What stands before it: a long list or text goes on without a gap. */
  readonly after: string | undefined;
}

/** Laid out and painted while it is near what is in sight; before that, its height is a guess. */
const Group = memo(({ group, after }: GroupProps) =>
  group.length === 0 ? null : (
    <div class={`blocks guess-${guessedHeight(group)}${after === group[0]?.type ? ' going-on' : ''}`}>
      {group.map((block, index) => (
        <Block key={index} block={block} />
      ))}
    </div>
  ),
);

/** In pixels, as `styles/markdown.css` has them. */
const guesses = [50, 100, 200, 400, 800, 1600, 3200] as const;

function guessedHeight(group: BlockGroup): number {
  const height = group.reduce(
    (sum, { type, raw }) => sum + 12 + (type === 'code' ? 28 + 18 * lines(raw) : raw.length / 2.5),
    0,
  );
  return guesses.find((guess) => guess * 1.5 > height) ?? 3200;
}

const lines = (text: string): number => text.split('\n').length;

const Unread = ({ text }: { readonly text: string }) => (
  <p class="unread" dir="auto">
    {text}
  </p>
);

const Block = memo(({ block }: { readonly block: Token }) => {
  if (block.type === 'space' || block.type === 'def') return null;
  // Code makes no detour through HTML: it may be long, and while it is written it is drawn often.
  if (block.type === 'code') {
    const { text, lang = '' } = block as Tokens.Code;
    return <CodeBlock code={text} info={lang} />;
  }
  if (block.type === 'plain') return <Unread text={(block as Tokens.Text).text} />;
  return <>{isPlainMarkdown(block) ? drawTokens([block]) : toVnodes(sanitise(blockToHtml(block)))}</>;
});
