/** Child process of the embedded model → extension host. */
export type FromInference =
  /** Modules and llama.cpp itself are loaded; sent once, before anything else. */
  | { readonly type: 'ready' }
  | {
      readonly type: 'loaded';
      readonly id: number;
      readonly contextTokens: number;
      readonly infill: boolean;
      readonly name?: string;
    }
  | { readonly type: 'text'; readonly id: number; readonly text: string }
  | {
      readonly type: 'done';
      readonly id: number;
      readonly finish: 'stop' | 'length' | 'aborted';
      readonly rawFinish: string;
      readonly inputTokens: number;
      readonly outputTokens: number;
    }
  /** `id` absent: the process cannot go on at all. */
  | {
      readonly type: 'failed';
      readonly id?: number;
      readonly code: 'model-file' | 'context-overflow' | 'unsupported' | 'internal';
      readonly message: string;
    };
