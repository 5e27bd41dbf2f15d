import { useEffect, useRef, useState } from 'preact/hooks';
import { useActions } from '../actions.ts';
import { Icon, IconButton } from '../icon.tsx';
import { readTyped, type SettingRow } from './setting-rules.ts';

interface SettingFieldProps {
  readonly row: SettingRow;
  readonly value: string | number | null;
  /** Values to choose from; empty = anything may be typed. */
  readonly choices: readonly string[];
}

/** One setting. What is typed is stored on Enter or when the field is left, and only when it makes sense. */
export function SettingField({ row, value, choices }: SettingFieldProps) {
  const { post } = useActions();
  const stored = value === null ? '' : String(value);
  const [text, setText] = useState(stored);
  const control = useRef<HTMLElement>(null);
  useEffect(() => setText(stored), [stored]);

  const typed = readTyped(row, text);
  const problem = typed.valid ? undefined : typed.problem;
  const store = (given: string) => {
    const read = readTyped(row, given);
    if (read.valid && read.value !== value) post({ type: 'change-setting', name: row.name, value: read.value });
  };

  const common = {
    id: `setting-${row.name}`,
    'data-testid': `setting-${row.name}`,
    'aria-describedby': `setting-${row.name}-hint`,
    'aria-invalid': problem !== undefined,
    value: text,
    onInput: (event: { readonly currentTarget: { readonly value: string } }) => setText(event.currentTarget.value),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => store(event.currentTarget.value),
  };
  const setControl = (element: HTMLElement | null) => {
    control.current = element;
  };

  return (
    <div class="setting">
      <label for={common.id}>{row.label}</label>
      <div class="setting-value">
        {row.kind === 'text' && <textarea {...common} ref={setControl} rows={3} placeholder="Not sent" />}
        {row.kind === 'choice' && choices.length > 0 && (
          <select {...common} ref={setControl}>
            <option value="">Not sent</option>
            {(choices.includes(stored) || stored === '' ? choices : [...choices, stored]).map((choice) => (
              <option key={choice} value={choice}>
                {choice}
              </option>
            ))}
          </select>
        )}
        {(row.kind === 'number' || (row.kind === 'choice' && choices.length === 0)) && (
          <input
            {...common}
            ref={setControl}
            type="text"
            inputMode={row.kind === 'number' ? 'decimal' : 'text'}
            autocomplete="off"
            spellcheck={false}
            placeholder="Not sent"
          />
        )}
        {text !== '' && (
          <IconButton
            icon="close"
            label={`Clear ${row.label}`}
            onClick={() => {
              setText('');
              store('');
              control.current?.focus();
            }}
          />
        )}
      </div>
      <p id={`${common.id}-hint`} class={problem === undefined ? 'setting-hint' : 'setting-problem'} aria-live="polite">
        {problem !== undefined && <Icon name="error" />}
        {problem ?? row.hint}
      </p>
    </div>
  );
}
