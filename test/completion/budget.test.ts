import { describe, expect, it } from 'vitest';
import { type Budget, budgetFor, filesThatFit } from '../../src/completion/budget.ts';
import { holeAt } from '../../src/completion/hole-at.ts';
import { PromptSpeed } from '../../src/completion/prompt-speed.ts';
import type { Model } from '../../src/llm/model.ts';
import { DrawnDocument } from './drawn.ts';
import { infillModel } from './scripted-models.ts';

const remote: Model = { ...infillModel, endpoint: { ...infillModel.endpoint, local: false } };
const inside: Model = { ...infillModel, completion: 'embedded' };
const qwen: Model = { ...infillModel, facts: { fim: 'qwen' } };
const codestral: Model = { ...infillModel, facts: { fim: 'codestral' } };
const llamacpp: Model = { ...infillModel, completion: 'llamacpp-infill' };

const sum = ({ contextCharacters, prefixCharacters, suffixCharacters }: Budget): number =>
  contextCharacters + prefixCharacters + suffixCharacters;

/** A model that reads as many characters a millisecond. */
function measured(rate: number): PromptSpeed {
  const speed = new PromptSpeed();
  for (let request = 0; request < 6; request++) {
    speed.observe({ model: infillModel.ref, promptCharacters: 5000, cachedCharacters: 0, firstTextMs: 5000 / rate });
  }
  return speed;
}

describe('the room of a prompt', () => {
  it('is larger where more can be read in time', () => {
    expect(sum(budgetFor(inside))).toBeLessThan(sum(budgetFor(infillModel)));
    expect(sum(budgetFor(infillModel))).toBeLessThan(sum(budgetFor(remote)));
  });

  const check = (name: string, model: Model, rate: number, budget: Partial<Budget>): void =>
    it(name, () => expect(budgetFor(model, measured(rate))).toMatchObject(budget));

  check('leaves nothing for other files where a processor reads 200 tokens a second', infillModel, 0.6, {
    ...{ contextCharacters: 0, prefixCharacters: 320, suffixCharacters: 80 },
  });
  check('is mostly for the file itself where there is little', infillModel, 5, {
    ...{ contextCharacters: 1534, prefixCharacters: 1180, suffixCharacters: 236 },
  });
  check('is half for other files, and never more than some 4096 tokens', infillModel, 1000, {
    ...{ contextCharacters: 6389, prefixCharacters: 4916, suffixCharacters: 983 },
  });
  check('shows more of what follows where that comes first', codestral, 1000, { suffixCharacters: 2457 });

  it.each([256, 512, 2048, 4096])('is never more than a window of %i tokens', (contextWindow) => {
    const budget = budgetFor({ ...infillModel, facts: { contextWindow } }, measured(1000));
    expect(sum(budget)).toBeGreaterThan(0);
    expect(sum(budget)).toBeLessThan(contextWindow * 3);
  });

  it('lets llama.cpp keep its batch', () => {
    const small = budgetFor({ ...llamacpp, facts: { contextWindow: 2048, fim: 'infill' } }, measured(1000));
    expect(small.contextCharacters).toBe(0);
  });

  it('the first word comes within 700 ms, nothing cached, whatever the speed', () => {
    for (let rate = 0.6; rate < 100; rate *= 1.07) {
      expect(sum(budgetFor(infillModel, measured(rate))) / rate).toBeLessThan(700);
    }
  });
});

describe('a window', () => {
  const text = Array.from({ length: 2000 }, (_, line) => `const line${line} = ${line};`).join('\n');
  const document = new DrawnDocument(`${text}|\n${text}`);
  const extra = [{ filename: 'b.ts', text: 'b\n'.repeat(500) }];
  const hole = (model: Model, files: typeof extra, budget?: Budget) =>
    holeAt(document, document, document.offset, model, 20, files, budget);

  it('has the whole budget where there are no other files', () => {
    const { prefix, suffix } = hole(qwen, []);
    expect(prefix.length + suffix.length).toBeGreaterThan(0.7 * sum(budgetFor(qwen)));
    expect(suffix.length).toBeGreaterThan(0.15 * sum(budgetFor(qwen)));
  });

  it('shows at most a tenth after the cursor beside other files, yet some lines', () => {
    const { prefix, suffix, extra: shown } = hole(qwen, extra);
    expect(suffix.length).toBeLessThanOrEqual((prefix.length + 1000 + suffix.length) / 10);
    expect(suffix.split('\n').length).toBeGreaterThan(3);
    expect(shown).toEqual(extra);
  });

  it('never sends llama.cpp more than it takes', () => {
    const { prefix, suffix } = hole(llamacpp, [], budgetFor(llamacpp, measured(1000)));
    expect(prefix.length).toBeLessThanOrEqual(1536 * 3);
    expect(suffix.length).toBeLessThan(512 * 3);
  });
});

describe('files that fit', () => {
  const file = (filename: string, lines: number) => ({
    filename,
    text: `${filename}${'x'.repeat(98)}\n`.repeat(lines),
  });
  const check = (name: string, files: readonly ReturnType<typeof file>[], room: number, shown: object): void =>
    it(name, () => expect(filesThatFit(files, room).map(({ text }) => text.length)).toEqual(shown));

  check('are all, where there is room', [file('a', 2), file('b', 3)], 500, [200, 300]);
  check('are the last ones', [file('a', 2), file('b', 3)], 300, [300]);
  check('are cut at a line’s end', [file('a', 4), file('b', 3)], 550, [200, 300]);
  check('are not shown in part where the part says nothing', [file('a', 4), file('b', 3)], 450, [300]);
  check('are none without room', [file('a', 2)], 0, []);
});
