import * as l10n from '@vscode/l10n';
import type { ComponentChildren } from 'preact';
import { useActions } from '../actions.ts';
import { FileLink, Opener } from './file-link.tsx';
import { readFilePlace, readSymbolName } from './file-place.ts';
import { Formula } from './formula.tsx';

interface InlineCodeProps {
  /** The class it came with: formulas are code until they are typeset. */
  readonly kind: string;
  readonly children?: ComponentChildren;
}

/** Code within a line: a formula, the name of a file or of something in the code, or just code. */
export function InlineCode({ kind, children }: InlineCodeProps) {
  const { post } = useActions();
  const text = wordsOf(children);
  if (kind === 'math-inline' || kind === 'math-display')
    return <Formula tex={text} display={kind === 'math-display'} />;
  const symbol = readSymbolName(text);
  return (
    <code dir="ltr">
      {readFilePlace(text) !== undefined ? (
        <FileLink text={text}>{children}</FileLink>
      ) : symbol !== undefined ? (
        <Opener quiet title={l10n.t('Go to {0}', symbol)} onOpen={() => post({ type: 'open-symbol', name: symbol })}>
          {children}
        </Opener>
      ) : (
        children
      )}
    </code>
  );
}

const wordsOf = (children: ComponentChildren): string =>
  Array.isArray(children) ? children.map(wordsOf).join('') : typeof children === 'string' ? children : '';
