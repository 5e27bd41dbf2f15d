import { useEffect, useRef, useState } from 'preact/hooks';
import { memo } from '../memo.ts';

interface FormulaProps {
  readonly tex: string;
  readonly display: boolean;
}

type State = 'source' | 'typeset' | { readonly problem: string };

/** A formula; its source until it is typeset, and where it cannot be. What typesets it is loaded with the first. */
export const Formula = memo(({ tex, display }: FormulaProps) => {
  const [state, setState] = useState<State>('source');
  const box = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let gone = false;
    const typeset = async () => {
      try {
        const { typesetFormula } = await import('./typeset-formula.ts');
        const formula = typesetFormula(tex, display);
        if (gone) return;
        box.current?.replaceChildren(formula);
        setState('typeset');
      } catch (error) {
        if (!gone) setState({ problem: error instanceof Error ? error.message : '' });
      }
    };
    void typeset();
    return () => {
      gone = true;
    };
  }, [tex, display]);
  return (
    <span class={display ? 'formula display' : 'formula'} dir="ltr" data-testid="formula">
      <span ref={box} hidden={state !== 'typeset'} />
      {state !== 'typeset' && (
        <code
          class={typeof state === 'object' ? 'formula-problem' : undefined}
          title={typeof state === 'object' ? state.problem : undefined}
        >
          {tex}
        </code>
      )}
    </span>
  );
});
