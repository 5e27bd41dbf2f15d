import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import type { Request } from '../llm/request.ts';
import type { EndEvent, Notice } from '../llm/stream-event.ts';
import type { Ask } from './ask.ts';

/** Stands between a request and the wire: lets it through, changes it, or refuses it. One question a gate. */
export interface Gate {
  /** Asked for each model anew, before anything leaves. Rejecting counts as refusing. */
  admit(ask: Ask, model: Model, request: Request, signal: AbortSignal): Promise<Admission>;
}

export type Admission = Admitted | Refused;

export interface Admitted {
  readonly kind: 'admitted';
  /** Changed where the gate wants so. */
  readonly request: Request;
  readonly notices?: readonly Notice[];
  readonly setAside?: SetAside;
  /** Told once how it ended, also when nobody heard the end; must not reject. */
  readonly ended?: (end: EndEvent | undefined) => Promise<void>;
}

/** What the request is thought to cost, and what a budget has set aside for it. */
export interface SetAside {
  /** US dollars; absent = the price is not known. */
  readonly expectedCost?: number;
  /** Absent = no budget has to hold. */
  readonly reservation?: number;
}

export interface Refused {
  readonly kind: 'refused';
  readonly error: LlmError;
  /** Another model of the chain may be allowed what this one is not. */
  readonly nextMayServe: boolean;
}

/** Through all gates in their order. Gates that were passed before a later one refused are told that nothing happened. */
export async function throughGates(
  gates: readonly Gate[],
  ask: Ask,
  model: Model,
  request: Request,
  signal: AbortSignal,
): Promise<Admission> {
  const ended: ((end: EndEvent | undefined) => Promise<void>)[] = [];
  const notices: Notice[] = [];
  let current = request;
  let setAside: SetAside | undefined;
  for (const gate of gates) {
    const admission = await gate.admit(ask, model, current, signal);
    if (admission.kind === 'refused') {
      for (const tell of ended) await tell(undefined);
      return admission;
    }
    current = admission.request;
    notices.push(...(admission.notices ?? []));
    setAside = admission.setAside ?? setAside;
    if (admission.ended) ended.push(admission.ended);
  }
  return {
    kind: 'admitted',
    request: current,
    notices,
    ...(setAside && { setAside }),
    ended: async (end) => {
      for (const tell of ended) await tell(end);
    },
  };
}
