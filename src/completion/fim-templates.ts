/** Places in a template that the request fills. */
export type Hole = { readonly hole: 'prefix' | 'suffix' | 'path' | 'text' | 'files' | 'repository' };

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
const repository: Hole = { hole: 'repository' };

const codegeexPrompt: Pattern = [
  ...['<|user|>\n', '###PATH:', path, '\n###LANGUAGE:\n###MODE:BLOCK\n'],
  ...['<|code_suffix|>', suffix, '<|code_prefix|>', prefix, '<|code_middle|><|assistant|>\n'],
];

export const fimTemplates: readonly FimTemplate[] = [
  {
    // github.com/QwenLM/Qwen3-Coder: "Fill in the middle", examples/Qwen2.5-Coder-repolevel-fim.py.
    family: 'qwen',
    prompt: ['<|fim_prefix|>', prefix, '<|fim_suffix|>', suffix, '<|fim_middle|>'],
    withFiles: {
      file: ['<|file_sep|>', path, '\n', text, '\n'],
      prompt: [
        ...['<|repo_name|>', repository, '\n', files, '<|file_sep|>', path, '\n'],
        ...['<|fim_prefix|>', prefix, '<|fim_suffix|>', suffix, '<|fim_middle|>'],
      ],
    },
    stop: ['<|endoftext|>', '<|file_sep|>', '<|fim_pad|>', '<|im_end|>'],
    tokens: [],
  },
  {
    // github.com/QwenLM/CodeQwen1.5, "File-Level Code Completion": StarCoder's tokens.
    family: 'codeqwen',
    prompt: ['<fim_prefix>', prefix, '<fim_suffix>', suffix, '<fim_middle>'],
    stop: ['<|endoftext|>', '<file_sep>', '<fim_prefix>', '<|im_end|>'],
    tokens: ['<reponame>'],
  },
  {
    // huggingface.co/bigcode/starcoder, "Fill-in-the-middle"; Refact-1.6B has the same tokenizer.
    family: 'starcoder',
    prompt: ['<fim_prefix>', prefix, '<fim_suffix>', suffix, '<fim_middle>'],
    stop: ['<|endoftext|>', '<file_sep>', '<fim_prefix>'],
    tokens: ['<filename>', '<reponame>', '<gh_stars>'],
  },
  {
    // arxiv.org/abs/2402.19173, section 5.1: the path stands behind the first token of the middle.
    family: 'starcoder2',
    prompt: ['<fim_prefix>', prefix, '<fim_suffix>', suffix, '<fim_middle>'],
    withFiles: {
      file: ['<file_sep>', path, '\n', text, '\n'],
      prompt: [
        ...['<repo_name>', repository, files, '<file_sep>'],
        ...['<fim_prefix>', path, '\n', prefix, '<fim_suffix>', suffix, '<fim_middle>'],
      ],
    },
    stop: ['<|endoftext|>', '<file_sep>', '<fim_prefix>'],
    tokens: [],
  },
  {
    // huggingface.co/bigcode/santacoder: hyphens where all later ones have underscores.
    family: 'santacoder',
    prompt: ['<fim-prefix>', prefix, '<fim-suffix>', suffix, '<fim-middle>'],
    stop: ['<|endoftext|>', '<fim-prefix>'],
    tokens: [],
  },
  {
    // huggingface.co/stabilityai/stable-code-3b.
    family: 'stable-code',
    prompt: ['<fim_prefix>', prefix, '<fim_suffix>', suffix, '<fim_middle>'],
    stop: ['<|endoftext|>', '<fim_prefix>'],
    tokens: [],
  },
  {
    // github.com/meta-llama/codellama, llama/generation.py: these blanks and no others.
    family: 'codellama',
    prompt: ['<PRE> ', prefix, ' <SUF>', suffix, ' <MID>'],
    stop: ['<EOT>', '<PRE>', '<SUF>', '<MID>'],
    tokens: ['<PRE>', '▁<EOT>'],
  },
  {
    // github.com/deepseek-ai/DeepSeek-Coder: "Code Insertion" and, for files, "Repository Level Code Completion". V2 has the same tokens.
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
    // github.com/mistralai/cookbook, tokenization, "FIM". How files are told apart: core/autocomplete of github.com/continuedev/continue, by its makers' word.
    family: 'codestral',
    prompt: ['[SUFFIX]', suffix, '[PREFIX]', prefix],
    withFiles: {
      file: ['+++++ ', path, '\n', text, '\n\n'],
      prompt: ['[SUFFIX]', suffix, '[PREFIX]', files, '+++++ ', path, '\n', prefix],
    },
    stop: ['</s>', '[PREFIX]', '[SUFFIX]', '\n+++++ '],
    tokens: ['[PREFIX]', '[SUFFIX]', '[MIDDLE]', '\n+++++ '],
  },
  {
    // ibm.com/granite/docs, prompt engineering guide for Granite 4.0.
    family: 'granite',
    prompt: ['<|fim_prefix|>', prefix, '<|fim_suffix|>', suffix, '<|fim_middle|>'],
    stop: ['<|end_of_text|>', '<|endoftext|>', '<|fim_prefix|>'],
    tokens: [],
  },
  {
    // huggingface.co/ibm-granite/granite-3b-code-base-2k: StarCoder's tokenizer.
    family: 'granite-code',
    prompt: ['<fim_prefix>', prefix, '<fim_suffix>', suffix, '<fim_middle>'],
    stop: ['<|endoftext|>', '<fim_prefix>'],
    tokens: ['<filename>', '<reponame>'],
  },
  {
    // ai.google.dev/gemma/docs/codegemma/prompt-structure: also the separator "for multi-file contexts".
    family: 'codegemma',
    prompt: ['<|fim_prefix|>', prefix, '<|fim_suffix|>', suffix, '<|fim_middle|>'],
    withFiles: {
      file: [path, '\n', text, '\n<|file_separator|>'],
      prompt: [files, path, '\n', '<|fim_prefix|>', prefix, '<|fim_suffix|>', suffix, '<|fim_middle|>'],
    },
    stop: ['<|file_separator|>', '<|fim_prefix|>', '<eos>', '<end_of_turn>'],
    tokens: ['<eos>', '<bos>'],
  },
  {
    // huggingface.co/ByteDance-Seed/Seed-Coder-8B-Base.
    family: 'seed-coder',
    prompt: ['<[fim-suffix]>', suffix, '<[fim-prefix]>', prefix, '<[fim-middle]>'],
    stop: ['<[end▁of▁sentence]>', '<[fim-suffix]>', '<[fim-prefix]>'],
    tokens: [],
  },
  {
    // huggingface.co/JetBrains/Mellum-4b-base, "Fill-in-the-middle with additional files as context"; arxiv.org/abs/2510.05788: suffix first.
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
    // Its tokenizer has these tokens; no maker's page shows their order, so no published model is known to want it.
    family: 'glm',
    prompt: ['<|code_prefix|>', prefix, '<|code_suffix|>', suffix, '<|code_middle|>'],
    stop: ['<|endoftext|>', '<|user|>', '<|code_prefix|>'],
    tokens: [],
  },
  {
    // github.com/THUDM/CodeGeeX4, guides/Infilling_guideline.md: the language may stay empty, BLOCK is the default.
    family: 'codegeex4',
    prompt: codegeexPrompt,
    withFiles: {
      file: ['###REFERENCE:\n###PATH:', path, '\n', text, '\n'],
      prompt: ['<|user|>\n', files, ...codegeexPrompt.slice(1)],
    },
    stop: ['<|endoftext|>', '<|user|>', '<|observation|>', '<|code_suffix|>'],
    tokens: ['\n###REFERENCE:', '\n###PATH:'],
  },
  {
    // github.com/aixcoder-plugin/aiXcoder-7B, hf_mini/utils.py; the tokenizer puts its `<s>` before it.
    family: 'aixcoder',
    prompt: ['▁<AIX-SPAN-PRE>▁<AIX-SPAN-POST>', suffix, '▁<AIX-SPAN-MIDDLE>', prefix],
    stop: ['</s>', '<AIX-SPAN-PRE>', '<AIX-SPAN-POST>', '<AIX-SPAN-MIDDLE>'],
    tokens: ['<AIX-SPAN-PRE>', '<AIX-SPAN-POST>', '<AIX-SPAN-MIDDLE>', '▁<AIX-SPAN-PRE>'],
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

/** What follows the cursor comes before what precedes it: typing leaves all of the prompt but its end as it is. */
export function isSuffixFirst({ prompt }: FimTemplate): boolean {
  const at = (name: Hole['hole']): number => prompt.findIndex((part) => typeof part !== 'string' && part.hole === name);
  return at('suffix') < at('prefix');
}

/** What frames the parts of such a prompt and may stand nowhere else in it. */
export function controlTokens({ prompt, withFiles }: FimTemplate): readonly string[] {
  const parts = [...prompt, ...(withFiles?.file ?? []), ...(withFiles?.prompt ?? [])];
  return [
    ...new Set(parts.flatMap((part) => (typeof part === 'string' ? (part.match(/<[^<>\s]+>|\[[A-Z]+\]/g) ?? []) : []))),
  ];
}

export function fimTemplate(family: string): FimTemplate | undefined {
  return fimTemplates.find((row) => row.family === family);
}
