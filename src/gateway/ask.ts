import type { ModelRef } from '../llm/model-ref.ts';
import type { Request } from '../llm/request.ts';
import type { Role } from './roles.ts';

/** What somebody wants of a model. */
export interface Ask {
  readonly role: Role;
  readonly request: Request;
  /** The chat's own choice; absent = the role's chain. */
  readonly model?: ModelRef;
  readonly chatId?: string;
  /** Addresses of the files whose text the request holds. */
  readonly files?: readonly string[];
}
