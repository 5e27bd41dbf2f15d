import highlighter from 'highlight.js/lib/core';
import { longestColoured, type Run } from './coloured-chunk.ts';
import { languages, moreAliases } from './languages.ts';

for (const [name, language] of Object.entries(languages)) highlighter.registerLanguage(name, language);
for (const [languageName, aliases] of Object.entries(moreAliases))
  highlighter.registerAliases([...aliases], { languageName });

/** The code in runs that join to exactly `code`; a single run when the language is not known. */
export function highlight(code: string, language: string): readonly Run[] {
  if (code.length > longestColoured || highlighter.getLanguage(language) === undefined) return [{ text: code }];
  return runsOf(highlighter.highlight(code, { language, ignoreIllegals: true }).value);
}

/** Reads the highlighter's HTML, which has nothing but class spans; anything else in it could only become text. */
function runsOf(html: string): readonly Run[] {
  const runs: Run[] = [];
  const open: string[] = [];
  for (const [piece, className] of html.matchAll(/<span class="([^"]*)">|<\/span>|<|[^<]+/g)) {
    if (className !== undefined) open.push(className);
    else if (piece === '</span>') open.pop();
    else {
      const text = piece.replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => characters[entity] ?? entity);
      const innermost = open.at(-1);
      runs.push(innermost === undefined ? { text } : { text, className: innermost });
    }
  }
  return runs;
}

const characters: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
};
