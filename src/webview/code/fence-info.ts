/** What stands behind the fence of a code block. */
export interface FenceInfo {
  /** May be empty. */
  readonly language: string;
  /** The file the code is of, where the model named one: ```` ```ts src/a.ts ````, `ts:src/a.ts`, `title="src/a.ts"`. */
  readonly path?: string;
}

const looksLikePath = /^[\w@.+-]*(?:[/\\][\w@.+ -]+)*\.[\w-]+$/;

export function readFenceInfo(info: string): FenceInfo {
  const [first = '', ...others] = info.trim().split(/\s+/);
  const [name = '', ofName] = first.split(/:(.+)/);
  const titled = /(?:title|file|filename|path)=["']?([^"'}]+)["']?/.exec(info)?.[1];
  const language = looksLikePath.test(name) && name.includes('.') ? (name.split('.').at(-1) ?? '') : name;
  const path = [titled, ofName, ...others, name].find((word) => word !== undefined && looksLikePath.test(word));
  return { language: language.replace(/[{,].*$/, ''), ...(path !== undefined && { path }) };
}

const shells = ['bash', 'sh', 'shell', 'zsh', 'fish', 'console', 'shellsession', 'shell-session', 'terminal'];
const windowsShells = ['powershell', 'ps1', 'pwsh', 'bat', 'cmd', 'batch'];

/** Whether code of this language can be run in a terminal as it stands. */
export const isShell = (language: string): boolean => [...shells, ...windowsShells].includes(language.toLowerCase());
