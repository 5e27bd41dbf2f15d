import * as l10n from '@vscode/l10n';
import { useEffect, useState } from 'preact/hooks';
import type { KnownView, PriceView, SettingValue } from '../../protocol/model-settings-view.ts';
import { Icon } from '../icon.tsx';
import { isObject, type NumberRule, readTyped } from './setting-rules.ts';

interface PriceControlProps {
  readonly id: string;
  readonly value: SettingValue;
  readonly known: KnownView | undefined;
  readonly onStore: (value: SettingValue) => void;
}

const parts = ['input', 'cachedInput', 'output'] as const;
type Part = (typeof parts)[number];
type Texts = Readonly<Record<Part, string>>;

const rule: NumberRule = {
  kind: 'number',
  label: () => l10n.t('Price'),
  hint: () => '',
  least: 0,
  whole: false,
};

const labels: Readonly<Record<Part, () => string>> = {
  input: () => l10n.t('Input'),
  cachedInput: () => l10n.t('Cached input'),
  output: () => l10n.t('Output'),
};

/** Three prices that are stored together: none counts without input and output. */
export function PriceControl({ id, value, known, onStore }: PriceControlProps) {
  const stored = textsOf(value);
  const [texts, setTexts] = useState(stored);
  useEffect(() => setTexts(textsOf(value)), [JSON.stringify(value)]);
  const price = typeof known?.value === 'object' ? known.value : undefined;
  const [input, cached, output] = parts.map((part) => readTyped(rule, texts[part]));
  const isWrong = [input, cached, output].some((typed) => typed?.valid === false);
  const isHalf = !isWrong && (texts.input.trim() === '') !== (texts.output.trim() === '');
  const store = (given: Texts) => {
    const read = parts.map((part) => readTyped(rule, given[part]));
    const [first, second, third] = read.map((typed) => (typed.valid ? typed.value : undefined));
    if (read.some((typed) => !typed.valid)) return;
    if (first === null && third === null) onStore(null);
    else if (typeof first === 'number' && typeof third === 'number') {
      const others = isObject(value) && 'cacheWrite' in value ? { cacheWrite: value['cacheWrite'] } : {};
      onStore({ input: first, ...(typeof second === 'number' && { cachedInput: second }), output: third, ...others });
    }
  };
  return (
    <div class="setting-price">
      <div class="setting-prices">
        {parts.map((part, at) => (
          <label key={part} class="price-part">
            <span>{labels[part]()}</span>
            <input
              id={at === 0 ? id : undefined}
              data-testid={at === 0 ? id : `${id}-${part}`}
              type="text"
              inputMode="decimal"
              autocomplete="off"
              aria-describedby={`${id}-state ${id}-hint`}
              aria-invalid={!readTyped(rule, texts[part]).valid}
              placeholder={price?.[part] === undefined ? '–' : String(price[part])}
              value={texts[part]}
              onInput={(event) => setTexts({ ...texts, [part]: event.currentTarget.value })}
              onChange={(event) => store({ ...texts, [part]: event.currentTarget.value })}
            />
          </label>
        ))}
      </div>
      {(isWrong || isHalf) && (
        <div class="setting-problem" role="status">
          <Icon name="error" />
          {isWrong
            ? l10n.t('Has to be a number, {0} or more', 0)
            : l10n.t('Input and output have to be given together')}
        </div>
      )}
    </div>
  );
}

function textsOf(value: SettingValue): Texts {
  const price: Readonly<Partial<Record<keyof PriceView, unknown>>> = isObject(value) ? value : {};
  const text = (part: Part): string => (typeof price[part] === 'number' ? String(price[part]) : '');
  return { input: text('input'), cachedInput: text('cachedInput'), output: text('output') };
}
