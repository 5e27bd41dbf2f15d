import type { Token, Tokens } from 'marked';
import { useEffect, useRef, useState } from 'preact/hooks';
import { CodeBlock } from '../code/code-block.tsx';
import { memo } from '../memo.ts';
import { type BlockGroup, type BlockReader, createBlockReader } from './block-reader.ts';
import { drawTokens, isPlainMarkdown } from './from-tokens.tsx';
import { inNextTask } from './next-task.ts';
import { sanitise } from './sanitise.ts';
import { blockToHtml, lex } from './to-html.ts';
import { toVnodes } from './to-vnodes.tsx';

/** A model's Markdown. While it is being written only its last block is read and drawn again. */
export function Markdown({ text, complete }: { readonly text: string; readonly complete: boolean }) {
  const reader = useRef<BlockReader>(undefined);
  reader.current ??= createBlockReader(lex);
  const { groups, rest, more } = reader.current(text, complete);
  const [, readOn] = useState(0);
  useEffect(() => (more ? inNextTask(() => readOn((slices) => slices + 1)) : undefined));
  return (
    <div class="markdown">
      {groups.map((group, index) => (
        <Group key={index} group={group} />
      ))}
      {rest !== '' && <Unread text={rest} />}
    </div>
  );
}

const Group = memo(({ group }: { readonly group: BlockGroup }) => (
  <>
    {group.map((block, index) => (
      <Block key={index} block={block} />
    ))}
  </>
));

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
