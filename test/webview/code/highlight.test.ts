import { describe, expect, it } from 'vitest';
import { highlight } from '../../../src/webview/code/highlight.ts';
import { languages } from '../../../src/webview/code/languages.ts';

const joined = (code: string, language: string): string =>
  highlight(code, language)
    .map((run) => run.text)
    .join('');

const tricky = `<script>alert("1 & 2")</script> &amp; &lt; &#x27; 'x' \`\${y}\` /* c */ # d\n\t{"a": [1, null]}\n</span>\n`;

describe('highlight', () => {
  it.each(Object.keys(languages))('gives every letter of tricky code back in %s', (language) => {
    expect(joined(tricky, language)).toBe(tricky);
  });

  it('colours what it knows', () => {
    expect(highlight('const a = "b";', 'ts')).toEqual([
      { text: 'const', className: 'hljs-keyword' },
      { text: ' a = ' },
      { text: '"b"', className: 'hljs-string' },
      { text: ';' },
    ]);
  });

  it.each(['js', 'py', 'html', 'tsx', 'sh', 'yml', 'c++', 'cs', 'rs', 'vue', 'jsonl', 'toml', 'scss'])(
    'knows %s by its alias',
    (alias) => {
      expect(highlight('"a" // b\n# c\na: {b: 1} <i>', alias).length).toBeGreaterThan(1);
    },
  );

  it.each(['', 'klingon', 'constructor', '__proto__'])('shows code of the language "%s" plain', (language) => {
    expect(highlight(tricky, language)).toEqual([{ text: tricky }]);
  });

  it('shows very long code plain', () => {
    const long = 'let a = 1;\n'.repeat(20_000);
    expect(highlight(long, 'js')).toEqual([{ text: long }]);
  });
});
