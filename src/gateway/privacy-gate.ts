import * as l10n from '@vscode/l10n';
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
    const reasons = await Promise.all([...new Set(files)].map((uri) => this.#reasonsFor(uri)));
    const hidden = reasons.find((each) => each.hidden !== undefined)?.hidden;
    if (hidden !== undefined) return refused(hidden, false);
    const reason = reasons.find(({ localOnly }) => localOnly !== undefined)?.localOnly;
    if (reason !== undefined && !model.endpoint.local)
      return refused(l10n.t('{0} {1} is not local.', reason, model.ref), true);
    const isNarrowed = reason !== undefined && tried.some(({ why }) => why === 'privacy');
    if (reason === undefined || !isNarrowed) return { kind: 'admitted', request };
    return { kind: 'admitted', request, notices: [{ kind: 'narrowed', reason, left: [model.ref] }] };
  }

  /** With the file's name before them. */
  async #reasonsFor(uri: string): Promise<{ readonly hidden?: string; readonly localOnly?: string }> {
    const name = this.#rules.nameOf(uri);
    try {
      const [hidden, localOnly] = await Promise.all([
        this.#rules.hiddenBecause(uri),
        this.#rules.localOnlyBecause(uri),
      ]);
      return {
        ...(hidden !== undefined && { hidden: `${name}: ${hidden}` }),
        ...(localOnly !== undefined && { localOnly: `${name}: ${localOnly}` }),
      };
    } catch (error) {
      return { hidden: l10n.t('{0}: Who may see this file is not known, because {1}', name, messageOf(error)) };
    }
  }
}

function refused(cause: string, nextMayServe: boolean): Admission {
  const error: LlmError = { code: 'privacy', message: l10n.t('{0} Nothing was sent.', cause), retryable: false };
  return { kind: 'refused', error, nextMayServe };
}
