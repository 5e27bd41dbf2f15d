import * as l10n from '@vscode/l10n';

/** The language of the sentences on this page, as `Intl` names it: numbers and dates between them are in no other. */
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

function inLanguage<Format>(make: (tag: string) => Format): () => Format {
  let made: { readonly tag: string; readonly format: Format } | undefined;
  return () => {
    const tag = language();
    if (made?.tag !== tag) made = { tag, format: make(tag) };
    return made.format;
  };
}
