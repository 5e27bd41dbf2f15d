import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import type { Request } from '../llm/request.ts';
import { messageOf } from '../util/message-of.ts';
import type { Ask } from './ask.ts';
import type { Admission, Gate } from './gate.ts';

/** What is known of who may see a file. */
export interface FileRules {
  /** Why no model may see it, as a sentence; undefined = one may. */
  hiddenBecause(uri: string): Promise<string | undefined>;
  /** Why only local models may see it, as a sentence; undefined = all may. */
  localOnlyBecause(uri: string): Promise<string | undefined>;
  /** As people know it. */
  nameOf(uri: string): string;
}

/** The second line of defence: whatever gathered the texts of a request, files that may not be seen do not leave. */
export class PrivacyGate implements Gate {
  readonly #rules: FileRules;

  constructor(rules: FileRules) {
    this.#rules = rules;
  }

  async admit({ files = [], tried = [] }: Ask, model: Model, request: Request): Promise<Admission> {
    let reason: string | undefined;
    for (const uri of new Set(files)) {
      const name = this.#rules.nameOf(uri);
      try {
        const hidden = await this.#rules.hiddenBecause(uri);
        if (hidden !== undefined) return refused(`${name}: ${hidden}`, false);
        const localOnly = await this.#rules.localOnlyBecause(uri);
        if (localOnly === undefined) continue;
        if (!model.endpoint.local) return refused(`${name}: ${localOnly} ${model.ref} is not local.`, true);
        reason ??= `${name}: ${localOnly}`;
      } catch (error) {
        return refused(`${name}: Who may see this file is not known, because ${messageOf(error)}`, false);
      }
    }
    const isNarrowed = reason !== undefined && tried.some(({ why }) => why === 'privacy');
    if (reason === undefined || !isNarrowed) return { kind: 'admitted', request };
    return { kind: 'admitted', request, notices: [{ kind: 'narrowed', reason, left: [model.ref] }] };
  }
}

function refused(cause: string, nextMayServe: boolean): Admission {
  const error: LlmError = { code: 'privacy', message: `${cause} Nothing was sent.`, retryable: false };
  return { kind: 'refused', error, nextMayServe };
}
