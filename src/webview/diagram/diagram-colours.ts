/** Mermaid's names for colours and the theme's; the first of these that the theme sets. */
const variables: Readonly<Record<string, readonly string[]>> = {
  background: ['editor-background'],
  primaryColor: ['editorWidget-background', 'editor-background'],
  primaryTextColor: ['editor-foreground', 'foreground'],
  primaryBorderColor: ['focusBorder', 'contrastBorder', 'foreground'],
  secondaryColor: ['textCodeBlock-background', 'editor-background'],
  tertiaryColor: ['editor-background'],
  lineColor: ['descriptionForeground', 'foreground'],
  textColor: ['editor-foreground', 'foreground'],
  noteBkgColor: ['textBlockQuote-background', 'editor-background'],
  noteTextColor: ['editor-foreground', 'foreground'],
  errorBkgColor: ['editor-background'],
  errorTextColor: ['errorForeground'],
};

/** What Mermaid is to be told of the theme, as it is where the diagram will stand. */
export function diagramColours(near: Element): Readonly<Record<string, unknown>> {
  const style = getComputedStyle(near);
  const themeVariables: Record<string, string | boolean> = {
    darkMode: document.body.matches('.vscode-dark, .vscode-high-contrast:not(.vscode-high-contrast-light)'),
    fontFamily: style.fontFamily,
    fontSize: style.fontSize,
  };
  for (const [name, candidates] of Object.entries(variables)) {
    const colour = candidates.map((each) => opaque(style.getPropertyValue(`--vscode-${each}`))).find(Boolean);
    if (colour !== undefined) themeVariables[name] = colour;
  }
  return { themeVariables, fontFamily: style.fontFamily };
}

/** Mermaid calculates with colours, and reads them in the form in which a browser gives them back. */
function opaque(colour: string): string | undefined {
  if (colour.trim() === '') return undefined;
  const canvas = new OffscreenCanvas(1, 1).getContext('2d');
  if (canvas === null) return undefined;
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
  return alpha < 128 ? undefined : `rgb(${red}, ${green}, ${blue})`;
}
