import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/setup/paths.ts';
import type { UsageView } from '../../../src/protocol/usage-view.ts';
import type { ChatPage, ChatPageOptions } from '../support/chat-page.ts';
import { themes } from '../support/themes.ts';
import { useChatPages } from '../support/use-chat-pages.ts';
import { group, nothingEver, usage } from './views.ts';

const openPage = useChatPages();
const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** The page as it is after the host has told it a view. */
async function open(view: UsageView, options: ChatPageOptions = {}): Promise<ChatPage> {
  const page = await openPage({ usage: true, width: 1200, height: 900, ...options });
  await page.send({ type: 'usage', view });
  return page;
}

async function violations({ page }: ChatPage): Promise<string[]> {
  await page.evaluate(axe);
  const results = await page.evaluate(() => (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} (${node.failureSummary})`),
  );
}

const nothingHere = usage({ all: { ...usage().all, requests: 0 } });

describe.each(themes)('$name', (theme) => {
  it.each([
    ['a month', usage()],
    ['nothing in the range', nothingHere],
    ['nothing ever', nothingEver],
  ])('%s has no flaw that axe-core knows', async (_, view) => {
    await using page = await open(view, { theme });
    for (const summary of await page.page.locator('summary').all()) await summary.click();
    expect(await violations(page)).toEqual([]);
    expect(page.alarms).toEqual([]);
    expect(page.requested.filter((url) => !url.startsWith(new URL('/', page.page.url()).href))).toEqual([]);
  });
});

it.each([300, 420, 760, 1600])('is not wider than its tab of %i pixels', async (width) => {
  await using page = await open(usage(), { width });
  const wider = await page.page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect(wider).toBe(0);
});

describe('what is told', () => {
  it('says what the cost lacks and what is estimated', async () => {
    await using page = await open(usage());
    expect(await page.testId('total-cost').innerText()).toBe(
      'Cost\n≈$14.85\nwithout 77 requests of unknown price\n1,403 requests estimated',
    );
    expect(await page.testId('total-errors').innerText()).toBe('Errors\n1.2%\n63 requests failed');
  });

  it('does not call unknown prices free', async () => {
    await using page = await open(usage({ all: { ...usage().all, cost: 0, unpriced: 5136 } }));
    expect(await page.testId('total-cost').innerText()).toContain('Not known');
  });

  it('warns of a budget that is nearly gone, in words', async () => {
    await using page = await open(usage({ budgets: [{ name: 'Today', spent: 6, limit: 5 }] }));
    expect((await page.testId('budget').innerText()).replaceAll(/\s+/g, ' ')).toBe(
      'Today $6.00 of $5.00 (120%): reached',
    );
  });

  it('invites to see everything where the range has nothing', async () => {
    await using page = await open(nothingHere);
    await page.posted();
    await page.page.getByRole('button', { name: 'Show Everything' }).click();
    expect(await page.posted()).toEqual([{ type: 'need-usage', filter: { range: 'all' } }]);
  });

  it('tells why there are no numbers, and asks again on demand', async () => {
    await using page = await openPage({ usage: true });
    await page.send({ type: 'usage-failed', problem: 'The database cannot be opened.' });
    expect(await page.page.getByRole('alert').innerText()).toContain('The database cannot be opened.');
    await page.posted();
    await page.page.getByRole('button', { name: 'Try Again' }).click();
    expect(await page.posted()).toEqual([{ type: 'need-usage', filter: { range: '30-days' } }]);
  });
});

describe('the reader', () => {
  it('filters; the choice is saved for a reload', async () => {
    await using page = await open(usage());
    expect(await page.posted()).toEqual([{ type: 'need-usage', filter: { range: '30-days' } }]);
    await page.page.getByRole('radio', { name: '7 days' }).check();
    await page.testId('filter-model').selectOption({ label: 'All of openai' });
    await page.testId('filter-role').selectOption('chat');
    const filter = { range: '7-days', provider: 'openai', role: 'chat' };
    expect((await page.posted()).at(-1)).toEqual({ type: 'need-usage', filter });
    expect(await page.savedState()).toMatchObject({ filter });
    await using again = await openPage({ usage: true, state: await page.savedState() });
    expect(await again.posted()).toEqual([{ type: 'need-usage', filter }]);
  });

  it('is answered last what he asked last', async () => {
    await using page = await open(usage());
    await page.page.getByRole('radio', { name: '7 days' }).check();
    await page.page.getByRole('radio', { name: 'Today' }).check();
    await page.send({ type: 'usage', view: usage({ filter: { range: '7-days' } }) });
    await page.send({ type: 'usage', view: usage({ filter: { range: 'today' } }) });
    expect(await page.savedState()).toMatchObject({ filter: { range: 'today' } });
    expect(await page.page.getByRole('radio', { name: 'Today' }).isChecked()).toBe(true);
  });

  it('sorts the models by any column; what is not known comes last', async () => {
    const models = [
      group('a/one', { cost: 1 }),
      group('b/two', { cost: 2 }),
      group('c/three', { cost: 0, unpriced: 40 }),
    ];
    await using page = await open(usage({ models }));
    const order = (): Promise<string[]> => page.testId('model-table').locator('tbody th').allInnerTexts();
    expect((await order()).map((name) => name.trim())).toEqual(['b/two', 'a/one', 'c/three']);
    await page.page.getByRole('button', { name: 'Cost', exact: true }).click();
    expect((await order()).map((name) => name.trim())).toEqual(['a/one', 'b/two', 'c/three']);
    await page.page
      .getByRole('columnheader', { name: 'Cost' })
      .and(page.page.locator('[aria-sort="ascending"]'))
      .waitFor();
  });

  it('goes from day to day with the keyboard and hears each', async () => {
    await using page = await open(usage());
    const plot = page.page.getByRole('slider', { name: 'By day, cost' });
    await plot.focus();
    await page.page.keyboard.press('End');
    expect(await plot.getAttribute('aria-valuetext')).toMatch(/^Mon, Nov 23: \$0\.\d\d, xai/);
    await page.page.keyboard.press('ArrowLeft');
    expect(await plot.getAttribute('aria-valuetext')).toMatch(/^Sun, Nov 22: \$0$/);
    expect(await page.page.locator('.details').innerText()).toContain('Sun, Nov 22');
  });

  it('finds the numbers of a chart in a table behind it', async () => {
    await using page = await open(usage());
    await page.page.getByText('Table: By day, cost').click();
    const rows = page.page.getByRole('table').filter({ hasText: 'Mon, Oct 26' }).getByRole('row');
    expect(await rows.count()).toBe(1 + 21);
    await page.page.getByRole('radio', { name: 'Requests' }).check();
    await page.page.getByText('Table: By day, requests').waitFor();
  });

  it('takes the rows along as they are filtered', async () => {
    await using page = await open(usage());
    await page.posted();
    await page.page.getByRole('button', { name: 'JSON export' }).click();
    expect(await page.posted()).toEqual([{ type: 'export-usage', format: 'json', filter: { range: '30-days' } }]);
  });
});

it('tells series apart without colour where the theme has high contrast', async () => {
  const theme = themes.find(({ name }) => name === 'high-contrast');
  if (!theme) throw new Error('No such theme');
  await using page = await open(usage(), { theme });
  const fills = await page.page
    .locator('.legend .series')
    .evaluateAll((marks) => marks.map((mark) => getComputedStyle(mark).fill));
  expect(fills).toEqual([0, 1, 2, 3, 4, 5].map((series) => `url("#texture-${series}")`));
});
