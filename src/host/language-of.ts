import { extensions, type Uri, workspace } from 'vscode';

interface Names {
  /** Language by whole file name, and by ending with its dot; all in small letters. */
  readonly names: ReadonlyMap<string, string>;
  readonly endings: ReadonlyMap<string, string>;
}

let contributed: Names | undefined;
extensions.onDidChange(() => {
  contributed = undefined;
});

/** The language of a file that is not open, by its name, as the installed extensions have it; `plaintext` = none knows it. */
export function languageOf(uri: Uri): string {
  contributed ??= namesOf();
  const name = (uri.path.split('/').at(-1) ?? '').toLowerCase();
  const whole = contributed.names.get(name);
  if (whole !== undefined) return whole;
  // The longest ending first: `.d.ts` before `.ts`.
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    const ending = name.slice(dot);
    const language = associated(ending) ?? contributed.endings.get(ending);
    if (language !== undefined) return language;
  }
  return 'plaintext';
}

/** What the user says of an ending: `"*.inc": "php"`. */
function associated(ending: string): string | undefined {
  return workspace.getConfiguration('files').get<Readonly<Record<string, string>>>('associations', {})[`*${ending}`];
}

function namesOf(): Names {
  const names = new Map<string, string>();
  const endings = new Map<string, string>();
  for (const { packageJSON } of extensions.all) {
    for (const language of listIn(packageJSON?.contributes?.languages)) {
      if (!isLanguage(language)) continue;
      for (const name of listIn(language.filenames)) names.set(String(name).toLowerCase(), language.id);
      for (const ending of listIn(language.extensions)) endings.set(String(ending).toLowerCase(), language.id);
    }
  }
  return { names, endings };
}

/** Manifests of other extensions hold whatever their authors wrote. */
const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function isLanguage(
  value: unknown,
): value is { readonly id: string; readonly extensions?: unknown; readonly filenames?: unknown } {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
}
