import * as l10n from '@vscode/l10n';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useActions } from '../actions.ts';

type State =
  | { readonly kind: 'drawing' }
  | { readonly kind: 'drawn'; readonly url: string; readonly width: number }
  | { readonly kind: 'failed'; readonly problem: string };

/** A Mermaid diagram as a picture, in which nothing runs and nothing is fetched. What draws it is loaded with the first. */
export function Diagram({ source }: { readonly source: string }) {
  const { post } = useActions();
  const [state, setState] = useState<State>({ kind: 'drawing' });
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const gone = new AbortController();
    let url: string | undefined;
    const draw = async () => {
      try {
        const { drawDiagram } = await import('./draw-diagram.ts');
        const { svg, width } = await drawDiagram(source, box.current ?? document.body, () =>
          post({ type: 'need-diagrams' }),
        );
        if (gone.signal.aborted) return;
        url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
        setState({ kind: 'drawn', url, width });
      } catch (error) {
        if (!gone.signal.aborted) setState({ kind: 'failed', problem: error instanceof Error ? error.message : '' });
      }
    };
    void draw();
    return () => {
      gone.abort();
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [source]);
  return (
    <div class="diagram" ref={box} aria-live="polite">
      {state.kind === 'drawing' && <p class="diagram-note">{l10n.t('Drawing…')}</p>}
      {state.kind === 'drawn' && (
        <img src={state.url} width={state.width} alt={l10n.t('Diagram of the code below')} data-testid="diagram" />
      )}
      {state.kind === 'failed' && (
        <p class="diagram-note" data-testid="diagram-problem">
          {l10n.t('This diagram cannot be drawn: {0}', state.problem)}
        </p>
      )}
    </div>
  );
}
