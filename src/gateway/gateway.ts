import * as l10n from '@vscode/l10n';
import type { LlmError } from '../llm/llm-error.ts';
import type { Model } from '../llm/model.ts';
import type { Chain, ModelChoice } from '../llm/model-choice.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { StreamEvent } from '../llm/stream-event.ts';
import { TokenEstimates } from '../models/token-estimates.ts';
import type { Lessons } from '../store/lessons.ts';
import type { UsageLedger } from '../store/usage-ledger.ts';
import { messageOf } from '../util/message-of.ts';
import type { Ask } from './ask.ts';
import { type AttemptPorts, attempt } from './attempt.ts';
import { AutoChooser, type ChooserPorts, type Decided } from './auto-chooser.ts';
import type { AutoDecision } from './auto-decision.ts';
import { AutoEvidence, type EvidencePorts } from './auto-evidence.ts';
import { type AutoSetting, readAuto } from './auto-setting.ts';
import { Breaker } from './breaker.ts';
import { failedEnd } from './end-events.ts';
import { failover } from './failover.ts';
import type { Health } from './fuse.ts';
import type { Gate } from './gate.ts';
import { lessonBook } from './lesson-book.ts';
import { type Contestant, Line } from './line.ts';
import type { ModelDirectory } from './model-directory.ts';
import { type Pace, realPace } from './pace.ts';
import type { GatewayPorts } from './ports.ts';
import { type Preview, previewRequest } from './preview-request.ts';
import { chainFor, only, type Role } from './roles.ts';

/** Which model a role would get, or why none. `ref` is the choice also when it cannot serve. */
export type Resolution =
  | { readonly kind: 'model'; readonly ref: ModelRef; readonly model: Model; readonly auto?: AutoDecision }
  | { readonly kind: 'unavailable'; readonly ref?: ModelRef; readonly error: LlmError; readonly auto?: AutoDecision };

/** What Auto may know besides, and what tests set. */
export interface GatewayExtras {
  readonly pace?: Pace;
  readonly completions?: EvidencePorts['completions'];
  readonly votes?: EvidencePorts['votes'];
  readonly budgetLeft?: ChooserPorts['budgetLeft'];
}

/** The one door every model request leaves by: role → chain → model → settings → provider → usage row. */
export class Gateway {
  readonly #ports: GatewayPorts;
  readonly #directory: ModelDirectory;
  readonly #attempt: AttemptPorts;
  readonly #breaker: Breaker;
  readonly #auto: AutoChooser;

