import type { Model } from '../llm/model.ts';
import type { ChatProtocol } from '../llm/model-facts.ts';
import type { ChatRequest, CompletionRequest } from '../llm/request.ts';
import { fitToWindow } from '../models/fit-to-window.ts';
import type { TokenEstimates } from '../models/token-estimates.ts';

export interface FittedChat {
  readonly request: ChatRequest;
  /** Messages at the beginning that are not in it. */
  readonly leftOut: number;
  /** Estimate of its input. */
  readonly tokens: number;
  /** `false`: it is too long though there is nothing more to leave out. */
  readonly fits: boolean;
}

/** A reply needs at least this much room, or an eighth of the window where that is less. */
const leastOutput = 4096;
/** No output limit is lowered below this: a reply cut after a few words helps nobody. */
const lowestLimit = 256;
/** Protocols that demand an output limit, and the one they get where nothing is known of the model. */
const demandedOutput: ReadonlyMap<ChatProtocol, number> = new Map([['anthropic-messages', 8192]]);
/** An estimate that nothing was learned for may be this much too high: in doubt the endpoint decides. */
const doubt = 0.75;

/** The chat so that input, tools and a reply fit into `window` tokens: oldest turns left out, the output limit lowered. */
export function fitChat(request: ChatRequest, model: Model, window: number, estimates: TokenEstimates): FittedChat {
  const frame = estimates.ofFrame(model.ref, request);
  const wanted = wantedOutput(request, model);
  const reserved = Math.min(wanted ?? leastOutput, leastOutput, Math.ceil(window / 8));
  const history = fitToWindow(request.messages, window - reserved - frame, (message) =>
    estimates.ofMessage(model.ref, message),
  );
  const tokens = frame + history.tokens;
  const least = tokens * (estimates.isCalibrated(model.ref) ? 1 : doubt);
  return {
    request: {
      ...request,
      messages: history.messages,
      parameters: limited(request, wanted, window - tokens * 1.1 - 16),
    },
    leftOut: history.leftOut,
    tokens,
    fits: least < window,
  };
}

/** A completion's prompt is cut to size by those who made it; only its output limit may be too high. */
export function fitCompletion(request: CompletionRequest, { facts }: Model): CompletionRequest {
  const { maxOutputTokens } = request.parameters;
  const most = Math.min(
    facts.maxOutputTokens ?? Number.POSITIVE_INFINITY,
    (facts.contextWindow ?? Number.POSITIVE_INFINITY) / 2,
  );
  if (maxOutputTokens === undefined || maxOutputTokens <= most) return request;
  return { ...request, parameters: { ...request.parameters, maxOutputTokens: Math.max(1, Math.floor(most)) } };
}

function wantedOutput({ parameters }: ChatRequest, { chat, facts }: Model): number | undefined {
  const demanded = chat === undefined ? undefined : demandedOutput.get(chat);
  const given = parameters.maxOutputTokens ?? (demanded && (facts.maxOutputTokens ?? demanded));
  return given === undefined ? undefined : Math.min(given, facts.maxOutputTokens ?? given);
}

/** A limit is only put in where one is sent anyway and would be refused. */
function limited({ parameters }: ChatRequest, wanted: number | undefined, room: number): ChatRequest['parameters'] {
  if (wanted === undefined) return parameters;
  const most = Math.floor(Math.min(wanted, Math.max(room, lowestLimit)));
  return most === (parameters.maxOutputTokens ?? wanted) ? parameters : { ...parameters, maxOutputTokens: most };
}
