import type { Request } from '../llm/request.ts';
import type { Situation } from './situation.ts';

/** What has to be filled in, and what may help. Line ends are `\n`. */
export interface Hole {
  readonly path: string;
  readonly languageId: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly maxLines: number;
  readonly extra: readonly { readonly filename: string; readonly text: string }[];
}

/** The same hole put to one model, and what its answer is read by. */
export interface Put {
  readonly asked: Asked;
  readonly situation: Situation;
}

/** A request as it goes to the gateway, and how its answer has to be read. */
export interface Asked {
  readonly request: Request;
  /** Name of the template row, `infill`, or `chat`. */
  readonly form: string;
  /** For people: exactly what the model is shown. */
  readonly prompt: string;
  readonly answer: 'fim' | 'chat';
  readonly specialTokens: readonly string[];
}