  constructor(
    ports: GatewayPorts,
    directory: ModelDirectory,
    ledger: UsageLedger,
    lessons: Lessons,
    gates: readonly Gate[] = [],
    { pace = realPace, completions, votes, budgetLeft }: GatewayExtras = {},
  ) {
    this.#ports = ports;
    this.#directory = directory;
    this.#breaker = new Breaker(pace);
    const book = lessonBook(lessons, ports.report);
    const rows = (since: number) => ledger.since(since);
    this.#auto = new AutoChooser({
      evidence: new AutoEvidence(
        { rows, report: ports.report, ...(completions && { completions }), ...(votes && { votes }) },
        pace,
      ),
      health: (model) => this.#breaker.health(model),
      now: () => pace.now(),
      ...(budgetLeft && { budgetLeft }),
    });
    this.#attempt = { ports, ledger, book, estimates: new TokenEstimates(), gates, breaker: this.#breaker, pace };
  }

  /** The model that `choice`, or else the role's chain, or else the model inside, begins with. No request is made. */
  async resolve(role: Role, choice?: ModelChoice, language?: string): Promise<Resolution> {
    const { models, auto } = chainFor(this.#ports.settings.roles(), role, choice);
    const [chosen] = models;
    try {
      return await (auto ? this.#resolveAuto(role, language) : this.#resolve(role, chosen));
    } catch (error) {
      // A room that cannot be entered, e.g. for want of rights to its folder: a reason like any other.
      const failure: LlmError = { code: 'internal', message: messageOf(error), retryable: false };
      return { kind: 'unavailable', ...(chosen !== undefined && { ref: chosen }), error: failure };
    }
  }

  /** How many tokens a chat is thought to take, by what endpoints reported of earlier ones. */
  get estimates(): TokenEstimates {
    return this.#attempt.estimates;
  }

  /** What Auto decided last, newest first. */
  get autoDecisions(): readonly Decided[] {
    return this.#auto.decisions;
  }

  /** Whether a model is known not to answer just now, and until when. No request is made. */
  health(model: Model): Health {
    return this.#breaker.health(model);
  }

  /** Settings or keys are others: what was seen of endpoints may no longer be so. */
  forgetHealth(): void {
    this.#breaker.forget();
  }

  /** What `ask` would send to a model. Nothing leaves; without a key the request is shown without one. */
  async preview(ask: Ask, ref: ModelRef): Promise<Preview> {
    const found = await this.#directory.find(ref);
    if ('code' in found) return { kind: 'none', error: found };
    const ready = await this.#authorized(found);
    return previewRequest(this.#attempt, ask, 'code' in ready ? found : ready);
  }

  /** Asks the chain. Like every stream: never throws, ends with exactly one `end` event. */
  async *stream(ask: Ask, signal: AbortSignal): AsyncIterable<StreamEvent> {
    try {
      const chain = await this.#chain(ask);
      const asked = await Promise.all(chain.models.map((ref) => this.#contestant(ref)));
      const decision = chain.auto ? await this.#decide(ask, asked) : undefined;
      const [head, ...others] = decision ? inOrder(asked, decision, ask.head) : asked;
      if (!head) {
        yield failedEnd(ask.model, decision ? noneServes(decision) : nothingChosen(ask.role));
        return;
      }
      if (decision) {
        this.#auto.remember(decision, ask.role);
        yield { type: 'notice', notice: { kind: 'auto', model: head.ref, because: decision.because } };
      }
      const { pace } = this.#attempt;
      const line = new Line([head, ...others], ask, this.#breaker, (model) => this.#authorized(model));
      const door = { line, pace, attempt: attempt.bind(undefined, this.#attempt) };
      yield* failover(door, ask, chain, signal);
    } catch (error) {
      // The stream's edge: a fault of Tutti's own is told in the reply like any other failure.
      yield failedEnd(ask.model, { code: 'internal', message: messageOf(error), retryable: false });
    }
  }

  async #chain(ask: Ask): Promise<Chain> {
    if (ask.model !== undefined) return only(ask.model);
    const chain = chainFor(this.#ports.settings.roles(), ask.role, ask.choice);
    if (chain.auto) {
      const { models, localToCloud } = this.#autoSetting();
      return { ...chain, models, localToCloud };
    }
    if (chain.models.length > 0) return withHead(chain, ask.head);
    const inside = ask.head ?? (await this.#ports.embeddedModel(ask.role));
    return inside === undefined ? chain : only(inside);
  }

  async #resolve(role: Role, chosen: ModelRef | undefined): Promise<Resolution> {
    const ref = chosen ?? (await this.#ports.embeddedModel(role));
    if (ref === undefined) return { kind: 'unavailable', error: nothingChosen(role) };
    const model = await this.#directory.find(ref);
    const ready = 'code' in model ? model : await this.#authorized(model);
    return 'code' in ready ? { kind: 'unavailable', ref, error: ready } : { kind: 'model', ref, model: ready };
  }

  /** Whom Auto would take for a request of the usual kind. */
  async #resolveAuto(role: Role, language: string | undefined): Promise<Resolution> {
    const contestants = await Promise.all(this.#autoSetting().models.map((ref) => this.#contestant(ref)));
    const request = { kind: 'chat', messages: [], parameters: {} } as const;
    const ask: Ask = { role, request, ...(language !== undefined && { language }) };
    const auto = await this.#decide(ask, contestants);
    for (const { ref, found } of inOrder(contestants, auto)) {
      const ready = 'code' in found ? found : await this.#authorized(found);
      if (!('code' in ready)) return { kind: 'model', ref, model: ready, auto };
    }
    return { kind: 'unavailable', error: noneServes(auto), auto };
  }

  #decide(ask: Ask, contestants: readonly Contestant[]): Promise<AutoDecision> {
    return this.#auto.decide(ask, this.#autoSetting(), contestants);
  }

  #autoSetting(): AutoSetting {
    return readAuto(this.#ports.settings.auto?.());
  }

  async #contestant(ref: ModelRef): Promise<Contestant> {
    return { ref, found: await this.#directory.find(ref) };
  }

  async #authorized(model: Model): Promise<Model | LlmError> {
    const endpoint = await this.#directory.authorize(model.endpoint);
    return 'code' in endpoint ? endpoint : { ...model, endpoint };
  }
}

/** The chain with `head` before the others where it is one of them; else nobody but it. */
function withHead(chain: Chain, head: ModelRef | undefined): Chain {
  if (head === undefined) return chain;
  if (!chain.models.includes(head)) return only(head);
  return { ...chain, models: [head, ...chain.models.filter((other) => other !== head)] };
}

/** As Auto ranked them; one the request was built for stays first. */
function inOrder(contestants: readonly Contestant[], { ranked }: AutoDecision, head?: ModelRef): readonly Contestant[] {
  const refs = ranked.map(({ ref }) => ref);
  const first = head !== undefined && refs.includes(head) ? [head, ...refs.filter((ref) => ref !== head)] : refs;
  return first.flatMap((ref) => contestants.find((one) => one.ref === ref) ?? []);
}

function noneServes({ because, ranked, excluded }: AutoDecision): LlmError {
  const isEmpty = ranked.length + excluded.length === 0;
  const message = isEmpty
    ? l10n.t('Auto has no models to choose from: name some in "models" of tutti.auto.')
    : l10n.t('Auto: {0}.', because);
  return { code: 'no-model', message, retryable: false };
}

function nothingChosen(role: Role): LlmError {
  return {
    code: 'no-model',
    message: l10n.t('No model is chosen for {0}, and no model is inside yet.', role),
    retryable: false,
  };
}
