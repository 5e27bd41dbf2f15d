import * as l10n from '@vscode/l10n';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { SettingValue, SettingView } from '../../protocol/model-settings-view.ts';
import { useActions } from '../actions.ts';
import { Icon, IconButton } from '../icon.tsx';
import { PriceControl } from './price-control.tsx';
import { readTyped, settingRules, writeTyped } from './setting-rules.ts';
import { badgeOf, stateOf } from './setting-state.ts';
import { TypedControl } from './typed-control.tsx';

interface SettingFieldProps {
  readonly model: string;
  readonly row: SettingView;
}

/** One setting: its control, whether it is sent or where its value is from, and the way back. */
export function SettingField({ model, row }: SettingFieldProps) {
  const { post } = useActions();
  const rule = settingRules[row.name];
  const stored = writeTyped(row.value);
  const [text, setText] = useState(stored);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => setText(stored), [stored]);

  const typed = readTyped(rule, text);
  const store = (value: SettingValue) => {
    if (JSON.stringify(value) !== JSON.stringify(row.value)) {
      post({ type: 'change-setting', model, name: row.name, value });
    }
  };
  const storeText = (given: string) => {
    const read = readTyped(rule, given);
    if (read.valid) store(read.value);
  };
  const id = `setting-${row.name}`;
  const state = stateOf(row);
  const badge = badgeOf(row);
  return (
    <div class="setting" ref={frame} data-state={state.name} data-setting={row.name}>
      <div class="setting-head">
        <label for={id}>{rule.label()}</label>
        {badge && (
          <span class={`badge ${row.support}`} title={badge.because}>
            {badge.text}
          </span>
        )}
        <span class="spring" />
        <span class="setting-state" data-testid={`${id}-state`} id={`${id}-state`}>
          {state.text}
        </span>
        {row.value !== null && (
          <IconButton
            icon="discard"
            label={l10n.t('Reset {0}', rule.label())}
            testId={`${id}-reset`}
            onClick={() => {
              setText('');
              store(null);
              frame.current?.querySelector<HTMLElement>('input:not([type=range]), select, textarea')?.focus();
            }}
          />
        )}
      </div>
      {rule.kind === 'price' ? (
        <PriceControl id={id} value={row.value} known={row.known} onStore={store} />
      ) : (
        <TypedControl id={id} rule={rule} row={row} text={text} onText={setText} onStore={storeText} onValue={store} />
      )}
      <Below id={id} isWrong={!typed.valid}>
        {typed.valid ? (
          rule.hint()
        ) : (
          <>
            <Icon name="error" />
            <span>
              {typed.problem}
              {typed.excerpt !== undefined && <pre class="setting-excerpt">{typed.excerpt}</pre>}
            </span>
          </>
        )}
      </Below>
    </div>
  );
}

function Below({
  id,
  isWrong,
  children,
}: {
  readonly id: string;
  readonly isWrong: boolean;
  readonly children: ComponentChildren;
}) {
  return (
    <div id={`${id}-hint`} class={isWrong ? 'setting-problem' : 'setting-hint'} aria-live="polite">
      {children}
    </div>
  );
}
