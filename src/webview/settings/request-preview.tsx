import * as l10n from '@vscode/l10n';
import { useRef } from 'preact/hooks';
import type { PreviewView } from '../../protocol/model-settings-view.ts';
import { useActions } from '../actions.ts';
import { Icon, IconButton } from '../icon.tsx';

/** What a message "Hello!" would send now, as the gateway itself would write it. Lines that a change brought are marked. */
export function RequestPreview({ preview }: { readonly preview: PreviewView }) {
  const { post, announce } = useActions();
  const lines = preview.kind === 'none' ? [] : pretty(preview.body).split('\n');
  const before = useRef<readonly string[]>(lines);
  const marked = useRef<ReadonlySet<string>>(new Set());
  const joined = lines.join('\n');
  const last = useRef(joined);
  if (last.current !== joined) {
    marked.current = new Set(lines.filter((line) => !before.current.includes(line)));
    before.current = lines;
    last.current = joined;
  }
  return (
    <section class="preview" aria-labelledby="preview-title" data-testid="request-preview">
      <div class="preview-head">
        <h3 id="preview-title">{l10n.t('Sent with “Hello!”')}</h3>
        {preview.kind !== 'none' && (
          <IconButton
            icon="copy"
            label={l10n.t('Copy the body')}
            onClick={() => {
              post({ type: 'copy', text: preview.body });
              announce(l10n.t('Copied'));
            }}
          />
        )}
      </div>
      {preview.kind === 'http' && (
        <div class="preview-address">
          <strong>{preview.method}</strong> <span data-testid="preview-url">{preview.url}</span>
          <details>
            <summary>{l10n.t('{0} headers', preview.headers.length)}</summary>
            <dl data-testid="preview-headers">
              {preview.headers.map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt> <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </details>
        </div>
      )}
      {preview.kind === 'inside' && (
        <p class="preview-address">{l10n.t('Asked inside this editor: nothing goes over a network.')}</p>
      )}
      {preview.kind === 'none' ? (
        <p class="preview-none">
          <Icon name="warning" /> {preview.reason}
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        <pre class="preview-body" data-testid="preview-body" tabIndex={0}>
          {lines.map((line, at) => (
            <span key={at} class={marked.current.has(line) ? 'changed' : ''}>
              {`${line}\n`}
            </span>
          ))}
        </pre>
      )}
    </section>
  );
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}
