import { describe, expect, it, vi } from 'vitest';
import type { Suggestion } from '../../src/completion/document.ts';
import { CompletionEngine } from '../../src/completion/engine.ts';
import type { Observation } from '../../src/completion/observation.ts';
import { delay } from '../../src/util/delay.ts';
import { DrawnDocument } from '../completion/drawn.ts';
import { startOpenAiVendor } from '../support/fake-vendor.ts';
import { gatewayHouse, type House } from '../support/gateway-house.ts';

/** The engine with the real gateway behind it, as the editor has it. */
function engineOf({ gateway }: House, observed: Observation[]): CompletionEngine {
  return new CompletionEngine({
    models: {
      resolve: async () => {
        const resolution = await gateway.resolve('completion');
        return resolution.kind === 'model' ? { model: resolution.model } : { unavailable: resolution.error.message };
      },
      stream: (model, request, signal, files, requestFor) =>
        gateway.stream({ role: 'completion', head: model.ref, request, files, requestFor }, signal),
    },
    preferences: () => ({
      ...{ enabled: true, trigger: 'automatic', delayMs: 0, maxLines: 20, ahead: 'never', streaming: false },
    }),
    hiddenBecause: async () => undefined,
    localOnlyBecause: async () => undefined,
    wordError: ({ message }) => message,
    clock: { now: () => performance.now(), sleep: delay },
    observe: (observation) => observed.push(observation),
  });
}

describe('a completion along a chain', () => {
  it.each<[string, 'silence' | 'failure', number | undefined, string]>([
    ['is hedged where the first is slow', 'silence', 30, 'aborted'],
    ['goes on where the first fails', 'failure', undefined, 'overloaded'],
  ])('%s; each model gets the form it takes, and what it says is read by that', async (_, first, hedgeMs, outcome) => {
    await using filler = await startOpenAiVendor(['filler']);
    await using talker = await startOpenAiVendor(['talker']);
    filler.answers.push({
      raw: (response) => {
        // Slow: it says nothing until nobody listens any more.
        if (first === 'failure') response.writeHead(503, { 'retry-after': '60' }).end('{}');
      },
    });
    talker.always = () => ['```ts\na + b\n```'];
    const provider = (url: string, models: object): object => ({
      vendor: 'openai-compatible',
      baseUrl: `${url}/v1`,
      models,
    });
    using house = gatewayHouse({
      providers: {
        filler: {
          ...provider(filler.url, { filler: { fim: 'qwen', price: { input: 1000, output: 1000 } } }),
          completion: 'openai-completions',
        },
        talker: provider(talker.url, { talker: { fim: 'chat' } }),
      },
      roles: { completion: { chain: ['filler/filler', 'talker/talker'], ...(hedgeMs !== undefined && { hedgeMs }) } },
    });
    const observed: Observation[] = [];
    const engine = engineOf(house, observed);
    const document = new DrawnDocument('const sum = |;\n');
    const answer = engine.provide(document, document.query(), new AbortController().signal);
    const suggestion: Suggestion | undefined = await answer;
    expect(suggestion?.text).toBe('a + b');
    expect(filler.bodies()[0]).toMatchObject({ prompt: expect.stringContaining('<|fim_prefix|>') });
    expect(talker.bodies()[0]).toMatchObject({ messages: expect.any(Array) });
    expect(observed).toContainEqual(expect.objectContaining({ kind: 'requested', model: 'talker/talker' }));
    await vi.waitFor(async () => {
      const rows = await house.ledger.since(0);
      expect(rows).toHaveLength(2);
      const lost = rows.find(({ model }) => model === 'filler/filler');
      expect(lost?.outcome).toBe(outcome);
      // What was asked in vain is paid for all the same.
      expect((lost?.cost ?? 0) > 0).toBe(first === 'silence');
    });
    // Nobody is left talking to the one that lost.
    await vi.waitFor(() => {
      for (const seen of filler.seen) expect(seen.abortedAt ?? seen.finishedAt).toBeDefined();
    });
  });
});
