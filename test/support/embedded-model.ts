import type { Model } from '../../src/llm/model.ts';
import type { ModelFacts } from '../../src/llm/model-facts.ts';
import { modelRef } from '../../src/llm/model-ref.ts';

/** A model inside the editor as the gateway hands it to the stream. */
export function embeddedModel(id: string, facts: ModelFacts = {}): Model {
  return {
    ref: modelRef('embedded', id),
    id,
    chat: 'embedded',
    completion: 'embedded',
    facts,
    endpoint: {
      provider: 'embedded',
      vendor: 'embedded',
      baseUrl: '',
      keyHeader: 'none',
      headers: {},
      timeouts: { connectMs: 0, firstTokenMs: 0, idleMs: 0 },
      quirks: {},
      local: true,
    },
  };
}
