import * as l10n from '@vscode/l10n';
import type { ToWebview } from '../../protocol/to-webview.ts';
import { diagramColours } from './diagram-colours.ts';

/** What of Mermaid is used. */
interface Mermaid {
  initialize(settings: Readonly<Record<string, unknown>>): void;
  render(id: string, source: string): Promise<{ readonly svg: string }>;
}

export interface DrawnDiagram {
  /** A picture that stands on its own. */
  readonly svg: string;
  readonly width: number;
}

let loading: Promise<Mermaid> | undefined;
let drawn = 0;
let last: Promise<unknown> = Promise.resolve();

/** Draws one diagram after the other in the colours of the theme; fails with Mermaid's own words where it does not understand. */
export function drawDiagram(source: string, near: Element, needProgram: () => void): Promise<DrawnDiagram> {
  const drawing = last.then(async () => {
    loading ??= load(needProgram);
    const mermaid = await loading.catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: 'strict',
      // As HTML it could not be shown in a picture everywhere.
      htmlLabels: false,
      flowchart: { htmlLabels: false },
      class: { htmlLabels: false },
      suppressErrorRendering: true,
      maxTextSize: 50_000,
      theme: 'base',
      ...diagramColours(near),
    });
    const { svg } = await mermaid.render(`diagram-${++drawn}`, source);
    return asPicture(svg);
  });
  last = drawing.catch(() => undefined);
  return drawing;
}

/** The host unpacks the program when it is first asked for and sends it as text. */
async function load(needProgram: () => void): Promise<Mermaid> {
  const script = await new Promise<string>((resolve, reject) => {
    const listen = ({ data }: MessageEvent<ToWebview>) => {
      if (data.type !== 'diagrams') return;
      window.removeEventListener('message', listen);
      if (data.script === undefined)
        reject(new Error(data.problem ?? l10n.t('the program that draws it cannot be read')));
      else resolve(data.script);
    };
    window.addEventListener('message', listen);
    needProgram();
  });
  return runInFrame(script);
}

/** In a frame out of sight, where it may lay text out; the frame's rules for inline styles are the page's. */
async function runInFrame(script: string): Promise<Mermaid> {
  const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
  const frame = document.createElement('iframe');
  frame.className = 'diagram-frame';
  frame.tabIndex = -1;
  frame.setAttribute('aria-hidden', 'true');
  document.documentElement.append(frame);
  const inside = frame.contentWindow as (Window & typeof globalThis & { mermaid?: Mermaid }) | null;
  if (inside === null) throw new Error(l10n.t('the program that draws it cannot be started'));
  allowItsStyles(inside, nonce);
  const element = inside.document.createElement('script');
  element.nonce = nonce;
  element.src = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  await new Promise<void>((resolve, reject) => {
    element.addEventListener('load', () => resolve());
    element.addEventListener('error', () => reject(new Error(l10n.t('the program that draws it cannot be started'))));
    inside.document.head.append(element);
  });
  URL.revokeObjectURL(element.src);
  if (inside.mermaid === undefined) throw new Error(l10n.t('the program that draws it cannot be started'));
  return inside.mermaid;
}

/** Styles that come as markup are refused by the page's policy; as what a script sets they are the script's own. */
function allowItsStyles(inside: Window & typeof globalThis, nonce: string): void {
  const { prototype } = inside.Element;
  const setAttribute = prototype.setAttribute;
  prototype.setAttribute = function (this: Element, name: string, value: string) {
    if (name === 'style' && 'style' in this) (this as HTMLElement).style.cssText = value;
    else setAttribute.call(this, name, value);
  };
  const createElement = inside.document.createElement.bind(inside.document);
  inside.document.createElement = (tag: string, options?: ElementCreationOptions) => {
    const element = createElement(tag, options);
    if (tag === 'style') element.nonce = nonce;
    return element;
  };
}

/** Well-formed, with a size, and without anything that a picture would not show anyway. */
function asPicture(svg: string): DrawnDiagram {
  const parsed = new DOMParser().parseFromString(svg, 'text/html').querySelector('svg');
  if (parsed === null) throw new Error(l10n.t('nothing came of it'));
  for (const element of parsed.querySelectorAll('script, foreignObject, image, a[href]')) element.remove();
  const [, , width = 0, height = 0] = (parsed.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
  parsed.setAttribute('width', String(width));
  parsed.setAttribute('height', String(height));
  return { svg: new XMLSerializer().serializeToString(parsed), width: Math.ceil(width) };
}
