import { describe, expect, it } from 'vitest';
import { completionWindow } from '../support/completion-window.ts';
import type { Said } from '../support/fake-vendor.ts';
import { waitForGhostText } from '../support/workbench-editor.ts';

const source = 'export function all() {\n  \n}\n';

describe('a suggestion that comes piece by piece', () => {
  const on = completionWindow(() => ({
    files: { 'grow.ts': source, 'along.ts': source, 'ahead.ts': source },
    settings: { 'editor.autoClosingBrackets': 'never' },
  }));
  const { press, type, shows, openAt } = on;

  /** Whoever asks for the empty body gets these pieces; nothing follows them. */
  function atTheHole(pieces: readonly Said[]): void {
    on.vendor.always = ({ prompt }) => (/\{\n {2}\w{0,2}$/.test(String(prompt)) ? pieces : []);
  }

  const atHole = (): number =>
    on.vendor.bodies().filter(({ prompt }) => /\{\n {2}\w{0,2}$/.test(String(prompt))).length;

  /** Counts the frames without ghost text, until asked. */
  async function watchForFlicker(): Promise<() => Promise<unknown>> {
    const { page } = on.tutti.workbench;
    await page.evaluate(`
      const state = (window.watched = { gone: 0 });
      const look = () => {
        const shown = '.editor-instance .ghost-text-decoration, .editor-instance .suggest-preview-text .view-line';
        if (!document.querySelector(shown)) state.gone += 1;
        if (window.watched === state) requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    `);
    return () =>
      page.evaluate('(() => { const { gone } = window.watched; window.watched = undefined; return gone; })()');
  }

  it('is seen by its first line, grows without a flicker, and costs one request', async () => {
    const [second, third, last] = [1, 2, 3].map(() => Promise.withResolvers<void>());
    atTheHole([
      'one();\n  tw',
      second?.promise ?? '',
      'o();\n  thr',
      third?.promise ?? '',
      'ee();\n  fo',
      last?.promise ?? '',
      'ur();',
    ]);
    await openAt('grow.ts', 2);
    await press('Alt+Backslash');
    await shows('one();');
    const flickered = await watchForFlicker();
    second?.resolve();
    await shows('one();\n  two();');
    third?.resolve();
    await shows('one();\n  two();\n  three();');
    await on.tutti.workbench.page.screenshot({ path: 'test-results/streaming.png' });
    last?.resolve();
    await shows('one();\n  two();\n  three();\n  four();');
    expect(await flickered()).toBe(0);
    expect(atHole()).toBe(1);
    await press('Escape');
  });

  it('goes on while it is typed along and when its beginning is accepted', async () => {
    const asked = atHole();
    const [second, last] = [1, 2].map(() => Promise.withResolvers<void>());
    atTheHole(['one();\n  tw', second?.promise ?? '', 'o();\n  thr', last?.promise ?? '', 'ee();']);
    await openAt('along.ts', 2);
    await press('Alt+Backslash');
    await shows('one();');
    await type('on');
    await shows('e();');
    second?.resolve();
    await shows('e();\n  two();');
    await press('Tab');
    last?.resolve();
    await shows('\n  three();');
    expect(atHole()).toBe(asked + 1);
    await press('Escape');
  });

  it('has its successor at hand when it is accepted', async () => {
    const asked = on.vendor.bodies().length;
    on.vendor.always = ({ prompt }) => {
      const last = String(prompt).split('\n').at(-1);
      return last === '  ' ? ['one();'] : last === '  one();' ? ['\n  two();'] : [];
    };
    await openAt('ahead.ts', 2);
    await press('Alt+Backslash');
    expect(await waitForGhostText(on.tutti.workbench)).toBe('one();');
    await expect
      .poll(() => on.vendor.bodies().at(-1))
      .toMatchObject({
        prompt: expect.stringMatching(/\{\n {2}one\(\);$/),
        suffix: '\n}\n',
      });
    await press('Tab');
    await shows('\n  two();');
    const last = ({ prompt }: Record<string, unknown>): unknown => String(prompt).split('\n').at(-1);
    expect(
      on.vendor
        .bodies()
        .slice(asked)
        .map(last)
        .filter((line) => line === '  one();'),
    ).toHaveLength(1);
  });
});
