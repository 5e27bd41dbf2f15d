import type { ComponentChildren } from 'preact';
import { CodeBlock } from '../code/code-block.tsx';
import { drawElement } from './elements.tsx';

/** The page's own elements in the shape of sanitised HTML: attributes are not copied, so none can do harm. */
export function toVnodes(parent: Node): ComponentChildren {
  return [...parent.childNodes].map((node) => {
    if (!(node instanceof Element)) return node.textContent;
    const tag = node.localName;
    if (tag === 'pre') return <CodeBlock code={codeOf(node)} info={languageOf(node)} />;
    return drawElement(tag, toVnodes(node), {
      className: node.className,
      href: node.getAttribute('href') ?? '',
      start: Number(node.getAttribute('start') ?? 1),
      align: node.getAttribute('align'),
    });
  });
}

const codeOf = (pre: Element): string => (pre.textContent ?? '').replace(/\n$/, '');

const languageOf = (pre: Element): string =>
  /language-(\S+)/.exec(pre.querySelector('code')?.className ?? '')?.[1] ?? '';
