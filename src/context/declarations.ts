import { indentOf } from './outline.ts';

/** Where a file declares a name at its top level, found by how the line looks. */
export interface Declaration {
  readonly name: string;
  /** With its docs; zero-based, without the last. */
  readonly line: number;
  readonly endLine: number;
}

const modifiers =
  'export|default|declare|public|private|protected|internal|static|abstract|final|sealed|async|unsafe|extern|inline|virtual|override|partial|open|data|readonly|local|pub(?:\\([^)]*\\))?|const(?=\\s+(?:enum|fn))';
const kinds =
  'function\\*?|class|interface|type|enum|struct|trait|union|namespace|module|object|record|protocol|extension|def|fn|func|fun|sub|proc|const|let|var|val|static|mod|macro_rules!|typedef\\s+struct';
const byKeyword = new RegExp(
  `^(?:(?:${modifiers})\\s+)*(?:${kinds})\\s+(?:\\([^)]*\\)\\s*)?(?:&?mut\\s+)?(?:self\\.)?([A-Za-z_$][\\w$]*)`,
);
const define = /^#\s*define\s+([A-Za-z_]\w*)/;
/** `char *name(int a)`; not a call, which has nothing before its name. */
const byType =
  /^(?!return\b|else\b|throw\b|new\b|case\b|goto\b|using\b)[A-Za-z_][\w:<>,*&\s[\]]*?[\s*&]([A-Za-z_]\w*)\s*\(/;
const assigned = /^([A-Za-z_]\w*)\s*(?::[^=]+)?=(?!=)/;
const exportsName = /^(?:module\.)?exports\.([A-Za-z_$][\w$]*)\s*=/;

const remark = /^\s*(?:\/\/|\/\*|\*|#(?!\s*(?:define|include|if|end))|--|@)/;
const languagesByType = new Set(['c', 'cpp', 'cuda-cpp', 'objective-c', 'objective-cpp', 'java', 'csharp', 'dart']);

/** The declarations that begin at the left edge of a file, in its order. */
export function declarationsIn(lines: readonly string[], languageId: string): readonly Declaration[] {
  const found: Declaration[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (line === '' || line.startsWith(' ') || line.startsWith('\t')) continue;
    const name = nameIn(line, languageId);
    if (name === undefined) continue;
    found.push({ name, line: docsStart(lines, index), endLine: blockEnd(lines, index) });
  }
  return found;
}

function nameIn(line: string, languageId: string): string | undefined {
  const typed = languagesByType.has(languageId) ? byType.exec(line)?.[1] : undefined;
  const name = typed ?? (byKeyword.exec(line) ?? define.exec(line) ?? exportsName.exec(line))?.[1];
  if (name !== undefined) return name;
  return languageId === 'python' ? assigned.exec(line)?.[1] : undefined;
}

function docsStart(lines: readonly string[], index: number): number {
  let start = index;
  while (start > 0 && index - start < 30 && remark.test(lines[start - 1] ?? '')) start--;
  return start;
}

/** After the last line that is deeper, and the line that closes it. */
function blockEnd(lines: readonly string[], start: number): number {
  let end = start + 1;
  for (let index = start + 1; index < lines.length; index++) {
    const line = lines[index] ?? '';
    if (line.trim() === '') continue;
    if (indentOf(line) > 0) end = index + 1;
    else if (/^(?:[)\]}]|end\b)/.test(line)) {
      end = index + 1;
      // `): Type {` goes on.
      if (!/[{:(]\s*$/.test(line)) break;
    } else if (line !== '{') break;
  }
  return end;
}
