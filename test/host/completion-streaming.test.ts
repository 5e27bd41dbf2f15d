import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type FakeVendor, type Said, startOpenAiVendor } from '../support/fake-vendor.ts';
import { openTutti, type TuttiWindow } from '../support/tutti-window.ts';
import { ghostText, goToEndOfLine, openFile, typeText, waitForGhostText } from '../support/workbench-editor.ts';
import { waitForStatusBarItem } from '../support/workbench-parts.ts';

const source = 'export function all() {\n  \n}\n';

describe('a suggestion that comes piece by piece', () => {
  let vendor: FakeVendor;
  let tutti: TuttiWindow;

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['fim']);
    tutti = await openTutti({
      files: { 'grow.ts': source, 'along.ts': source, 'ahead.ts': source },
      settings: {
        'editor.autoClosingBrackets': 'never',
        'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
        'tutti.providers': {
          fim: { vendor: 'openai-compatible', baseUrl: `${vendor.url}/v1`, models: { fim: { fim: 'infill' } } },
        },
        'tutti.roles': { completion: 'fim/fim' },
      },
    });
    await waitForStatusBarItem(tutti.workbench, 'Tutti completion model: fim', 60_000);
  });

  afterEach(() => {
    vendor.answers.length = 0;
    vendor.always = null;
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await vendor?.[Symbol.asyncDispose]();
  });

  const press = (key: string): Promise<void> => tutti.workbench.page.keyboard.press(key);
  const shows = (text: string) => expect.poll(() => ghostText(tutti.workbench), { timeout: 15_000 }).toBe(text);

  /** Whoever asks for the empty body gets these pieces; nothing follows them. */
  function atTheHole(pieces: readonly Said[]): void {
    vendor.always = ({ prompt }) => (/\{\n {2}\w{0,2}$/.test(String(prompt)) ? pieces : []);
  }

  const atHole = (): number => vendor.bodies().filter(({ prompt }) => /\{\n {2}\w{0,2}$/.test(String(prompt))).length;

  /** Counts the frames without ghost text, until asked. */
  async function watchForFlicker(): Promise<() => Promise<unknown>> {
    const { page } = tutti.workbench;
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
    await openFile(tutti.workbench, 'grow.ts');
    await goToEndOfLine(tutti.workbench, 2);
    await press('Alt+Backslash');
    await shows('one();');
    const flickered = await watchForFlicker();
    second?.resolve();
    await shows('one();\n  two();');
    third?.resolve();
    await shows('one();\n  two();\n  three();');
    await tutti.workbench.page.screenshot({ path: 'test-results/streaming.png' });
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
    await openFile(tutti.workbench, 'along.ts');
    await goToEndOfLine(tutti.workbench, 2);
    await press('Alt+Backslash');
    await shows('one();');
    await typeText(tutti.workbench, 'on');
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
    const asked = vendor.bodies().length;
    vendor.always = ({ prompt }) => {
      const last = String(prompt).split('\n').at(-1);
      return last === '  ' ? ['one();'] : last === '  one();' ? ['\n  two();'] : [];
    };
    await openFile(tutti.workbench, 'ahead.ts');
    await goToEndOfLine(tutti.workbench, 2);
    await press('Alt+Backslash');
    expect(await waitForGhostText(tutti.workbench)).toBe('one();');
    await expect
      .poll(() => vendor.bodies().at(-1))
      .toMatchObject({
        prompt: expect.stringMatching(/\{\n {2}one\(\);$/),
        suffix: '\n}\n',
      });
    await press('Tab');
    await shows('\n  two();');
    const last = ({ prompt }: Record<string, unknown>): unknown => String(prompt).split('\n').at(-1);
    expect(
      vendor
        .bodies()
        .slice(asked)
        .map(last)
        .filter((line) => line === '  one();'),
    ).toHaveLength(1);
  });
});
