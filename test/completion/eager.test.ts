import { describe, expect, it } from 'vitest';
import type { CompletionQuery, DocumentChange } from '../../src/completion/document.ts';
import type { CompletionPreferences } from '../../src/completion/ports.ts';
import type { Model } from '../../src/llm/model.ts';
import { DrawnDocument } from './drawn.ts';
import { type Bench, bench, shown, text } from './engine-bench.ts';
import { HandClock, turn } from './hand-clock.ts';
import { infillModel } from './scripted-models.ts';

const paid: Model = {
  ...infillModel,
  endpoint: { ...infillModel.endpoint, local: false },
  facts: { ...infillModel.facts, price: { input: 1, output: 2 } },
};

/** A key as the extension is told of it, before the editor asks. */
function press(on: Bench, document: DrawnDocument, typed: string, changed: Partial<CompletionQuery> = {}): void {
  on.engine.documentChanged(document.uri, document.type(typed));
  arrive(on, document, changed);
}

function arrive(on: Bench, document: DrawnDocument, changed: Partial<CompletionQuery> = {}): void {
  on.engine.cursorMoved(document.uri, document.offset);
  on.engine.typed(document, document.query(changed));
}

/** An editor that has asked once, of a model that answered; the next key goes against that answer. */
async function working(
  preferences: Partial<CompletionPreferences> = {},
  model: Model = infillModel,
): Promise<{ readonly on: Bench; readonly document: DrawnDocument }> {
  const on = bench(preferences);
  on.models.model = model;
  const document = new DrawnDocument('const sum = |;\n');
  on.engine.cursorMoved(document.uri, document.offset);
  expect(await shown(on, document, 'a + b')).toBe('a + b');
  return { on, document };
}

/** All that a request could still wait for has had its turn. */
async function settle(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) await turn();
}

describe('a key nobody foresaw', () => {
  it('has a model that costs nothing asked at once, so that the answer is at hand when the editor asks', async () => {
    const { on, document } = await working();
    press(on, document, 'x');
    const request = await on.models.asked(2);
    expect(request.request).toMatchObject({ prompt: { prefix: 'const sum = x', suffix: ';\n' } });
    request.text('.total').end();
    await expect.poll(() => request.closed).toBe(true);
    expect(on.ask(document).answer).toMatchObject({ text: '.total' });
    expect(on.models.requests).toHaveLength(2);
    expect(on.engine.records.at(-1)).toMatchObject({ outcome: 'shown', source: 'cache' });
  });

  it('has its request waited for when the editor asks before the answer', async () => {
    const { on, document } = await working();
    press(on, document, 'x');
    const request = await on.models.asked(2);
    const asking = on.ask(document);
    request.text('.total').end();
    expect(await text(asking)).toBe('.total');
    expect(on.models.requests).toHaveLength(2);
    expect(on.engine.records.at(-1)).toMatchObject({ outcome: 'shown', source: 'in-flight' });
  });

  it('and the next one have never more than one request under way', async () => {
    const { on, document } = await working();
    press(on, document, 'x');
    const first = await on.models.asked(2);
    first.text('.total');
    await expect.poll(() => on.engine.records.length).toBeGreaterThan(0);
    await settle();
    press(on, document, 'y');
    const second = await on.models.asked(3);
    expect(first.signal.aborted).toBe(true);
    expect(second.request).toMatchObject({ prompt: { prefix: 'const sum = xy' } });
    press(on, document, 'z');
    await settle();
    expect(on.models.requests.filter(({ closed }) => !closed)).toHaveLength(1);
    expect(second.signal.aborted).toBe(false);
  });

  it('has its request ended when the editor does not ask after all', async () => {
    const clock = new HandClock();
    const on = bench({}, undefined, clock);
    const document = new DrawnDocument('const sum = |;\n');
    on.engine.cursorMoved(document.uri, document.offset);
    expect(await shown(on, document, 'a + b')).toBe('a + b');
    press(on, document, 'x');
    const request = await on.models.asked(2);
    await clock.move(299);
    expect(request.signal.aborted).toBe(false);
    await clock.move(2);
    expect(request.signal.aborted).toBe(true);
  });
});

describe('nobody is asked at the key', () => {
  type Act = (on: Bench, document: DrawnDocument) => void | Promise<void>;
  const cases: readonly [string, Act, Partial<CompletionPreferences>?, Model?][] = [
    ['of a model with a price', (on, document) => press(on, document, 'x'), {}, paid],
    ['that was foreseen', (on, document) => press(on, document, 'a')],
    ['at several cursors', (on, document) => press(on, document, 'x', { cursors: 2 })],
    [
      'while suggestions are snoozed',
      (on, document) => {
        on.engine.snooze(Date.now() + 60_000);
        press(on, document, 'x');
      },
    ],
    [
      'where they come by hand only',
      (on, document) => {
        on.preferences.current = { ...on.preferences.current, trigger: 'manual' };
        press(on, document, 'x');
      },
    ],
    [
      'where they are off',
      (on, document) => {
        on.preferences.current = { ...on.preferences.current, enabled: false };
        press(on, document, 'x');
      },
    ],
    [
      'where a pause is wished for',
      (on, document) => {
        on.preferences.current = { ...on.preferences.current, delayMs: 100 };
        press(on, document, 'x');
      },
    ],
    [
      'of a file that no model may see',
      (on, document) => {
        on.hidden = 'It is ignored.';
        press(on, document, 'x');
      },
    ],
    [
      'of another place in the file',
      (on, document) => {
        const change: DocumentChange = { offset: 0, removedLength: 0, insertedText: '' };
        on.engine.documentChanged(document.uri, [{ ...change, insertedText: 'x', offset: document.length - 1 }]);
        arrive(on, document);
      },
    ],
    [
      'when the cursor has only moved',
      (on, document) => {
        document.offset -= 2;
        arrive(on, document);
      },
    ],
    [
      'of an editor that has not asked for long',
      async (on, document) => {
        for (let keys = 0; keys < 7; keys++) on.engine.documentChanged(document.uri, document.type('x'));
        on.engine.cursorMoved(document.uri, document.offset);
        press(on, document, 'y');
      },
    ],
    [
      'after an error that wants a pause',
      async (on, document) => {
        press(on, document, 'x');
        const request = await on.models.asked(2);
        request.end('error', { code: 'server', message: 'Broken.', retryable: true, retryAfterMs: 60_000 });
        await expect.poll(() => request.closed).toBe(true);
        await settle();
        on.models.requests.splice(1);
        press(on, document, 'y');
      },
    ],
  ];
  it.each(cases)('%s', async (_what, act, preferences = {}, model = infillModel) => {
    const { on, document } = await working(preferences, model);
    await act(on, document);
    await settle();
    expect(on.models.requests).toHaveLength(1);
  });
});
