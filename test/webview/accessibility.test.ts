import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/setup/paths.ts';
import { scenes } from './support/scenes.ts';
import { themes } from './support/themes.ts';
import { useChatPages } from './support/use-chat-pages.ts';

const open = useChatPages();
const axe = readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** The rules a page was found to break, with the elements; every rule of axe-core is on, its best practices too. */
async function violations(page: Awaited<ReturnType<typeof open>>): Promise<string[]> {
  await page.page.evaluate(axe);
  const results = await page.page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} (${node.failureSummary})`),
  );
}

describe.each(themes)('$name', (theme) => {
  it.each(scenes)('$name has no flaw that axe-core knows', async (scene) => {
    await using page = await open({ theme, height: 1400 });
    await scene.show(page);
    expect(await violations(page)).toEqual([]);
    expect(page.alarms).toEqual([]);
  });
});

describe.each([250, 1200])('in a side bar %i pixels wide', (width) => {
  it.each(scenes)('$name is not wider than its side bar', async (scene) => {
    await using page = await open({ width, height: 700 });
    await scene.show(page);
    const wider = await page.page.evaluate(() =>
      [document.documentElement, document.querySelector('.messages'), document.querySelector('.options')]
        .filter((box) => box !== null)
        .filter((box) => box.scrollWidth > box.clientWidth)
        .map((box) => `${box.className} ${box.scrollWidth}`),
    );
    expect(wider).toEqual([]);
    const composer = await page.testId('composer').boundingBox();
    expect((composer?.y ?? 0) + (composer?.height ?? 0)).toBeLessThan(700);
  });
});

describe('movement', () => {
  it('stands still for those who asked for it', async () => {
    const waiting = scenes.find((scene) => scene.name === 'waiting');
    const running = async (reducedMotion: boolean): Promise<number> => {
      await using page = await open({ reducedMotion });
      await waiting?.show(page);
      return await page.page.evaluate(() => document.getAnimations().length);
    };
    expect(await running(false)).toBeGreaterThan(0);
    expect(await running(true)).toBe(0);
  });
});
