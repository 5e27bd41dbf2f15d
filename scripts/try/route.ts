import { chooseAuto } from '../../src/gateway/auto.ts';
import { needsOf } from '../../src/gateway/auto-needs.ts';
import { readAuto } from '../../src/gateway/auto-setting.ts';
import { afterFailure, nextStep } from '../../src/gateway/failover-plan.ts';
import { failureRules } from '../../src/gateway/failure-rules.ts';
import { isRole, type Role, roles } from '../../src/gateway/roles.ts';
import type { Message } from '../../src/llm/message.ts';
import { type Chain, isEmpty, readChain } from '../../src/llm/model-choice.ts';
import { isModelRef, type ModelRef } from '../../src/llm/model-ref.ts';
import type { Request, Tool } from '../../src/llm/request.ts';
import { arrayAt, isObject, type JsonObject, numberAt, objectAt, stringAt } from '../../src/util/json.ts';
import { State } from './route-state.ts';

/**
 * What Auto and failover would do in a given state. A row holds
 * - `role`: default `chat`.
 * - `chain`: as in `tutti.roles`: a ref, a list, `{chain, localToCloud?, hedgeMs?}`, or `"auto"`.
 * - `models`: ref → facts (`contextWindow`, `images`, `tools`, `price`, `local`), and what the model has shown:
 *   `latencyMs`, `requests`, `failed` (or `errorRate`), `shown`, `accepted`, `rating`. A list of objects with `ref` or
 *   `id` does, too. `unavailable`: why it cannot be asked at all. A model that is not named counts as known and well.
 * - `health`: ref → `"ok"`, an error code (or an HTTP status), or `{until?, error?, afterText?}`: held back until a time (a
 *   date, or milliseconds since 1970), or failing when it is asked, `afterText` after the first word of its reply.
 * - `request`: `inputTokens`, `outputTokens`, `images`, `tools`, `language`, or `messages`/`prompt`; `current`: the model
 *   that answered this chat before; `budgetLeft`.
 * - `weights` (or `auto`): as in `tutti.auto`. `now`: the time it is.
 * The answer: `model` (null: none answers), `because`, `tried` (each asked or passed over, in order, and why); with Auto also `scores`.
 */
export async function answer(row: unknown): Promise<unknown> {
  const role = roleOf(row);
  const chain = readChain(isObject(row) ? row['chain'] : undefined);
  if (role === undefined) return { error: `"role" is none of ${roles.join(', ')}.` };
  if (isEmpty(chain) && !isAuto(row)) return { error: 'A row needs a "chain": a model, a list of models, or "auto".' };
  const state = new State(row);
  const wrong = state.wrongHealth();
  if (wrong !== undefined) return { error: wrong };
  return chain.auto || isEmpty(chain) ? byAuto(row, role, state) : byChain(chain, state);
}

type Tried = { readonly model: ModelRef; readonly outcome: string; readonly because: string };

function byAuto(row: unknown, role: Role, state: State): unknown {
  const setting = readAuto(objectAt(row, 'auto') ?? objectAt(row, 'weights') ?? {});
  const refs = setting.models.length > 0 ? setting.models : state.refs;
  if (refs.length === 0) return { error: 'Auto needs "models".' };
  const request = objectAt(row, 'request') ?? {};
  const current = stringAt(request, 'current') ?? stringAt(row, 'current');
  const budgetLeft = numberAt(request, 'budgetLeft') ?? numberAt(row, 'budgetLeft');
  const decision = chooseAuto({
    candidates: refs.map((ref) => state.candidate(ref, setting.ratings.get(ref))),
    needs: { ...needsOf(readRequest(request, role), role), ...givenNeeds(request) },
    weights: setting.weights,
    now: state.now,
    ...(budgetLeft !== undefined && { budgetLeft }),
    ...(isModelRef(current) && { current }),
  });
  const order: Chain = {
    models: decision.ranked.map(({ ref }) => ref),
    localToCloud: setting.localToCloud,
    auto: true,
  };
  const excluded = decision.excluded.map(({ ref, because }) => ({ model: ref, outcome: 'excluded', because }));
  const scores = decision.ranked.map(({ ref, total, scores: each }) => ({ model: ref, total, ...each }));
  if (order.models.length === 0) return { model: null, because: decision.because, tried: excluded, scores };
  const routed = byChain(order, state);
  const because = routed.model === order.models[0] ? decision.because : `${routed.because}; Auto: ${decision.because}`;
  return { ...routed, because, tried: [...routed.tried, ...excluded], scores };
}

