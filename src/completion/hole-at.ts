import { currentFile, type TextSource } from '../context/current-file.ts';
import type { Model } from '../llm/model.ts';
import type { Asked, Hole } from './asked.ts';
import { windowFor } from './budget.ts';
import type { CompletionDocument } from './document.ts';
import { describeSituation, isOneLine, type Situation } from './situation.ts';

/** What a model is shown of the file around the cursor. */
export function holeAt(
  { path, languageId }: CompletionDocument,
  text: TextSource,
  offset: number,
  model: Model,
  maxLines: number,
): Hole {
  const { prefix, suffix } = currentFile(text, offset, windowFor(model));
  const linePrefix = prefix.slice(prefix.lastIndexOf('\n') + 1);
  const oneLine = isOneLine(linePrefix, suffix.split('\n', 1)[0] ?? '');
  return { path, languageId, prefix, suffix, maxLines: oneLine ? 1 : maxLines, extra: [] };
}

/** What the filters know of the same place. */
export function situationIn({ indentation }: CompletionDocument, hole: Hole, asked: Asked): Situation {
  const { answer, specialTokens } = asked;
  return describeSituation({ ...hole, eol: '\n', answer, specialTokens, ...(indentation && { indentation }) });
}
