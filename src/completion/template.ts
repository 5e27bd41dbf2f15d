import * as l10n from '@vscode/l10n';
import type { Model } from '../llm/model.ts';
import type { CompletionRequest } from '../llm/request.ts';
import type { Asked, Hole } from './asked.ts';
import { outputTokens } from './budget.ts';
import { chatHole } from './chat-hole.ts';
import { commentedFiles } from './commented-files.ts';
import { controlTokens, type FimTemplate, type Pattern } from './fim-templates.ts';
import { carriesFiles, formOf } from './form.ts';

/** Nearly always the best guess, yet not stuck in a loop. */
const temperature = 0.1;

/** Families that were taught whole repositories want one named; which does not matter to them. */
const repository = 'project';

/**
 * Puts the hole into the form the model takes; the reason where it takes none.
 * What stays the same from key to key comes first, byte for byte: other files, then the file itself.
 */
export function askFor(model: Model, hole: Hole): Asked | { readonly unsupported: string } {
  const form = formOf(model);
  switch (form.kind) {
    case 'infill':
      return infill(model, hole);
    case 'raw':
      return raw(model, hole, form.template);
    case 'chat':
      return chatHole(model, hole);
    case 'none':
      return { unsupported: l10n.t('{0} offers neither completions nor chat.', model.ref) };
  }
}

function infill(model: Model, hole: Hole): Asked {
  const beside = carriesFiles(model);
  const extra = beside ? hole.extra : [];
  const prefix = beside ? hole.prefix : commentedFiles(hole.extra, hole.languageId) + hole.prefix;
  const files = extra.map(({ filename, text }) => `[file ${filename}]\n${text}\n`).join('');
  return {
    request: completionRequest(model, hole, { type: 'infill', prefix, suffix: hole.suffix, extra }, []),
    form: 'infill',
    prompt: `${files}${prefix}[cursor]${hole.suffix}`,
    answer: 'fim',
    specialTokens: [],
  };
}

function raw(model: Model, hole: Hole, template: FimTemplate): Asked {
  const text = fillTemplate(template, hole);
  return {
    request: completionRequest(model, hole, { type: 'raw', text }, template.stop),
    form: template.family,
    prompt: text,
    answer: 'fim',
    specialTokens: template.tokens,
  };
}

function fillTemplate(template: FimTemplate, { path, prefix, suffix, extra, languageId }: Hole): string {
  const { prompt, withFiles } = template;
  // A file about such models would be read as the frame of the prompt.
  const marks = controlTokens(template);
  const files = extra.filter(({ text }) => !marks.some((mark) => text.includes(mark)));
  if (!withFiles || files.length === 0) {
    return fill(prompt, { path, prefix: commentedFiles(files, languageId) + prefix, suffix });
  }
  const shown = files.map((file) => fill(withFiles.file, { path: file.filename, text: file.text.replace(/\n+$/, '') }));
  return fill(withFiles.prompt, { path, prefix, suffix, repository, files: shown.join('') });
}

function fill(pattern: Pattern, values: Readonly<Partial<Record<string, string>>>): string {
  return pattern.map((part) => (typeof part === 'string' ? part : (values[part.hole] ?? ''))).join('');
}

function completionRequest(
  model: Model,
  hole: Hole,
  prompt: CompletionRequest['prompt'],
  tokens: readonly string[],
): CompletionRequest {
  const stop = hole.maxLines === 1 ? ['\n', ...tokens.slice(0, 3)] : tokens;
  return {
    kind: 'completion',
    prompt,
    parameters: {
      temperature,
      maxOutputTokens: outputTokens(model, hole.maxLines),
      ...(stop.length > 0 && { stop }),
    },
  };
}
