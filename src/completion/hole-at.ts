import { type CurrentFile, currentFile, type TextSource } from '../context/current-file.ts';
import type { Model } from '../llm/model.ts';
import type { Asked, Hole } from './asked.ts';
import { type Budget, budgetFor, filesThatFit, windowBeside } from './budget.ts';
import type { CompletionDocument } from './document.ts';
import { describeSituation, type Situation } from './situation.ts';
import type { SyntaxReader } from './syntax/grammar.ts';
import { isOneLine } from './syntax/one-line.ts';

/** What a model is shown: the file around the cursor, and of `extra` what fits, the most useful last. */
export function holeAt(
  { path, languageId }: CompletionDocument,
  text: TextSource,
  offset: number,
  model: Model,
  maxLines: number,
  extra: Hole['extra'] = [],
  budget: Budget = budgetFor(model),
): Hole {
  const files = filesThatFit(extra, budget.contextCharacters);
  const shown = files.reduce((sum, file) => sum + file.text.length, 0);
  const { prefixCharacters } = windowBeside(model, budget, shown, 0);
  const { prefix } = currentFile(text, offset, { prefixCharacters, suffixCharacters: 0 });
  const { suffixCharacters } = windowBeside(model, budget, shown, prefix.length);
  const { suffix } = currentFile(text, offset, { prefixCharacters: 0, suffixCharacters });
  const { prefix: before, suffix: after } = aroundCursor(text, offset);
  const oneLine = isOneLine(before, after, languageId);
  return { path, languageId, prefix, suffix, maxLines: oneLine ? 1 : maxLines, extra: files };
}

/** The file as filters and related code look at it, however little of it a slow model is shown. */
export function aroundCursor(text: TextSource, offset: number): CurrentFile {
  return currentFile(text, offset, { prefixCharacters: 8000, suffixCharacters: 2400 });
}

/** What the filters know of the same place; `around` as `aroundCursor` has it, else what the model was shown. `grammar`: of its language, where one is loaded. */
export function situationIn(
  { indentation }: CompletionDocument,
  { languageId, maxLines, prefix, suffix }: Hole,
  { answer, specialTokens }: Asked,
  around: CurrentFile = { prefix, suffix },
  grammar?: SyntaxReader,
): Situation {
  return describeSituation({
    ...around,
    ...{ languageId, maxLines, eol: '\n', answer, specialTokens },
    ...(indentation && { indentation }),
    ...(grammar && { grammar }),
  });
}