function byChain(chain: Chain, state: State): { model: ModelRef | null; because: string; tried: readonly Tried[] } {
  const standings = chain.models.map((ref) => state.standing(ref));
  const tried: Tried[] = [];
  const told = (why: string): { model: null; because: string; tried: readonly Tried[] } => ({
    model: null,
    because: why,
    tried,
  });
  const [head] = standings;
  if (head?.unavailable && !chain.auto) {
    tried.push({ model: head.ref, outcome: head.unavailable.code, because: head.unavailable.message });
    return told(
      `${head.ref} cannot be asked, and a choice is never passed over in silence: ${head.unavailable.message}`,
    );
  }
  let at = -1;
  let last: Tried | undefined;
  for (;;) {
    const step = nextStep(standings, at, chain);
    for (const { ref, error } of step.passed) {
      tried.push({ model: ref, outcome: `passed over: ${error.code}`, because: error.message });
    }
    const until = step.kind === 'wait' ? standings[step.index]?.health : undefined;
    const isHeld = until?.kind === 'held';
    if (step.kind === 'nobody' || (isHeld && last)) {
      return told(
        last ? `${last.model} failed (${last.outcome}), and none behind it can be asked` : 'none can be asked',
      );
    }
    const ref = chain.models[step.index];
    if (ref === undefined) return told('none can be asked');
    at = step.index;
    if (isHeld) {
      const wait = Math.max(0, until.until - state.now);
      const what = `${ref} is held back until ${new Date(until.until).toISOString()} (${until.error.code})`;
      tried.push({ model: ref, outcome: until.error.code, because: what });
      if (wait > 60_000) return told(`${what}; the user is told`);
      return { model: ref, because: `${what}, which is waited for: nobody else can be asked`, tried };
    }
    const failure = state.failure(ref);
    if (!failure) {
      const because = whyThis(ref, tried, chain);
      tried.push({ model: ref, outcome: 'ok', because: 'it answers' });
      return { model: ref, because, tried };
    }
    const { error, afterText } = failure;
    last = { model: ref, outcome: error.code, because: failureRules[error.code].because };
    tried.push(last);
    const verdict = afterFailure(error, afterText, false);
    if (verdict === 'stop')
      return told(`${ref} failed with ${error.code}, which no other model may answer: ${last.because}`);
    if (verdict === 'offer') {
      const other = nextStep(standings, at, chain);
      const offer = other.kind === 'ask' ? `; going on with ${chain.models[other.index]} is offered` : '';
      return told(`${ref} failed with ${error.code} after text was seen: the reply is kept${offer}`);
    }
  }
}

function whyThis(ref: ModelRef, tried: readonly Tried[], { models }: Chain): string {
  if (tried.length === 0) return models.length > 1 ? 'the first of the chain that can serve' : 'it is chosen';
  return `${tried.map(({ model, outcome }) => `${model}: ${outcome}`).join('; ')} → ${ref}`;
}

function roleOf(row: unknown): Role | undefined {
  const role = stringAt(row, 'role') ?? 'chat';
  return isRole(role) ? role : undefined;
}

function isAuto(row: unknown): boolean {
  return isObject(row) && row['chain'] === undefined && (isObject(row['auto']) || isObject(row['weights']));
}

/** The request as far as the row spells it out; its size may be given as numbers instead. */
function readRequest(given: JsonObject, role: Role): Request {
  const text = stringAt(given, 'prompt') ?? stringAt(given, 'text') ?? '';
  if (role === 'completion') return { kind: 'completion', prompt: { type: 'raw', text }, parameters: {} };
  const messages = arrayAt(given, 'messages').map((message): Message => {
    const content = stringAt(message, 'content') ?? JSON.stringify(message);
    return { role: 'user', content: [{ type: 'text', text: content }] };
  });
  const asked: readonly Message[] =
    messages.length > 0 ? messages : [{ role: 'user', content: [{ type: 'text', text }] }];
  const tools = arrayAt(given, 'tools').map((): Tool => ({ name: 'tool', description: '', parameters: {} }));
  return { kind: 'chat', messages: asked, parameters: {}, ...(tools.length > 0 && { tools }) };
}

function givenNeeds(given: JsonObject): object {
  const inputTokens = numberAt(given, 'inputTokens') ?? numberAt(given, 'tokens') ?? numberAt(given, 'contextTokens');
  const outputTokens = numberAt(given, 'outputTokens');
  const language = stringAt(given, 'language');
  const isWanted = (value: unknown): boolean =>
    value === true || (typeof value === 'number' && value > 0) || (Array.isArray(value) && value.length > 0);
  return {
    ...(inputTokens !== undefined && { inputTokens }),
    ...(outputTokens !== undefined && { outputTokens }),
    ...(language !== undefined && { language }),
    ...(given['images'] !== undefined && { images: isWanted(given['images']) }),
    ...(given['tools'] !== undefined && { tools: isWanted(given['tools']) }),
  };
}
