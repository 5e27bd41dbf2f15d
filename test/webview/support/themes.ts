import darkModern from '../themes/dark-modern.json' with { type: 'json' };
import hcBlack from '../themes/hc-black.json' with { type: 'json' };
import lightModern from '../themes/light-modern.json' with { type: 'json' };

/** What VS Code 1.139 sets on a webview's page; colours read from its own three themes. */
export interface Theme {
  readonly name: 'dark' | 'light' | 'high-contrast';
  readonly bodyClass: string;
  readonly variables: Readonly<Record<string, string>>;
}

export const themes: readonly Theme[] = [
  { name: 'dark', bodyClass: 'vscode-dark', variables: darkModern },
  { name: 'light', bodyClass: 'vscode-light', variables: lightModern },
  { name: 'high-contrast', bodyClass: 'vscode-high-contrast', variables: hcBlack },
];

/** The theme as a stylesheet; a side bar's background stands behind the page. */
export function themeCss(theme: Theme): string {
  const variables = Object.entries(theme.variables).map(([name, value]) => `${name}: ${value};`);
  return `:root { ${variables.join(' ')} } html { background: var(--vscode-sideBar-background); }
@layer vscode-default { ${hostCss} }`;
}

/** The part of VS Code's own webview stylesheet that meets our elements. */
const hostCss = `
html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
body { background-color: transparent; color: var(--vscode-editor-foreground); padding: 0 20px; }
input:focus, select:focus, textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }
code { color: var(--vscode-textPreformat-foreground); background-color: var(--vscode-textPreformat-background); padding: 1px 3px; }
blockquote { background: var(--vscode-textBlockQuote-background); border-color: var(--vscode-textBlockQuote-border); }
kbd { background-color: var(--vscode-keybindingLabel-background); color: var(--vscode-keybindingLabel-foreground); border: 1px solid var(--vscode-keybindingLabel-border); }
`;
