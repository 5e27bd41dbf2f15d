/** Read by lines; should that be wrong, the parser finds an error and nothing is concluded. */
export function openRubyBlocks(text: string): number {
  let depth = 0;
  for (const line of text.split('\n')) {
    const code = line.replace(/(^|\s)#.*$/, '').trim();
    if (/^end\b/.test(code)) depth = Math.max(0, depth - 1);
    else if (rubyOpens(code)) depth += 1;
  }
  return depth;
}

/** Does this line begin a block that it does not end? */
export function rubyOpens(code: string): boolean {
  if (/\bend$/.test(code)) return false;
  if (/^(?:private |protected |public )?def\b/.test(code)) return !/^(?:\w+ )?def [\w.?!]+(?:\([^)]*\))? = /.test(code);
  if (/^(?:class|module|if|unless|while|until|case|begin|for)\b/.test(code)) return true;
  return /\bdo(?:\s*\|[^|]*\|)?$/.test(code) || /(?:=|<<|\()\s*(?:if|unless|case|begin|while)\b/.test(code);
}
