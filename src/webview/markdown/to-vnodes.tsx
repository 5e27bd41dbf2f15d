import type { ComponentChild, ComponentChildren } from 'preact';
import { CodeBlock } from '../code/code-block.tsx';
import { FileLink } from './file-link.tsx';
import { InlineCode } from './inline-code.tsx';
import { Link } from './link.tsx';

type Draw = (element: Element, children: ComponentChildren) => ComponentChild;

/** Tags drawn otherwise than by their own name. */
const drawings: Readonly<Record<string, Draw>> = {
  a: (element, children) =>
    element.className.startsWith('file:') ? (
      <FileLink text={decodeURIComponent(element.className.slice('file:'.length))}>{children}</FileLink>
    ) : (
      <Link url={element.getAttribute('href') ?? ''}>{children}</Link>
    ),
  code: (element, children) => <InlineCode kind={element.className}>{children}</InlineCode>,
  // Each block has the direction of its own words; code goes from left to right wherever it stands.
  p: (_, children) => <p dir="auto">{children}</p>,
  li: (_, children) => <li dir="auto">{children}</li>,
  ul: (_, children) => <ul dir="auto">{children}</ul>,
  blockquote: (_, children) => <blockquote dir="auto">{children}</blockquote>,
  summary: (_, children) => <summary dir="auto">{children}</summary>,
  pre: (element) => <CodeBlock code={codeOf(element)} info={languageOf(element)} />,
  ol: (element, children) => (
    <ol dir="auto" start={Number(element.getAttribute('start') ?? 1)}>
      {children}
    </ol>
  ),
  // The page has the first heading and each message a second; what a model makes of its own levels only shows in their size.
  h1: (_, children) => (
    <h3 class="size-1" dir="auto">
      {children}
    </h3>
  ),
  h2: (_, children) => (
    <h3 class="size-2" dir="auto">
      {children}
    </h3>
  ),
  h3: (_, children) => <h3 dir="auto">{children}</h3>,
  h4: (_, children) => <h4 dir="auto">{children}</h4>,
  h5: (_, children) => <h4 dir="auto">{children}</h4>,
  h6: (_, children) => <h4 dir="auto">{children}</h4>,
  td: (element, children) => (
    <td dir="auto" class={alignment(element)}>
      {children}
    </td>
  ),
  th: (element, children) => (
    <th dir="auto" class={alignment(element)}>
      {children}
    </th>
  ),
  table: (_, children) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable with the keyboard
    <section class="table-scroll" aria-label="Table" tabIndex={0}>
      <table>{children}</table>
    </section>
  ),
};

/** The page's own elements in the shape of sanitised HTML: attributes are not copied, so none can do harm. */
export function toVnodes(parent: Node): ComponentChildren {
  return [...parent.childNodes].map((node) => {
    if (!(node instanceof Element)) return node.textContent;
    const children = toVnodes(node);
    const tag = node.localName;
    const Tag = tag as 'span';
    return drawings[tag]?.(node, children) ?? <Tag>{children}</Tag>;
  });
}

const codeOf = (pre: Element): string => (pre.textContent ?? '').replace(/\n$/, '');

const languageOf = (pre: Element): string =>
  /language-(\S+)/.exec(pre.querySelector('code')?.className ?? '')?.[1] ?? '';

const alignment = (cell: Element): string | undefined => {
  const align = cell.getAttribute('align');
  return align === 'right' || align === 'center' ? `align-${align}` : undefined;
};
