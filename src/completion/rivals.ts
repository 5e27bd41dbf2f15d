import { isObject } from '../util/json.ts';

/** Another extension that shows ghost text. */
export interface Rival {
  /** Ids it is or was published under, in small letters. */
  readonly ids: readonly string[];
  readonly name: string;
  /** Its own setting for automatic suggestions, and the value that ends them; absent = only disabling it does. */
  readonly off?: { readonly setting: string; readonly value: boolean | string | Readonly<Record<string, boolean>> };
}

/** An extension that only chats or edits, such as Cline and Roo Code, is none. */
export const rivals: readonly Rival[] = [
  {
    ids: ['github.copilot', 'github.copilot-chat'],
    name: 'GitHub Copilot',
    off: { setting: 'github.copilot.enable', value: { '*': false } },
  },
  {
    ids: ['codeium.codeium'],
    name: 'Windsurf (Codeium)',
    off: { setting: 'codeium.enableConfig', value: { '*': false } },
  },
  {
    ids: ['supermaven.supermaven'],
    name: 'Supermaven',
    off: { setting: 'supermaven.enable', value: { '*': false } },
  },
  {
    ids: ['continue.continue'],
    name: 'Continue',
    off: { setting: 'continue.enableTabAutocomplete', value: false },
  },
  { ids: ['rjmacarthy.twinny'], name: 'Twinny', off: { setting: 'twinny.autoSuggestEnabled', value: false } },
  { ids: ['ggml-org.llama-vscode'], name: 'llama.vscode', off: { setting: 'llama-vscode.enabled', value: false } },
  {
    ids: ['tabbyml.vscode-tabby'],
    name: 'Tabby',
    off: { setting: 'tabby.inlineCompletion.triggerMode', value: 'manual' },
  },
  { ids: ['sourcegraph.cody-ai'], name: 'Cody', off: { setting: 'cody.suggestions.mode', value: 'off' } },
  {
    ids: ['google.geminicodeassist'],
    name: 'Gemini Code Assist',
    off: { setting: 'geminicodeassist.inlineSuggestions.enableAuto', value: false },
  },
  {
    ids: ['kilocode.kilo-code'],
    name: 'Kilo Code',
    off: { setting: 'kilo-code.new.autocomplete.enableAutoTrigger', value: false },
  },
  {
    ids: ['augment.vscode-augment'],
    name: 'Augment',
    off: { setting: 'augment.completions.enableAutomaticCompletions', value: false },
  },
  { ids: ['tabnine.tabnine-vscode'], name: 'Tabnine' },
  { ids: ['amazonwebservices.amazon-q-vscode'], name: 'Amazon Q' },
];

/** What is known of a setting: undefined = nobody contributes it. */
export type SettingValue = (setting: string) => unknown;

/** The rivals that are installed and whose automatic suggestions are not switched off. */
export function activeRivals(isInstalled: (id: string) => boolean, settingValue: SettingValue): readonly Rival[] {
  return rivals.filter((rival) => rival.ids.some(isInstalled) && !isOff(rival, settingValue));
}

/** The setting to write, and what; undefined = it has none that this version of it knows. */
export function switchOff({ off }: Rival, settingValue: SettingValue): { setting: string; value: unknown } | undefined {
  if (off === undefined) return undefined;
  const current = settingValue(off.setting);
  if (current === undefined) return undefined;
  if (!isObject(off.value) || !isObject(current)) return { setting: off.setting, value: off.value };
  // A language with an entry of its own would stay on.
  const each = Object.fromEntries(Object.keys(current).map((language) => [language, false]));
  return { setting: off.setting, value: { ...each, ...off.value } };
}

function isOff({ off }: Rival, settingValue: SettingValue): boolean {
  if (off === undefined) return false;
  const current = settingValue(off.setting);
  if (!isObject(off.value)) return current === off.value;
  return (
    isObject(current) &&
    Object.keys(off.value).every((key) => current[key] === false) &&
    !Object.values(current).includes(true)
  );
}
