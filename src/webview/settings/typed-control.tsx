import * as l10n from '@vscode/l10n';
import type { SettingValue, SettingView } from '../../protocol/model-settings-view.ts';
import { language } from '../in-language.ts';
import { readTyped, type SettingRule } from './setting-rules.ts';

interface TypedControlProps {
  readonly id: string;
  readonly rule: SettingRule;
  readonly row: SettingView;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** Enter, or the field is left. */
  readonly onStore: (text: string) => void;
  readonly onValue: (value: SettingValue) => void;
}

/** What a setting is changed with. What is typed is stored when it makes sense, else it stays in the field. */
export function TypedControl({ id, rule, row, text, onText, onStore, onValue }: TypedControlProps) {
  const notSent = row.known === undefined ? l10n.t('Not sent') : shown(row.known.value);
  const common = {
    id,
    'data-testid': id,
    'aria-describedby': `${id}-state ${id}-hint`,
    'aria-invalid': !readTyped(rule, text).valid,
    value: text,
    onInput: (event: { readonly currentTarget: { readonly value: string } }) => onText(event.currentTarget.value),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => onStore(event.currentTarget.value),
  };
  const { choices = [] } = row;
  switch (rule.kind) {
    case 'number':
      return (
        <div class="setting-number">
          {rule.slider && (
            <input
              type="range"
              class="slider"
              data-testid={`${id}-slider`}
              aria-label={rule.label()}
              aria-valuetext={row.value === null ? notSent : String(row.value)}
              min={rule.least}
              max={rule.most}
              step={rule.slider.step}
              value={readTyped(rule, text).valid && text.trim() !== '' ? Number(text) : rule.slider.rest}
              onInput={(event) => onText(event.currentTarget.value)}
              onChange={(event) => onStore(event.currentTarget.value)}
            />
          )}
          <input
            {...common}
            type="text"
            inputMode="decimal"
            autocomplete="off"
            spellcheck={false}
            placeholder={notSent}
          />
        </div>
      );
    case 'choice':
      if (choices.length === 0) {
        return <input {...common} type="text" autocomplete="off" spellcheck={false} placeholder={notSent} />;
      }
      return (
        <select {...common}>
          <option value="">{notSent}</option>
          {(choices.includes(text) || text === '' ? choices : [...choices, text]).map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      );
    case 'switch':
      return (
        <select
          {...common}
          value={row.value === null ? '' : String(row.value)}
          onInput={undefined}
          onChange={({ currentTarget: { value } }) => onValue(value === '' ? null : value === 'true')}
        >
          <option value="">{row.known === undefined ? l10n.t('Not known') : notSent}</option>
          <option value="true">{l10n.t('Yes')}</option>
          <option value="false">{l10n.t('No')}</option>
        </select>
      );
    case 'text':
    case 'list':
    case 'json':
      return (
        <textarea
          {...common}
          class={rule.kind === 'text' ? '' : 'code-text'}
          rows={Math.min(10, Math.max(rule.kind === 'text' ? 3 : 1, text.split('\n').length))}
          spellcheck={rule.kind === 'text'}
          placeholder={rule.kind === 'json' ? `${notSent}, { "seed": 7 }` : notSent}
        />
      );
    case 'price':
      return null;
  }
}

function shown(value: NonNullable<SettingView['known']>['value']): string {
  if (typeof value === 'boolean') return value ? l10n.t('Yes') : l10n.t('No');
  return typeof value === 'number' ? value.toLocaleString(language()) : '';
}
