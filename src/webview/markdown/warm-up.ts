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

/** Reads a sample once the page is at rest, so that the first words of a reply do not wait until the reader is compiled. */
export function warmUp(): void {
  requestIdleCallback(() => void lex(sample, {}));
}
