/** The words of a web page, without its scripts, styles and menus; code and headings stay recognisable. No HTML comes out. */
export function pageText(html: string): string {
  const { body, code } = withoutCode(withoutHidden(html));
  const text = body
    .replaceAll(/<h([1-6])\b[^>]*>/gi, (_, level: string) => `\n\n${'#'.repeat(Number(level))} `)
    .replaceAll(/<li\b[^>]*>/gi, '\n- ')
    .replaceAll(/<(?:br|hr)\b[^>]*>/gi, '\n')
    .replaceAll(/<t[dh]\b[^>]*>/gi, ' | ')
    .replaceAll(blocks, '\n\n')
    .replaceAll(/<[^>]*>/g, '');
  return (
    decoded(text)
      .split('\n')
      .map((line) => line.replaceAll(/[\t \u00a0]+/g, ' ').trim())
      .join('\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: no page holds it here
      .replaceAll(/\u0000(\d+)\u0000/g, (_, place: string) => code[Number(place)] ?? '')
      .trim()
  );
}

/** What stands in the page's `<title>`; empty = nothing. */
export function pageTitle(html: string): string {
  const title = /<title\b[^>]*>([\s\S]*?)<\/title>/i.exec(html)?.[1] ?? '';
  return decoded(title).replaceAll(/\s+/g, ' ').trim();
}

const blocks =
  /<\/?(?:p|div|section|article|main|h[1-6]|ul|ol|dl|dt|dd|table|tr|blockquote|figure|figcaption|details|summary)\b[^>]*>/gi;

function withoutHidden(html: string): string {
  return html
    .replaceAll('\u0000', '')
    .replaceAll(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replaceAll(/<(script|style|head|nav|noscript|template|svg|iframe|form)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ');
}

/** Spaces count in `<pre>`: it is set aside while the rest is tidied, where line ends are spaces. */
function withoutCode(html: string): { readonly body: string; readonly code: readonly string[] } {
  const code: string[] = [];
  const body = html.replaceAll(/<pre\b[^>]*>([\s\S]*?)<\/pre\s*>/gi, (_, inner: string) => {
    const text = decoded(inner.replaceAll(/<[^>]*>/g, ''))
      .replace(/^\n/, '')
      .trimEnd();
    return `<p>\u0000${code.push(`\`\`\`\n${text}\n\`\`\``) - 1}\u0000<p>`;
  });
  return { body: body.replaceAll(/\s+/g, ' '), code };
}

const named: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', copy: '©', reg: '®', trade: '™' },
  ...{ hellip: '…', ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', laquo: '«', raquo: '»' },
  ...{ times: '×', middot: '·', bull: '•', rarr: '→', larr: '←', le: '≤', ge: '≥', ne: '≠', deg: '°', sect: '§' },
};

/** Once: what was written as `&amp;lt;` is `&lt;`. */
function decoded(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[name] ?? whole;
    const point = Number.parseInt(decimal ?? hex, decimal === undefined ? 16 : 10);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '';
  });
}
