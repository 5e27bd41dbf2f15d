import * as l10n from '@vscode/l10n';
import { useContext, useState } from 'preact/hooks';
import { useActions } from '../actions.ts';
import { CopyButton } from '../copy-button.tsx';
import { Diagram } from '../diagram/diagram.tsx';
import { IconButton } from '../icon.tsx';
import { memo } from '../memo.ts';
import { MessageContext } from '../message/message-context.ts';
import { longestColoured } from './coloured-chunk.ts';
import { isShell, readFenceInfo } from './fence-info.ts';
import { GrowingCode } from './growing-code.tsx';

interface CodeProps {
  readonly code: string;
  /** As the model wrote it after the fence; may be empty. */
  readonly info: string;
}

/** Code with its language, and what can be done with it. */
export const CodeBlock = memo(({ code, info }: CodeProps) => {
  const { post } = useActions();
  const messageId = useContext(MessageContext);
  const [wrapped, setWrapped] = useState(false);
  const [drawn, setDrawn] = useState(false);
  const { language, path } = readFenceInfo(info);
  const name = language === '' ? l10n.t('Code') : l10n.t('Code, {0}', path ?? language);
  return (
    <figure class="code-block" aria-label={name}>
      <figcaption class="code-bar">
        <span class="code-language" dir="ltr">
          {path ?? language}
        </span>
        {code.length > longestColoured && <span class="code-note">{l10n.t('Too long to colour')}</span>}
        {language === 'mermaid' && (
          <button
            type="button"
            class="text-button"
            data-testid="show-diagram"
            aria-pressed={drawn}
            onClick={() => setDrawn((before) => !before)}
          >
            {drawn ? l10n.t('Hide diagram') : l10n.t('Show diagram')}
          </button>
        )}
        {isShell(language) && (
          <IconButton
            icon="terminal"
            label={l10n.t('Run in terminal…')}
            testId="code-run"
            onClick={() => post({ type: 'run-in-terminal', text: code })}
          />
        )}
        <IconButton
          icon="word-wrap"
          label={l10n.t('Wrap long lines')}
          pressed={wrapped}
          onClick={() => setWrapped((before) => !before)}
        />
        <IconButton
          icon="new-file"
          label={l10n.t('Open as a new file')}
          testId="code-new-file"
          onClick={() => post({ type: 'new-file', text: code, language, ...(path !== undefined && { path }) })}
        />
        <IconButton
          icon="insert"
          label={l10n.t('Insert at cursor')}
          testId="code-insert"
          onClick={() => post({ type: 'insert-code', text: code })}
        />
        {!isShell(language) && (
          <IconButton
            icon="edit-code"
            label={l10n.t('Apply to the file')}
            testId="code-apply"
            onClick={() =>
              post({
                type: 'apply-code',
                text: code,
                ...(path !== undefined && { path }),
                ...(messageId !== undefined && { messageId }),
              })
            }
          />
        )}
        <CopyButton text={code} label={l10n.t('Copy code')} testId="code-copy" />
      </figcaption>
      {drawn && <Diagram source={code} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable with the keyboard */}
      <pre class={wrapped ? 'wrapped' : undefined} tabIndex={0} dir="ltr">
        <GrowingCode code={code} language={language} />
      </pre>
    </figure>
  );
});
