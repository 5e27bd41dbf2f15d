import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../scripts/setup/paths.ts';

/** What VS Code shows of an object, and what shows a text by itself. */
const shown = [
  /\b(?:title|label|placeHolder|placeholder|prompt|detail|description|tooltip|openLabel|saveLabel|validationMessage)\s*[:=]\s*(['"`])((?:(?!\1).)*)\1/g,
  /\bshow(?:Information|Warning|Error)Message\(\s*(['"`])((?:(?!\1).)*)\1/g,
  /\bsetStatusBarMessage\(\s*(['"`])((?:(?!\1).)*)\1/g,
  /\bcreate(?:WebviewPanel|OutputChannel)\([^,)]*,\s*(['"`])((?:(?!\1).)*)\1/g,
];

/** Names, what is put together from translated parts, and what a model reads instead of a person. */
const sameInEveryLanguage: readonly string[] = [
  'src/completion/template.ts: ${files}${prefix}[cursor]${hole.suffix}',
  'src/host/ask-for-provider.ts: ${found ? ',
  'src/host/attach-folder.ts: Files in ${title}',
  'src/host/attach-terminal.ts: Terminal${ended}',
  'src/host/budget-commands.ts: Tutti: ${wordBudget(notice)}',
  'src/host/chat-page.ts: Tutti',
  'src/host/chat-places.ts: Tutti',
  'src/host/completion-commands.ts: Tutti: ${switched(!isOn, language)}',
  'src/host/inline-completions.ts: Tutti: Suggestion Accepted',
  'src/host/use-preset.ts: Tutti: ${told}',
];

/** Words of a language: two letters together, outside of what is put in and of an icon's name. */
const hasWords = (text: string): boolean =>
  /[A-Za-z]{2}/.test(text.replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '').replaceAll(/\$\([\w~-]+\)/g, ''));

it('whatever VS Code shows of Tutti can be translated', () => {
  const files = globSync('src/{host,completion}/**/*.ts', { cwd: root }).sort();
  expect(files.length).toBeGreaterThan(50);
  const unsaid = files.flatMap((file) => {
    const source = readFileSync(join(root, file), 'utf8');
    const texts = shown.flatMap((pattern) => [...source.matchAll(pattern)].map((match) => match[2] ?? ''));
    return texts.filter(hasWords).map((text) => `${file.replaceAll('\\', '/')}: ${text}`);
  });
  expect(unsaid.toSorted()).toEqual([...sameInEveryLanguage].sort());
});
