import { describe, expect, it } from 'vitest';
import { namesNear } from '../../src/context/names-near.ts';
import { indexOf, similarWindows } from '../../src/context/window-index.ts';

const noise = (count: number, word: string): string =>
  Array.from({ length: count }, (_, index) => `${word}${index}(value, other);`).join('\n');
const alike = 'const receipt = basket.pay(card);\nreceipt.print(discount);\nledger.append(receipt);';

describe('similar windows', () => {
  it('are those that share rare words with the query', () => {
    const files = [indexOf(noise(200, 'alpha')), indexOf(`${noise(90, 'beta')}\n${alike}\n${noise(90, 'gamma')}`)];
    const [best, next] = similarWindows('receipt = basket.pay(value);\nledger.', files, 5);
    expect(best?.file).toBe(1);
    expect(best && best.line <= 90 && best.endLine >= 93).toBe(true);
    expect(best?.similarity).toBeGreaterThan(2 * (next?.similarity ?? 0));
  });

  it('do not overlap, and are not more than asked for', () => {
    const found = similarWindows('value other', [indexOf(noise(300, 'alpha'))], 4);
    expect(found).toHaveLength(4);
    const lines = found.map(({ line, endLine }) => [line, endLine] as const).sort(([a], [b]) => a - b);
    expect(lines.every(([line], index) => index === 0 || line >= (lines[index - 1]?.[1] ?? 0))).toBe(true);
  });

  it.each(['', 'nothing here is known', '{ ( ) }'])('of %j are none', (query) => {
    expect(similarWindows(query, [indexOf(alike)], 4)).toEqual([]);
  });

  it('of short and empty files are found too', () => {
    expect(similarWindows('receipt', [indexOf(''), indexOf(alike)], 4)).toMatchObject([{ file: 1, line: 0 }]);
  });
});

describe('names near the cursor', () => {
  it.each<[prefix: string, suffix: string, names: readonly string[]]>([
    ['far();\n\n\n\n\n\nnear(', '', ['near', 'far']],
    ['alpha(alpha, alpha, alpha, beta', '', ['beta', 'alpha']],
    ['const function return if a ab', '', []],
    ['// remark\nvalue', '', ['value', 'remark']],
    ['', 'later();\nlatest();', ['later', 'latest']],
    ['total: Basket', '', ['Basket', 'total']],
  ])('%j and %j', (prefix, suffix, names) => {
    expect(namesNear(prefix, suffix, 9).map(({ name }) => name)).toEqual(names);
  });

  it('are weighed between 0 and 1', () => {
    const weights = namesNear(noise(300, 'alpha'), noise(30, 'beta'), 40).map(({ weight }) => weight);
    expect(weights).toHaveLength(40);
    expect(Math.max(...weights)).toBeLessThanOrEqual(1);
    expect(Math.min(...weights)).toBeGreaterThan(0);
  });
});
