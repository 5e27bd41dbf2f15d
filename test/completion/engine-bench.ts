import type { CompletionQuery, Suggestion } from '../../src/completion/document.ts';
import { CompletionEngine } from '../../src/completion/engine.ts';
import type { Observation } from '../../src/completion/observation.ts';
import type { Clock, CompletionPreferences } from '../../src/completion/ports.ts';
import type { RelatedContext } from '../../src/context/related-context.ts';
import { delay } from '../../src/util/delay.ts';
import type { DrawnDocument } from './drawn.ts';
import { ScriptedModels } from './scripted-models.ts';

/** An engine in the test's hands. */
export interface Bench {
  readonly models: ScriptedModels;
  readonly engine: CompletionEngine;
  readonly preferences: { current: CompletionPreferences };
  readonly observed: Observation[];
  hidden: string | undefined;
  /** Addresses of files that only local models may see. */
  localOnly: readonly string[];
  ask(document: DrawnDocument, changed?: Partial<CompletionQuery>): Asking;
}

export interface Asking {
  readonly answer: Suggestion | undefined | Promise<Suggestion | undefined>;
  cancel(): void;
}

const realClock: Clock = { now: () => performance.now(), sleep: delay };

export function bench(
  changed: Partial<CompletionPreferences> = {},
  related?: RelatedContext,
  clock: Clock = realClock,
): Bench {
  const models = new ScriptedModels();
  const preferences = {
    current: {
      enabled: true,
      trigger: 'automatic',
      delayMs: 0,
      maxLines: 20,
      ahead: 'never',
      streaming: false,
      ...changed,
    } as CompletionPreferences,
  };
  const made: Bench = {
    models,
    preferences,
    observed: [],
    hidden: undefined,
    localOnly: [],
    engine: new CompletionEngine({
      models,
      preferences: () => preferences.current,
      hiddenBecause: async () => made.hidden,
      localOnlyBecause: async (uri) => (made.localOnly.includes(uri) ? 'Only local models may see it.' : undefined),
      wordError: ({ message }) => message,
      clock,
      observe: (observation) => made.observed.push(observation),
      ...(related && { related }),
    }),
    ask: (document, changed) => {
      const controller = new AbortController();
      const answer = made.engine.provide(document, document.query(changed), controller.signal);
      return { answer, cancel: () => controller.abort() };
    },
  };
  return made;
}

export const text = async (asking: Asking): Promise<string | undefined> => (await asking.answer)?.text;

/** Asks at the cursor, answers with `output`, and gives what was shown. */
export async function shown(on: Bench, document: DrawnDocument, output: string): Promise<string | undefined> {
  const asking = on.ask(document);
  (await on.models.asked(on.models.requests.length + 1)).text(output).end();
  return text(asking);
}

/** One key as the editor has it: the change is told, the earlier call cancelled, a new one made. */
export function key(on: Bench, document: DrawnDocument, before: Asking, typed: string, behind = ''): Asking {
  on.engine.documentChanged(document.uri, document.type(typed, behind));
  before.cancel();
  return on.ask(document);
}
