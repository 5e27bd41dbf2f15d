import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, parseJson } from '../../src/util/json.ts';
import { root } from '../setup/paths.ts';

/** What docs/cluster.md tells its readers to write, as it stands there. */
export interface ClusterRecipe {
  /** LiteLLM's file. */
  readonly proxy: string;
  /** User settings: a team behind the proxy, and one server without it. */
  readonly team: ClusterSettings;
  readonly box: ClusterSettings;
}

export interface ClusterSettings {
  readonly providers: unknown;
  readonly roles: unknown;
}

/** Reads the recipe; `replaced` puts other text (addresses) in the place of what the page has. */
export function clusterRecipe(replaced: Readonly<Record<string, string>> = {}): ClusterRecipe {
  const page = readFileSync(join(root, 'docs/cluster.md'), 'utf8');
  for (const name of Object.keys(replaced)) if (!page.includes(name)) throw new Error(`docs/cluster.md has no ${name}`);
  const mine = Object.entries(replaced).reduce((text, [from, to]) => text.replaceAll(from, to), page);
  const [proxy] = blocks(mine, 'yaml');
  const [team, box] = blocks(mine, 'jsonc').map(settingsIn);
  if (proxy === undefined || !team || !box) throw new Error('docs/cluster.md has lost one of its examples');
  return { proxy, team, box };
}

function blocks(markdown: string, language: string): readonly string[] {
  return [...markdown.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, text = '']) => text);
}

function settingsIn(jsonc: string): ClusterSettings {
  const settings = parseJson(jsonc.replaceAll(/^\s*\/\/.*$/gm, ''));
  if (!isObject(settings)) throw new Error(`No settings: ${jsonc}`);
  const { 'tutti.providers': providers, 'tutti.roles': roles, ...others } = settings;
  if (Object.keys(others).length > 0) throw new Error(`Unknown settings: ${Object.keys(others).join()}`);
  return { providers, roles };
}
