import * as l10n from '@vscode/l10n';

/** The language of what is said to the user, as `Intl` names it: numbers and dates within are in no other. */
export const language = (): string => l10n.t('en-US');

/** Writes numbers in that language; what it takes is made with the first of them. */
export function numbers(options: Intl.NumberFormatOptions): (value: number) => string {
  const format = inLanguage((tag) => new Intl.NumberFormat(tag, options));
  return (value) => format().format(value);
}

/** The same for times. */
export function times(options: Intl.DateTimeFormatOptions): (at: number | Date) => string {
  const format = inLanguage((tag) => new Intl.DateTimeFormat(tag, options));
  return (at) => format().format(at);
}

/** `1,204`. */
export const whole = numbers({ maximumFractionDigits: 0 });

/** `3.0`. */
export const tenths = numbers({ minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** `0.25`. */
export const hundredths = numbers({ minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** `$1.20`. */
export const cents = numbers({ style: 'currency', currency: 'USD' });

/** `$0.0012`: a sum that is thought, not known. */
export const twoDigits = numbers({ style: 'currency', currency: 'USD', maximumSignificantDigits: 2 });

/** `one and other`. */
export const listed = (names: readonly string[]): string => new Intl.ListFormat(language()).format(names);

/** `18:05`. */
export const shortTime = times({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

function inLanguage<Format>(make: (tag: string) => Format): () => Format {
  let made: { readonly tag: string; readonly format: Format } | undefined;
  return () => {
    const tag = language();
    if (made?.tag !== tag) made = { tag, format: make(tag) };
    return made.format;
  };
}
