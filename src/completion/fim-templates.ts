/** Places in a template that the request fills. */
export type Hole = { readonly hole: 'prefix' | 'suffix' | 'path' | 'text' | 'files' };

/** Text and holes, in the order they are sent. */
export type Pattern = readonly (string | Hole)[];

/** How one family of models was taught to fill in the middle. Facts of its model card, paper or tokenizer. */
export interface FimTemplate {
  /** What `ModelFacts.fim` says. */
  readonly family: string;
  readonly prompt: Pattern;
  /** Absent = the family was not taught to read other files. */
  readonly withFiles?: { readonly file: Pattern; readonly prompt: Pattern };
  /** Sent as stop list, at most four: some endpoints refuse more. */
  readonly stop: readonly string[];
  /** Spellings that must never reach the file, but are special for this family only. */
  readonly tokens: readonly string[];
}

const prefix: Hole = { hole: 'prefix' };
const suffix: Hole = { hole: 'suffix' };
const path: Hole = { hole: 'path' };
const text: Hole = { hole: 'text' };
const files: Hole = { hole: 'files' };

export const fimTemplates: readonly FimTemplate[] = [
  {
    family: 'qwen',
    prompt: ['<|fim_prefix|>', prefix, '<|fim_suffix|>', suffix, '<|fim_middle|>'],
    withFiles: {
      file: ['<|file_sep|>', path, '\n', text, '\n'],
      prompt: [
        ...[files, '<|file_sep|>', path, '\n'],
        ...['<|fim_prefix|>', prefix, '<|fim_suffix|>', suffix, '<|fim_middle|>'],
      ],
    },
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
    withFiles: {
      file: ['<file_sep>', path, '\n', text, '\n'],
      prompt: [files, '<file_sep><fim_prefix>', path, '\n', prefix, '<fim_suffix>', suffix, '<fim_middle>'],
    },
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
    tokens: ['<PRE>', '▁<EOT>'],
  },
  {
    family: 'deepseek',
    prompt: ['<｜fim▁begin｜>', prefix, '<｜fim▁hole｜>', suffix, '<｜fim▁end｜>'],
    withFiles: {
      file: ['#', path, '\n', text, '\n'],
      prompt: ['<｜fim▁begin｜>', files, '#', path, '\n', prefix, '<｜fim▁hole｜>', suffix, '<｜fim▁end｜>'],
    },
    stop: ['<｜end▁of▁sentence｜>', '<｜fim▁begin｜>', '<|EOT|>'],
    tokens: [],
  },
  {
    family: 'codestral',
    prompt: ['[SUFFIX]', suffix, '[PREFIX]', prefix],
    withFiles: {
      file: ['+++++ ', path, '\n', text, '\n'],
      prompt: ['[SUFFIX]', suffix, '[PREFIX]', files, '+++++ ', path, '\n', prefix],
    },
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
    withFiles: {
      file: [path, '\n', text, '<|file_separator|>'],
      prompt: [files, path, '\n', '<|fim_prefix|>', prefix, '<|fim_suffix|>', suffix, '<|fim_middle|>'],
    },
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
    prompt: ['<filename>', path, '\n', '<fim_suffix>', suffix, '<fim_prefix>', prefix, '<fim_middle>'],
    withFiles: {
      file: ['<filename>', path, '\n', text, '\n'],
      prompt: [files, '<filename>', path, '\n', '<fim_suffix>', suffix, '<fim_prefix>', prefix, '<fim_middle>'],
    },
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
    // Was taught file names, but has no tokens for the middle: continues the file, blind for what follows.
    family: 'smollm',
    prompt: ['<file_sep>', path, '\n', prefix],
    withFiles: {
      file: ['<file_sep>', path, '\n', text, '\n'],
      prompt: [files, '<file_sep>', path, '\n', prefix],
    },
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
