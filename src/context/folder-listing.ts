/** A folder's files as an indented tree: what a model needs to know its way. `paths` are relative to it, with `/`. */
export function folderListing(name: string, paths: readonly string[]): string {
  const lines = [`${name}/`];
  let open: readonly string[] = [];
  for (const path of [...paths].sort(inTree)) {
    const folders = path.split('/');
    const file = folders.pop() ?? '';
    const same = folders.findIndex((folder, depth) => folder !== open[depth]);
    for (let depth = same < 0 ? folders.length : same; depth < folders.length; depth++) {
      lines.push(`${'  '.repeat(depth + 1)}${folders[depth]}/`);
    }
    lines.push(`${'  '.repeat(folders.length + 1)}${file}`);
    open = folders;
  }
  return lines.join('\n');
}

/** Folder by folder, so that each is named once. */
function inTree(a: string, b: string): number {
  const [one, other] = [a.split('/'), b.split('/')];
  for (let depth = 0; ; depth++) {
    const [left, right] = [one[depth] ?? '', other[depth] ?? ''];
    if (left === right) {
      if (depth >= one.length && depth >= other.length) return 0;
      continue;
    }
    // Files come before the folders beside them.
    const [isFile, isOtherFile] = [depth === one.length - 1, depth === other.length - 1];
    if (isFile !== isOtherFile) return isFile ? -1 : 1;
    return left < right ? -1 : 1;
  }
}
