/** The path that a line of prose, a heading or a fence's first line names; undefined where it is no path. */
export function pathInLine(line: string): string | undefined {
  const text = line
    .trim()
    .replace(/^(?:[#>*-]+\s+|\d+\.\s+)/, '')
    .replace(/^(?:file(?:name)?|path)\s*:\s*/i, '')
    .replace(/^[*_`"']+|[*_`"':]+$/g, '')
    .replace(/[*_`"']+$/, '')
    .trim();
  if (text.length === 0 || text.length > longestPath || /[<>|?\n]|\s{2}/.test(text)) return undefined;
  const isPath = /^[^\s].*[/\\][^\s/\\]+$/.test(text) || /^[^\s/\\]+\.[A-Za-z0-9_+-]{1,12}$/.test(text);
  const isWebAddress = /^[a-z]+:\/\//i.test(text);
  // A sentence may end with a file's name; a path has no words around it.
  const words = text.split(' ').length;
  if (!isPath && !plainNames.has(text)) return undefined;
  return isWebAddress || words > 3 ? undefined : text;
}

const longestPath = 260;

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
