/** The path that a line of prose, a heading or a fence's first line names; undefined where it is no path. */
export function pathInLine(line: string): string | undefined {
  const plain = line
    .trim()
    .replace(/^(?:[#>*-]+\s+|\d+[.)]\s+)/, '')
    .replace(/^(?:\/\/|\/\*|<!--)\s*|\s*(?:\*\/|-->)$/g, '')
    .replace(/\s+\([^()/\\]*\)\s*:?$/, '')
    .replace(/^[*_]*(?:file\s?(?:name|path)?|path)\s*[*_]*:[*_]*\s*/i, '');
  const link = /^\[`?([^\]`]+)`?\]\([^)]*\):?$/.exec(plain)?.[1];
  const quoted = link ?? onlyQuoted(plain);
  if (quoted !== undefined) return isPath(quoted) ? quoted : undefined;
  const text = plain
    .replace(/^[*_`"']+|[*_`"':]+$/g, '')
    .replace(/[*_`"']+$/, '')
    .trim();
  if (!/\s/.test(text)) return isPath(text) ? text : undefined;
  const words = text.split(/\s+/);
  // A folder may have a blank in its name; a sentence begins with no folder.
  if (/[/\\]/.test(words[0] ?? '')) return words.length <= mostWords && isPath(text) ? text : undefined;
  // `Update src/a.ts:` announces it.
  const last = words.at(-1) ?? '';
  return plain.endsWith(':') && words.length <= mostWords && isPath(last) ? last : undefined;
}

const longestPath = 260;
const mostWords = 4;

/** What a line has in backticks, quotes or bold, alone or, announced by some words, at its end: `In **`src/a.ts`**:`. */
function onlyQuoted(line: string): string | undefined {
  const [found, ...others] = [...line.matchAll(/`([^`]+)`|"([^"]+)"|\*\*([^*`]+?):?\*\*/g)];
  if (found === undefined || others.length > 0) return undefined;
  const text = found[1] ?? found[2] ?? found[3] ?? '';
  const before = line.slice(0, found.index).replace(/[*_]+$/, '');
  const behind = line.slice(found.index + found[0].length).replace(/^[*_]+/, '');
  if (!/^:?\s*$/.test(behind) || before.split(/\s+/).length > mostWords) return undefined;
  // Code is quoted in prose, too.
  return before.trim() === '' || /[/\\]/.test(text) || behind !== '' ? text : undefined;
}

function isPath(text: string): boolean {
  if (text.length === 0 || text.length > longestPath || /[<>|?*\n`]|\s{2}/.test(text)) return false;
  if (/^[a-z]+:\/\//i.test(text)) return false;
  return (
    /^[^\s].*[/\\][^\s/\\]+(?: [^\s/\\]+)*$/.test(text) ||
    /^[^\s/\\]+\.[A-Za-z_+-][A-Za-z0-9_+-]{0,11}$/.test(text) ||
    /^\.[A-Za-z][\w.-]*$/.test(text) ||
    plainNames.has(text)
  );
}

/** Files that have neither folder nor extension. */
const plainNames = new Set([
  'Makefile',
  'Dockerfile',
  'LICENSE',
  'README',
  'Gemfile',
  'Rakefile',
  'Procfile',
  'Jenkinsfile',
]);
