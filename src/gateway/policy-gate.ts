import type { Model } from '../llm/model.ts';
import type { Request } from '../llm/request.ts';
import type { Ask } from './ask.ts';
import type { Admission, Gate } from './gate.ts';
import type { PolicyInForce } from './policy-in-force.ts';

/** Only models are asked that the administrator and the user's zero-egress switch allow. */
export class PolicyGate implements Gate {
  readonly #policy: PolicyInForce;

  constructor(policy: PolicyInForce) {
    this.#policy = policy;
  }

  async admit(_ask: Ask, model: Model, request: Request): Promise<Admission> {
    const message = this.#policy.modelRefused(model);
    if (message === undefined) return { kind: 'admitted', request };
    return { kind: 'refused', error: { code: 'policy', message, retryable: false }, nextMayServe: true };
  }
}
