import type { Model } from '../llm/model.ts';
import type { CompletionProtocol } from '../llm/model-facts.ts';
import type { CompletionRequest } from '../llm/request.ts';
import type { Asked, Hole } from './asked.ts';
import { outputTokens } from './budget.ts';
import { chatHole } from './chat-hole.ts';
import { type FimTemplate, fimTemplate, type Pattern } from './fim-templates.ts';
import { syntaxOf } from './syntax/languages.ts';

/** Nearly always the best guess, yet not stuck in a loop. */
const temperature = 0.1;

/** Puts the hole into the form the model takes; the reason where it takes none. */
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
      return { unsupported: `${model.ref} offers neither completions nor chat.` };
  }
}

type Form = { readonly kind: 'infill' | 'chat' | 'none' } | { readonly kind: 'raw'; readonly template: FimTemplate };

/** Wires whose whole purpose is the middle, whatever the model's family, and wires that carry other files beside it. */
const wires: Readonly<Record<CompletionProtocol, { readonly ownDoor: boolean; readonly carriesFiles: boolean }>> = {
  'openai-completions': { ownDoor: false, carriesFiles: false },
  'llamacpp-infill': { ownDoor: true, carriesFiles: true },
  // Only templates that know a suffix take one here.
  'ollama-generate': { ownDoor: false, carriesFiles: false },
  embedded: { ownDoor: true, carriesFiles: true },
};

function formOf({ completion, chat, facts }: Model): Form {
  if (completion === undefined) return { kind: chat === undefined ? 'none' : 'chat' };
  if (facts.fim === 'chat' && chat !== undefined) return { kind: 'chat' };
  const template = facts.fim === undefined ? undefined : fimTemplate(facts.fim);
  if (template) return { kind: 'raw', template };
  const byItself = facts.fim === 'infill' || wires[completion].ownDoor || chat === undefined;
  return { kind: byItself ? 'infill' : 'chat' };
}

function infill(model: Model, hole: Hole): Asked {
  const carriesFiles = model.completion !== undefined && wires[model.completion].carriesFiles;
  const extra = carriesFiles ? hole.extra : [];
  const prefix = carriesFiles ? hole.prefix : asComments(hole) + hole.prefix;
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
  const { withFiles } = template;
  const files = withFiles && hole.extra.length > 0 ? withFiles : undefined;
  const shown = files ? hole.extra.map((file) => fill(files.file, { path: file.filename, text: file.text })) : [];
  const prefix = files ? hole.prefix : asComments(hole) + hole.prefix;
  const text = fill(files?.prompt ?? template.prompt, {
    path: hole.path,
    prefix,
    suffix: hole.suffix,
    files: shown.join(''),
  });
  return {
    request: completionRequest(model, hole, { type: 'raw', text }, template.stop),
    form: template.family,
    prompt: text,
    answer: 'fim',
    specialTokens: template.tokens,
  };
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

/** Other files for a model with no place for them: as comments before the file's own text. */
function asComments(hole: Hole): string {
  const mark = syntaxOf(hole.languageId).lineComments[0];
  if (mark === undefined) return '';
  const commented = (text: string): string =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => `${mark} ${line}`.trimEnd())
      .join('\n');
  return hole.extra.map(({ filename, text }) => `${mark} ${filename}:\n${commented(text)}\n\n`).join('');
}
