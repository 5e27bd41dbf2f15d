import type { ComponentChild, ComponentChildren } from 'preact';
import { FileLink } from './file-link.tsx';
import { InlineCode } from './inline-code.tsx';
import { Link } from './link.tsx';

/** What of an element's attributes says anything; all others are left behind. */
export interface Attributes {
  readonly className?: string;
  readonly href?: string;
  readonly start?: number;
  readonly align?: string | null;
}

type Draw = (children: ComponentChildren, attributes: Attributes) => ComponentChild;

/** Tags drawn otherwise than by their own name. */
const drawings: Readonly<Record<string, Draw>> = {
  a: (children, { className = '', href = '' }) =>
    className.startsWith('file:') ? (
      <FileLink text={decodeURIComponent(className.slice('file:'.length))}>{children}</FileLink>
    ) : (
      <Link url={href}>{children}</Link>
    ),
  code: (children, { className = '' }) => <InlineCode kind={className}>{children}</InlineCode>,
  // Each block has the direction of its own words; code goes from left to right wherever it stands.
  p: (children) => <p dir="auto">{children}</p>,
  li: (children) => <li dir="auto">{children}</li>,
  ul: (children) => <ul dir="auto">{children}</ul>,
  blockquote: (children) => <blockquote dir="auto">{children}</blockquote>,
  summary: (children) => <summary dir="auto">{children}</summary>,
  ol: (children, { start = 1 }) => (
    <ol dir="auto" start={start}>
      {children}
    </ol>
  ),
  // The page has the first heading and each message a second; what a model makes of its own levels only shows in their size.
  h1: (children) => (
    <h3 class="size-1" dir="auto">
      {children}
    </h3>
  ),
  h2: (children) => (
    <h3 class="size-2" dir="auto">
      {children}
    </h3>
  ),
  h3: (children) => <h3 dir="auto">{children}</h3>,
  h4: (children) => <h4 dir="auto">{children}</h4>,
  h5: (children) => <h4 dir="auto">{children}</h4>,
  h6: (children) => <h4 dir="auto">{children}</h4>,
  td: (children, { align }) => (
    <td dir="auto" class={alignment(align)}>
      {children}
    </td>
  ),
  th: (children, { align }) => (
    <th dir="auto" class={alignment(align)}>
      {children}
    </th>
  ),
  table: (children) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reachable with the keyboard
    <section class="table-scroll" aria-label="Table" tabIndex={0}>
      <table>{children}</table>
    </section>
  ),
};

/** One of the page's own elements in the place of a tag that a model may use. */
export function drawElement(tag: string, children: ComponentChildren, attributes: Attributes = {}): ComponentChild {
  const Tag = tag as 'span';
  return drawings[tag]?.(children, attributes) ?? <Tag>{children}</Tag>;
}

const alignment = (align: string | null | undefined): string | undefined =>
  align === 'right' || align === 'center' ? `align-${align}` : undefined;
