import type { Filter } from './filter.ts';

/** A line that declares the same thing twice in a row says it once: keys, declarations, imports. */
export const doubledLine: Filter = (text) => {
  const lines = text.split('\n');
  return lines.filter((line, index) => line !== lines[index - 1] || !declares(line)).join('\n');
};

function declares(line: string): boolean {
  return declarations.some((pattern) => pattern.test(line));
}

const declarations = [
  // key: value, "key": value
  /^\s*(?:[\w$-]+|"[^"]+"|'[^']+')\s*:\s*\S/,
  /^\s*(?:export\s+)?(?:const|let|var|val|import|from|use|using|require|include|#include|def|class|interface|type|fn|func)\s+\S/,
];
