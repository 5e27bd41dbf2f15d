/** Places in a template that the request fills. */
export type Hole = { readonly hole: 'prefix' | 'suffix' | 'path' | 'text' };

/** Text and holes, in the order they are sent. */
export type Pattern = readonly (string | Hole)[];

/** How one family of models was taught to fill in the middle. Facts of its model card, paper or tokenizer. */
export interface FimTemplate {
  /** What `ModelFacts.fim` says. */
  readonly family: string;
  readonly prompt: Pattern;
  /** Another file, before the prompt; absent = the family was not taught to read several. */
  readonly file?: Pattern;
  /** The own file's name, before the prompt, where other files precede it or the family always wants it. */
  readonly ownFile?: Pattern;
  readonly ownFileAlways?: boolean;
  /** Sent as stop list, at most four: some endpoints refuse more. */
  readonly stop: readonly string[];
  /** Spellings that must never reach the file, but are only special for this family. */
  readonly tokens: readonly string[];
}

const prefix: Hole = { hole: 'prefix' };
const suffix: Hole = { hole: 'suffix' };
const path: Hole = { hole: 'path' };
const text: Hole = { hole: 'text' };

export const fimTemplates: readonly FimTemplate[] = [
  {
    family: 'qwen',
    prompt: ['<|fim_prefix|>', prefix, '<|fim_suffix|>', suffix, '<|fim_middle|>'],
    file: ['<|file_sep|>', path, '\n', text, '\n'],
    ownFile: ['<|file_sep|>', path, '\n'],
    stop: ['<|endoftext|>', '<|file_sep|>', '<|fim_pad|>', '<|im_end|>'],
    tokens: [],
  },
  {
    family: 'starcoder',
    prompt: ['<fim_prefix>', prefix, '<fim_suffix>', suffix, '<fim_middle>'],
    stop: ['<|endoftext|>', '<file_sep>', '<fim_prefix>'],
    tokens: ['<filename>', '<reponame>', '<gh_stars>'],
  },
  {
    family: 'starcoder2',
    prompt: ['<fim_prefix>', prefix, '<fim_suffix>', suffix, '<fim_middle>'],
    file: ['<file_sep>', path, '\n', text, '\n'],
    ownFile: ['<file_sep>', path, '\n'],
    stop: ['<|endoftext|>', '<file_sep>', '<fim_prefix>'],
    tokens: [],
  },
  {
    family: 'stable-code',
    prompt: ['<fim_prefix>', prefix, '<fim_suffix>', suffix, '<fim_middle>'],
    stop: ['<|endoftext|>', '<fim_prefix>'],
    tokens: [],
  },
  {
    family: 'codellama',
    prompt: ['<PRE> ', prefix, ' <SUF>', suffix, ' <MID>'],
    stop: ['<EOT>', '<PRE>', '<SUF>', '<MID>'],
    tokens: ['<PRE>', '<SUF>', '<MID>', '<EOT>', '▁<EOT>'],
  },
  {
    family: 'deepseek',
    prompt: ['<｜fim▁begin｜>', prefix, '<｜fim▁hole｜>', suffix, '<｜fim▁end｜>'],
    file: ['#', path, '\n', text, '\n'],
    ownFile: ['#', path, '\n'],
    stop: ['<｜end▁of▁sentence｜>', '<｜fim▁begin｜>', '<|EOT|>'],
    tokens: [],
  },
  {
    family: 'codestral',
    prompt: ['[SUFFIX]', suffix, '[PREFIX]', prefix],
    file: ['+++++ ', path, '\n', text, '\n'],
    ownFile: ['+++++ ', path, '\n'],
    stop: ['</s>', '[PREFIX]', '[SUFFIX]', '\n+++++ '],
    tokens: ['[PREFIX]', '[SUFFIX]', '[MIDDLE]', '\n+++++ '],
  },
  {
    family: 'granite',
    prompt: ['<|fim_prefix|>', prefix, '<|fim_suffix|>', suffix, '<|fim_middle|>'],
    stop: ['<|end_of_text|>', '<|endoftext|>', '<|fim_prefix|>'],
    tokens: [],
  },
  {
    family: 'granite-code',
    prompt: ['<fim_prefix>', prefix, '<fim_suffix>', suffix, '<fim_middle>'],
    stop: ['<|endoftext|>', '<fim_prefix>'],
    tokens: ['<filename>', '<reponame>'],
  },
  {
    family: 'codegemma',
    prompt: ['<|fim_prefix|>', prefix, '<|fim_suffix|>', suffix, '<|fim_middle|>'],
    file: [path, '\n', text, '<|file_separator|>'],
    ownFile: [path, '\n'],
    stop: ['<|file_separator|>', '<|fim_prefix|>', '<eos>', '<end_of_turn>'],
    tokens: ['<eos>', '<bos>'],
  },
  {
    family: 'seed-coder',
    prompt: ['<[fim-suffix]>', suffix, '<[fim-prefix]>', prefix, '<[fim-middle]>'],
    stop: ['<[end▁of▁sentence]>', '<[fim-suffix]>', '<[fim-prefix]>'],
    tokens: [],
  },
  {
    family: 'mellum',
    prompt: ['<fim_suffix>', suffix, '<fim_prefix>', prefix, '<fim_middle>'],
    file: ['<filename>', path, '\n', text, '\n'],
    ownFile: ['<filename>', path, '\n'],
    ownFileAlways: true,
    stop: ['<|endoftext|>', '<filename>', '<fim_suffix>'],
    tokens: ['<filename>', '<reponame>'],
  },
  {
    family: 'glm',
    prompt: ['<|code_prefix|>', prefix, '<|code_suffix|>', suffix, '<|code_middle|>'],
    stop: ['<|endoftext|>', '<|user|>', '<|code_prefix|>'],
    tokens: [],
  },
  {
    // Has no tokens for the middle: continues the file, blind for what follows.
    family: 'smollm',
    prompt: [prefix],
    file: ['<file_sep>', path, '\n', text, '\n'],
    ownFile: ['<file_sep>', path, '\n'],
    ownFileAlways: true,
    stop: ['<|endoftext|>', '<file_sep>', '<|im_end|>'],
    tokens: ['<filename>', '<reponame>', '<gh_stars>'],
  },
  {
    family: 'prefix-only',
    prompt: [prefix],
    stop: ['<|endoftext|>', '</s>', '<|im_end|>'],
    tokens: [],
  },
];

export function fimTemplate(family: string): FimTemplate | undefined {
  return fimTemplates.find((row) => row.family === family);
}
