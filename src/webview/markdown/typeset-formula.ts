import katex from 'katex';

/** MathML a formula is made of. Links, pictures, styles and actions are not among it. */
const elements = new Set(
  (
    'math semantics mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle msub msup msubsup munder mover munderover ' +
    'mmultiscripts mprescripts mpadded mphantom menclose mtable mtr mtd mlabeledtr'
  ).split(' '),
);
const attributes = new Set(
  (
    'display displaystyle scriptlevel mathvariant stretchy fence separator lspace rspace accent accentunder form largeop ' +
    'movablelimits symmetric minsize maxsize linethickness width height depth voffset columnalign columnspacing rowspacing ' +
    'columnlines rowlines notation mathcolor mathbackground'
  ).split(' '),
);
const mathMl = 'http://www.w3.org/1998/Math/MathML';

/** Throws where the source is no formula. Fonts and layout are the browser's own. */
export function typesetFormula(tex: string, display: boolean): Node {
  const markup = katex.renderToString(tex, {
    displayMode: display,
    output: 'mathml',
    throwOnError: true,
    strict: 'ignore',
    trust: false,
    maxExpand: 500,
    maxSize: 20,
  });
  const math = new DOMParser().parseFromString(markup, 'text/html').querySelector('math');
  const copied = math === null ? undefined : copyOf(math);
  if (copied === undefined) throw new Error('Nothing came of it');
  return copied;
}

/** Nothing but known elements and attributes; in particular not the source that KaTeX puts beside the formula. */
function copyOf(node: Node): Node | undefined {
  if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.textContent ?? '');
  if (!(node instanceof Element) || !elements.has(node.localName)) return undefined;
  const copy = document.createElementNS(mathMl, node.localName);
  for (const { name, value } of node.attributes) if (attributes.has(name)) copy.setAttribute(name, value);
  for (const child of node.childNodes) {
    const copied = copyOf(child);
    if (copied !== undefined) copy.append(copied);
  }
  return copy;
}
