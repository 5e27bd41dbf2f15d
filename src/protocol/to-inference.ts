/** Extension host → child process of the embedded model. `id` pairs answers with their request. */
export type ToInference =
  /** Sent once, first. One process holds one model. */
  | { readonly type: 'load'; readonly id: number; readonly modelPath: string; readonly contextTokens: number }
  | {
      readonly type: 'chat';
      readonly id: number;
      readonly system?: string;
      readonly messages: readonly InferenceMessage[];
      readonly sampling: InferenceSampling;
    }
  | {
      readonly type: 'infill';
      readonly id: number;
      readonly prefix: string;
      readonly suffix: string;
      readonly extra: readonly { readonly filename: string; readonly text: string }[];
      readonly sampling: InferenceSampling;
    }
  /** Continues `prompt`, special tokens in it understood. */
  | { readonly type: 'continue'; readonly id: number; readonly prompt: string; readonly sampling: InferenceSampling }
  | { readonly type: 'abort'; readonly id: number };

export interface InferenceMessage {
  readonly role: 'user' | 'assistant';
  readonly text: string;
}

/** Absent `maxTokens`: until the model ends or the context is full. */
export interface InferenceSampling {
  readonly maxTokens?: number;
  readonly temperature: number;
  readonly topP?: number;
  readonly stop: readonly string[];
}
