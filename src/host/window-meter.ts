import type { Conversation } from '../chat/conversation.ts';
import { basePrompt } from '../chat/system-prompt.ts';
import { windowUse } from '../chat/window-use.ts';
import type { Resolution } from '../gateway/gateway.ts';
import type { Message } from '../llm/message.ts';
import type { Model } from '../llm/model.ts';
import { noModelRef } from '../llm/model-ref.ts';
import { readModelSettings } from '../models/model-settings.ts';
import type { TokenEstimates } from '../models/token-estimates.ts';
import type { WindowView } from '../protocol/chat-view.ts';
import type { Delta } from '../protocol/to-webview.ts';
import type { UserSettings } from './user-settings.ts';

export interface MeterPorts {
  readonly conversation: () => Pick<Conversation, 'sent'>;
  readonly resolution: () => Resolution | undefined;
  readonly attachedTokens: () => number;
  readonly tell: (delta: Delta) => void;
  readonly estimates: TokenEstimates;
  readonly settings: Pick<UserSettings, 'models'>;
  readonly instructionsFor: (model: Model | undefined) => string;
}

/** While a reply grows, its size is told this often. */
const everyMs = 400;
/** From here on compacting is offered. */
const nearlyFull = 0.85;
const mostReserved = 4096;

/** Tells how full the window of a chat's model is, soon after anything about it has changed. */
export class WindowMeter {
  readonly #ports: MeterPorts;
  /** By message, for the model and the estimates they were counted with. */
  #counts = new WeakMap<Message, number>();
  #countedFor: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #told = '';
  #compacting = false;
  #problem: string | undefined;

  constructor(ports: MeterPorts) {
    this.#ports = ports;
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  set compacting(on: boolean) {
    if (on) this.#problem = undefined;
    if (on === this.#compacting) return;
    this.#compacting = on;
    this.changed();
  }

  tellProblem(problem: string): void {
    this.#problem = problem;
    this.changed();
  }

  changed(delta?: Delta): void {
    if (delta?.type === 'window' || delta?.type === 'instructions' || delta?.type === 'commands') return;
    // With a reply's end the estimates may be others.
    if (delta?.type === 'busy') this.#counts = new WeakMap();
    if (delta?.type === 'message-added') this.#problem = undefined;
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        const window = this.view();
        const told = JSON.stringify(window);
        if (told === this.#told) return;
        this.#told = told;
        this.#ports.tell({ type: 'window', window });
      },
      delta?.type === 'text-appended' ? everyMs : 0,
    );
  }

  view(): WindowView {
    const { attachedTokens, conversation, estimates, instructionsFor, settings } = this.#ports;
    const resolution = this.#ports.resolution();
    const model = resolution?.kind === 'model' ? resolution.model : undefined;
    const ref = model?.ref ?? noModelRef;
    if (this.#countedFor !== ref) this.#counts = new WeakMap();
    this.#countedFor = ref;
    const { systemPrompt, parameters } = readModelSettings(settings.models(), ref);
    const tokensOfText = (system: string): number =>
      system === '' ? 0 : estimates.ofFrame(ref, { kind: 'chat', system, messages: [], parameters: {} });
    const size = model?.facts.contextWindow;
    const { turns } = conversation().sent();
    const use = windowUse({
      turns,
      model: model?.ref,
      system: tokensOfText(basePrompt(model?.facts ?? {}, systemPrompt)),
      instructions: tokensOfText(instructionsFor(model)),
      attached: attachedTokens(),
      reserve: Math.min(parameters.maxOutputTokens ?? mostReserved, mostReserved, Math.ceil((size ?? Infinity) / 8)),
      tokensOf: (message) => this.#tokensOf(ref, message),
    });
    const canCompact = turns.length > 1;
    return {
      ...use,
      ...(size !== undefined && { size }),
      canCompact,
      offersCompact: canCompact && size !== undefined && use.used >= size * nearlyFull,
      compacting: this.#compacting,
      ...(this.#problem !== undefined && { problem: this.#problem }),
    };
  }

  #tokensOf(ref: Model['ref'], message: Message): number {
    const known = this.#counts.get(message);
    if (known !== undefined) return known;
    const tokens = this.#ports.estimates.ofMessage(ref, message);
    this.#counts.set(message, tokens);
    return tokens;
  }
}
