import { describe, expect, it } from 'vitest';
import { pageText, pageTitle } from '../../src/context/page-text.ts';

describe('the words of a page', () => {
  it.each([
    ['headings and paragraphs', '<h1>One</h1>\n<p>Two\n three</p><p>Four</p>', '# One\n\nTwo three\n\nFour'],
    ['lists', '<ul><li>a</li><li>b</li></ul>', '- a\n- b'],
    ['no scripts, styles, menus, comments', '<script>x</script><style>y</style><nav>z</nav><!-- c -->a', 'a'],
    ['no script that never ends', 'a<script>alert(1)', 'a'],
    ['code as it stands', '<pre><code>if (a) {\n    b();\n}\n</code></pre>', '```\nif (a) {\n    b();\n}\n```'],
    ['entities, once', '&lt;b&gt; &amp;lt; &#65;&#x42; &nope;', '<b> &lt; AB &nope;'],
    ['plain text', 'a < b', 'a < b'],
    ['tables', '<table><tr><td>a</td><td>b</td></tr></table>', '| a | b'],
    ['nothing', '', ''],
  ])('%s', (_what, html, expected) => {
    expect(pageText(html)).toBe(expected);
  });

  it('reads a large and broken page quickly', () => {
    const hostile = `${'<div><pre>'.repeat(20_000)}${'<script '.repeat(20_000)}${'&#'.repeat(50_000)}`;
    expect(pageText(hostile)).toEqual(expect.any(String));
  }, 5000);

  it('has its title', () => {
    expect(pageTitle('<head><title>\n A &amp;\n B </title></head>')).toBe('A & B');
    expect(pageTitle('<p>none</p>')).toBe('');
  });
});
