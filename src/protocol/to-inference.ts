/** Extension host → child process of the embedded model. `id` pairs answers with their request. */
export type ToInference =
  | {
      readonly type: 'load';
      readonly id: number;
      readonly modelPath: string;
      readonly contextTokens: number;
      readonly threads: number;
    }
  | {
      readonly type: 'chat';
      readonly id: number;
      readonly system?: string;
      readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly text: string }[];
      readonly sampling: InferenceSampling;
    }
  | {
      readonly type: 'infill';
      readonly id: number;
      readonly prefix: string;
      readonly suffix: string;
      readonly sampling: InferenceSampling;
    }
  /** Continues `prompt`, special tokens in it understood. */
  | { readonly type: 'continue'; readonly id: number; readonly prompt: string; readonly sampling: InferenceSampling }
  | { readonly type: 'abort'; readonly id: number };

export interface InferenceSampling {
  readonly maxTokens: number;
  readonly temperature: number;
  readonly topP?: number;
  readonly stop: readonly string[];
}
