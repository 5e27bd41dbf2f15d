import { ConfigurationTarget, type Uri, workspace } from 'vscode';
import { isObject } from '../util/json.ts';

/** Where a choice made in a menu holds: the file it is made in. */
export interface Place {
  readonly uri?: Uri | undefined;
  readonly languageId?: string | undefined;
}

const section = 'tutti.completion';

/** Is it on for the language (`*`: for those without an entry of their own)? */
export function isEnabled(language: string, place: Place): boolean {
  const enabled = enabledOf(place);
  return (enabled[language] ?? enabled['*'] ?? true) === true;
}

/** The languages that have a say of their own. */
export function ownLanguages(place: Place): readonly string[] {
  return Object.keys(enabledOf(place)).filter((language) => language !== '*');
}

/** Turns completions on or off for a language, or with `*` for all that have no entry of their own. */
export async function setEnabled(language: string, on: boolean, place: Place): Promise<void> {
  const settings = workspace.getConfiguration(section, place.uri ?? null);
  const { globalValue, workspaceValue, workspaceFolderValue } = settings.inspect<unknown>('enabled') ?? {};
  const layers = [
    [ConfigurationTarget.WorkspaceFolder, workspaceFolderValue],
    [ConfigurationTarget.Workspace, workspaceValue],
  ] as const;
  // What the folder says wins, so there it has to be changed.
  const found = layers.find(([, value]) => isObject(value) && language in value);
  const [target, value] = found ?? [ConfigurationTarget.Global, globalValue];
  const before = Object.entries(isObject(value) ? value : {});
  // Off for all is off for all: a language that was on follows.
  const kept = language === '*' && !on ? before.filter(([, isOn]) => isOn !== true) : before;
  await settings.update('enabled', { ...Object.fromEntries(kept), [language]: on }, target);
}

/** Writes a setting of completions where the value that holds in this place comes from; else for the user. */
export async function setChoice(name: string, value: unknown, { uri, languageId }: Place): Promise<void> {
  const scope = uri && languageId !== undefined ? { uri, languageId } : (uri ?? null);
  const settings = workspace.getConfiguration(section, scope);
  const known = settings.inspect<unknown>(name);
  const layers = [
    [ConfigurationTarget.WorkspaceFolder, known?.workspaceFolderLanguageValue, known?.workspaceFolderValue],
    [ConfigurationTarget.Workspace, known?.workspaceLanguageValue, known?.workspaceValue],
    [ConfigurationTarget.Global, known?.globalLanguageValue, known?.globalValue],
  ] as const;
  const ofLanguage = layers.find(([, value]) => value !== undefined);
  const ofAll = layers.find(([, , value]) => value !== undefined);
  const target = (ofLanguage ?? ofAll)?.[0] ?? ConfigurationTarget.Global;
  await settings.update(name, value, target, ofLanguage !== undefined);
}

function enabledOf({ uri }: Place): Readonly<Record<string, unknown>> {
  const value = workspace.getConfiguration(section, uri ?? null).get<unknown>('enabled');
  return isObject(value) ? value : {};
}
