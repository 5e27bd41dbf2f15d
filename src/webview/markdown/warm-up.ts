import { lex } from './to-html.ts';

const sample = `# A *little* of **everything**

A line with \`code\`, a [link](https://example.com), <b>tags</b>, ~~what is gone~~, $x^2$ and \\*marks\\*
https://example.com

- an item
- [ ] another

1. the first

> said

| a | b |
|---|---|
| 1 | 2 |

$$
y
$$

---

\`\`\`js
code
\`\`\`
`;

/**
 * Reads a sample while the page is at rest, so that the first words of a reply do not wait until the reader is compiled:
 * a block at a time, so that no key waits either.
 */
export function warmUp(blocks: readonly string[] = sample.split('\n\n')): void {
  const [first, ...others] = blocks;
  if (first === undefined) return;
  requestIdleCallback(() => {
    lex(first, {});
    warmUp(others);
  });
}
