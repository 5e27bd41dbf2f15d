import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../../scripts/setup/paths.ts';
import { scenes } from './support/scenes.ts';
import { useChatPages } from './support/use-chat-pages.ts';

const open = useChatPages();
const german = JSON.parse(readFileSync(join(root, 'l10n/bundle.l10n.de.json'), 'utf8'));

it('a page says in the language of the editor what it says', async () => {
  await using page = await open({ translations: german });
  await scenes[0]?.show(page);
  expect(await page.testId('composer').getAttribute('placeholder')).toBe(german['Ask anything']);
  expect(await page.testId('send').getAttribute('aria-label')).toBe(german['Send']);
  expect(german['Send']).not.toBe('Send');
  expect(page.alarms).toEqual([]);
});

it('and in English where nothing is translated', async () => {
  await using page = await open();
  await scenes[0]?.show(page);
  expect(await page.testId('composer').getAttribute('placeholder')).toBe('Ask anything');
});
