/** Files that say how models should work in a project, relative to a workspace folder, in the order they are sent. */
export const instructionFileNames = ['AGENTS.md', '.github/copilot-instructions.md', 'CLAUDE.md'] as const;

/** In a folder below, it goes for the files in there, besides the one above. */
const nestedName = 'AGENTS.md';
/** Nobody is told more of them than this. */
const mostNested = 20;

/** Where the instructions of folders below the workspace's own would be that go for `files`: addresses, the outer ones first. */
export function nestedInstructions(folders: readonly string[], files: readonly string[]): readonly string[] {
  const places = new Set<string>();
  for (const folder of folders) {
    const root = folder.endsWith('/') ? folder : `${folder}/`;
    for (const file of files) {
      if (!file.startsWith(root)) continue;
      const names = file.slice(root.length).split('/').slice(0, -1);
      for (let depth = 1; depth <= names.length; depth++) {
        places.add(`${root}${names.slice(0, depth).join('/')}/${nestedName}`);
      }
    }
  }
  return [...places].sort().slice(0, mostNested);
}

export interface InstructionFile {
  /** Its address. */
  readonly uri: string;
  /** As people and models know it. */
  readonly name: string;
  readonly text: string;
}

/** What becomes of one file. */
export interface UsedInstruction {
  readonly uri: string;
  /** Characters of it that are sent. */
  readonly kept: number;
  readonly of: number;
  /** The file that says the very same and is sent in its place. */
  readonly sameAs?: string;
}

export interface ComposedInstructions {
  /** Empty: there are none. */
  readonly text: string;
  readonly used: readonly UsedInstruction[];
}

/** One file may be this long: more is read by nobody, and paid for with every message. */
const mostOfOne = 24_000;
/** Of all together no more than this part of what the model can see at once. */
const shareOfWindow = 1 / 8;
const mostOfAll = 48_000;
const charactersPerToken = 3;

/** What a model with such a window is told of the files; the same files always say the same bytes. */
export function composeInstructions(files: readonly InstructionFile[], contextWindow?: number): ComposedInstructions {
  let room = Math.min(
    mostOfAll,
    Math.floor((contextWindow ?? Number.POSITIVE_INFINITY) * shareOfWindow * charactersPerToken),
  );
  const pieces: string[] = [];
  const used: UsedInstruction[] = [];
  for (const [at, { uri, name, text }] of files.entries()) {
    const same = files.slice(0, at).find((other) => other.text.trim() === text.trim());
    if (same) {
      used.push({ uri, kept: 0, of: text.length, sameAs: same.name });
      continue;
    }
    const shown = upToLine(text, Math.min(mostOfOne, room));
    room -= shown.length;
    used.push({ uri, kept: shown.length, of: text.length });
    if (shown.trim() === '') continue;
    const cut = shown.length < text.length ? '\n[The rest of this file is left out.]' : '';
    pieces.push(`<instructions file="${name}">\n${shown.trim()}${cut}\n</instructions>`);
  }
  const text = pieces.length === 0 ? '' : `Instructions of this project, by its developers:\n\n${pieces.join('\n\n')}`;
  return { text, used };
}

/** The beginning of a text, cut behind a line where there is one. */
function upToLine(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.lastIndexOf('\n', most);
  return text.slice(0, end > most / 2 ? end : Math.max(0, most));
}
