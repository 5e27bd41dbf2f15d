/** The words stand near the top; a page of any length is not worth more work. */
const mostRead = 8192;

export function isHtml(text: string): boolean {
  return /^\uFEFF?\s*</.test(text);
}

/** What a web page says in short: its title, else the beginning of its text. */
export function wordsOfHtml(page: string): string {
  const html = page.slice(0, mostRead);
  const title = /<title[^>]*>([^<]*)/i.exec(html)?.[1];
  const words = plain(title ?? '') || plain(html.replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' '));
  return words === '' ? 'A web page came back instead of an answer.' : `A web page came back: "${words}"`;
}

function plain(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
}
