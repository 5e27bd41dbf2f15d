import { useRef, useState } from 'preact/hooks';
import { useActions } from '../actions.ts';
import { CopyButton } from '../copy-button.tsx';
import { IconButton } from '../icon.tsx';
import { memo } from '../memo.ts';
import { highlight } from './highlight.ts';

interface CodeProps {
  readonly code: string;
  /** As the model wrote it after the fence; may be empty. */
  readonly language: string;
}

/** Code with its language, and buttons that copy it, insert it at the cursor and wrap its lines. */
export const CodeBlock = memo(({ code, language }: CodeProps) => {
  const { post } = useActions();
  const [wrapped, setWrapped] = useState(false);
  const name = language === '' ? 'Code' : `Code, ${language}`;
  return (
    <figure class="code-block" aria-label={name}>
      <figcaption class="code-bar">
        <span class="code-language">{language}</span>
        <IconButton
          icon="word-wrap"
          label="Wrap long lines"
          pressed={wrapped}
          onClick={() => setWrapped((before) => !before)}
        />
        <IconButton
          icon="insert"
          label="Insert at cursor"
          testId="code-insert"
          onClick={() => post({ type: 'insert-code', text: code })}
        />
        <CopyButton text={code} label="Copy code" testId="code-copy" />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable with the keyboard */}
      <pre class={wrapped ? 'wrapped' : undefined} tabIndex={0}>
        <GrowingCode code={code} language={language} />
      </pre>
    </figure>
  );
});

/** While less than this is not yet coloured, it waits; as a share of what is, so that the whole work stays linear. */
const growth = 1 / 4;
const shortCode = 2048;

/** Coloured code; of code that is still being written the last lines may stay plain for a moment. */
function GrowingCode({ code, language }: CodeProps) {
  const coloured = useRef('');
  const before = coloured.current;
  const continues = code.slice(0, before.length) === before;
  const grownLittle = code.length > shortCode && code.length < before.length * (1 + growth);
  if (!continues || !grownLittle) coloured.current = code;
  return (
    <code>
      <ColouredCode code={coloured.current} language={language} />
      {code.slice(coloured.current.length)}
    </code>
  );
}

const ColouredCode = memo(({ code, language }: CodeProps) => (
  <>
    {highlight(code, language).map(({ text, className }, index) =>
      className === undefined ? (
        text
      ) : (
        <span key={index} class={className}>
          {text}
        </span>
      ),
    )}
  </>
));
