/** Child process of the embedded model → extension host. */
export type FromInference =
  /** Modules and llama.cpp itself are loaded; sent once, before anything else. */
  | { readonly type: 'ready' }
  | {
      readonly type: 'loaded';
      readonly id: number;
      readonly contextTokens: number;
      readonly infill: boolean;
    }
  | { readonly type: 'text'; readonly id: number; readonly text: string }
  | { readonly type: 'reasoning'; readonly id: number; readonly text: string }
  | {
      readonly type: 'done';
      readonly id: number;
      readonly finish: 'stop' | 'length' | 'aborted';
      readonly rawFinish: string;
      /** Counted by the model's tokenizer; `cachedTokens` of the input were still in memory from before. */
      readonly inputTokens: number;
      readonly cachedTokens: number;
      readonly outputTokens: number;
    }
  /** `id` absent: the process cannot go on at all. */
  | {
      readonly type: 'failed';
      readonly id?: number;
      readonly code: 'model-file' | 'context-overflow' | 'unsupported' | 'internal';
      readonly message: string;
    };
