import { describe, expect, it } from 'vitest';
import { aheadAfterMs, asIfAccepted } from '../../src/completion/ahead.ts';
import { snapshot } from '../../src/completion/snapshot.ts';
import { delay } from '../../src/util/delay.ts';
import { DrawnDocument } from './drawn.ts';
import { type Bench, bench, key, shown, text } from './engine-bench.ts';
import { infillModel } from './scripted-models.ts';

/** Takes the suggestion as the editor does. */
async function accept(on: Bench, document: DrawnDocument): Promise<void> {
  const suggestion = await on.ask(document).answer;
  on.engine.documentChanged(document.uri, document.type(suggestion?.text ?? ''));
  on.engine.accepted(suggestion?.id ?? 0);
}

describe('the next completion', () => {
  it('is at hand when the suggestion is accepted', async () => {
    const on = bench({ ahead: 'auto' });
    const document = new DrawnDocument('{\n  |\n}\n');
    await shown(on, document, 'one();');
    const next = await on.models.asked(2);
    expect(next.request).toMatchObject({ prompt: { prefix: '{\n  one();', suffix: '\n}\n' } });
    next.text('\n  two();').end();
    await expect.poll(() => next.closed).toBe(true);
    await accept(on, document);
    expect(on.ask(document).answer).toMatchObject({ text: '\n  two();' });
    expect(on.engine.records.at(-1)).toMatchObject({ source: 'cache' });
  });

  it('is waited for when it is still on its way', async () => {
    const on = bench({ ahead: 'auto' });
    const document = new DrawnDocument('{\r\n  |\r\n}\r\n');
    await shown(on, document, 'one();\n  two();');
    const next = await on.models.asked(2);
    expect(next.request).toMatchObject({ prompt: { prefix: '{\n  one();\n  two();', suffix: '\n}\n' } });
    await accept(on, document);
    const asking = on.ask(document);
    next.text('\n  three();').end();
    expect(await text(asking)).toBe('\r\n  three();');
    expect(on.models.requests).toHaveLength(2);
  });

  it('stays on its way while the suggestion is typed along', async () => {
    const on = bench({ ahead: 'auto' });
    const document = new DrawnDocument('const sum = |\n');
    await shown(on, document, 'a + b;');
    const next = await on.models.asked(2);
    let asking = on.ask(document);
    for (const character of 'a + b') asking = key(on, document, asking, character);
    expect(await text(asking)).toBe(';');
    expect(next.signal.aborted).toBe(false);
  });

  /** Typed up to its last two characters, with its successor at hand. */
  async function nearlyTyped(): Promise<{ readonly on: Bench; readonly document: DrawnDocument }> {
    const on = bench({ ahead: 'auto' });
    const document = new DrawnDocument('{\n  |\n}\n');
    await shown(on, document, 'one();');
    const next = await on.models.asked(2);
    next.text('\n  two();').end();
    await expect.poll(() => next.closed).toBe(true);
    let asking = on.ask(document);
    for (const character of 'one') {
      expect((await asking.answer)?.text).not.toContain('two');
      asking = key(on, document, asking, character);
    }
    expect(await text(asking)).toBe('();\n  two();');
    return { on, document };
  }
  const told = ({ observed }: Bench): readonly string[] =>
    observed.flatMap((each) =>
      each.kind === 'requested'
        ? []
        : [`${each.kind} ${each.text}${each.kind === 'accepted' ? ` at ${each.offset}` : ''}`],
    );

  it('is seen before the last keys of the suggestion, so that these leave no gap', async () => {
    const { on, document } = await nearlyTyped();
    let asking = on.ask(document);
    const seen: (string | undefined)[] = [];
    for (const character of '();\n  t') {
      asking = key(on, document, asking, character);
      seen.push(await text(asking));
    }
    expect(seen.slice(0, 4)).toEqual([');\n  two();', ';\n  two();', '\n  two();', '  two();']);
    expect(told(on)).toEqual(['shown one();', 'typed-through one();', 'shown \n  two();']);
    expect(on.models.requests.length).toBeLessThanOrEqual(3);
  });

  it('is accepted with the last characters of the suggestion when it is seen with them', async () => {
    const { on, document } = await nearlyTyped();
    const first = await on.ask(document).answer;
    const start = document.offset - 3;
    on.engine.documentChanged(document.uri, document.type(first?.text ?? ''));
    on.engine.cursorMoved(document.uri, document.offset);
    on.engine.accepted(first?.id ?? 0);
    const whole = ['shown one();', `accepted one(); at ${start}`, 'shown \n  two();'];
    expect(told(on)).toEqual([...whole, `accepted \n  two(); at ${start + 6}`]);
  });

  it('is accepted by the name of the one before, which the editor may still know it by', async () => {
    const { on, document } = await nearlyTyped();
    const first = await on.ask(document).answer;
    for (const character of '();\n') {
      on.engine.documentChanged(document.uri, document.type(character));
      on.engine.cursorMoved(document.uri, document.offset);
    }
    on.engine.documentChanged(document.uri, document.type('  two();'));
    on.engine.accepted(first?.id ?? 0);
    expect(told(on).slice(1)).toEqual([
      'typed-through one();',
      'shown \n  two();',
      `accepted \n  two(); at ${document.offset - 9}`,
    ]);
  });

  it('is asked for without a pause where little is left to type', async () => {
    const pauses: number[] = [];
    const clock = {
      now: () => performance.now(),
      sleep: (ms: number, signal: AbortSignal) => {
        pauses.push(ms);
        return delay(0, signal);
      },
    };
    const pausesAfter = async (suggested: string): Promise<readonly number[]> => {
      const on = bench({ ahead: 'auto' }, undefined, clock);
      pauses.length = 0;
      await shown(on, new DrawnDocument('const sum = |\n'), suggested);
      await on.models.asked(2);
      return pauses.filter((ms) => ms === aheadAfterMs);
    };
    expect(await pausesAfter('a + b;')).toEqual([]);
    expect(await pausesAfter('first + second;')).toEqual([aheadAfterMs]);
  });

  it('is given up at once when something else is typed', async () => {
    const on = bench({ ahead: 'auto' });
    const document = new DrawnDocument('const sum = |\n');
    await shown(on, document, 'a + b;');
    const next = await on.models.asked(2);
    on.engine.documentChanged(document.uri, document.type('x'));
    expect(next.signal.aborted).toBe(true);
  });

  const check = async (name: string, ahead: 'auto' | 'always' | 'never', price: number | undefined, local: boolean) => {
    const on = bench({ ahead });
    on.models.model = {
      ...infillModel,
      endpoint: { ...infillModel.endpoint, local },
      facts: { ...infillModel.facts, ...(price !== undefined && { price: { input: price, output: price } }) },
    };
    const document = new DrawnDocument('const sum = |\n');
    await shown(on, document, 'a + b;');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect([name, on.models.requests.length]).toEqual([name, name.endsWith('asked') ? 2 : 1]);
  };
  it('costs only who wants that', async () => {
    await Promise.all([
      check('free: asked', 'auto', 0, false),
      check('local with a price: asked', 'auto', 3, true),
      check('paid: none', 'auto', 3, false),
      check('price unknown: none', 'auto', undefined, false),
      check('paid, always: asked', 'always', 3, false),
      check('local, never: none', 'never', 0, true),
    ]);
  });

  it('fails without a word', async () => {
    const on = bench({ ahead: 'auto' });
    await shown(on, new DrawnDocument('const sum = |\n'), 'a + b;');
    (await on.models.asked(2)).end('error', { code: 'server', message: 'overloaded', retryable: true });
    await expect.poll(() => on.models.last.closed).toBe(true);
    expect(on.engine.state).toMatchObject({ state: 'shown' });
    expect(on.engine.state).not.toHaveProperty('lastError');
  });
});

describe('the document as if accepted', () => {
  it.each([
    ['at the end', 'ab|', { text: 'cd', replaceBefore: 0, replaceAfter: 0 }, 'abcd|'],
    ['between', 'f(|)\n', { text: 'x)', replaceBefore: 0, replaceAfter: 1 }, 'f(x)|\n'],
    [
      'over the suggest widget’s range',
      'con|;',
      { text: 'console.log()', replaceBefore: 3, replaceAfter: 0 },
      'console.log()|;',
    ],
  ])('%s', (_name, before, taken, after) => {
    const document = new DrawnDocument(before);
    const suggestion = { id: 1, model: infillModel.ref, ...taken };
    const then = asIfAccepted(document, snapshot(document, document.offset), document.offset, suggestion);
    const { length } = then.document;
    expect(`${then.document.text(0, then.offset)}|${then.document.text(then.offset, length)}`).toBe(after);
    for (let from = 0; from <= length; from++)
      for (let to = from; to <= length; to++)
        expect(then.document.text(from, to)).toBe(after.replace('|', '').slice(from, to));
  });
});
