import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { openTutti, replied, reply, send, type TuttiWindow } from '../support/tutti-window.ts';
import { screenshot } from '../support/workbench.ts';
import { runCommand } from '../support/workbench-input.ts';
import { openChat, reloadWithSettings, type Theme, themeSettings, waitForTheme } from '../support/workbench-parts.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const answer = `A **debounce** waits until the calls stop:

\`\`\`ts
export function debounce<T extends unknown[]>(run: (...args: T) => void, ms: number) {
  let timer: NodeJS.Timeout | undefined;
  return (...args: T) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...args), ms); // the last call wins
  };
}
\`\`\`

- \`ms\` is the *quiet time*, not the interval
- see [the handbook](https://example.com/handbook) for more

| call | runs |
|---|---|
| a, b, c within 100 ms | c |
| a … 1 s … b | a, b |
`;

describe('the chat looks right', () => {
  let vendor: FakeVendor;
  let tutti: TuttiWindow;
  let settings: Readonly<Record<string, unknown>>;

  beforeAll(async () => {
    vendor = await startOpenAiVendor(['gpt-test', 'gpt-small', 'gpt-large']);
    settings = {
      'tutti.providers': {
        cloud: {
          vendor: 'openai-compatible',
          baseUrl: `${vendor.url}/v1`,
          models: { 'gpt-test': { contextWindow: 128_000, price: { input: 1.25, output: 10 }, tools: true } },
        },
      },
      'tutti.roles': { chat: 'cloud/gpt-test' },
    };
    tutti = await openTutti({ settings, files: { 'debounce.ts': 'export const answer = 42;\n' } });
    const chat = await openChat(tutti.workbench);
    vendor.answers.push({ say: [answer] });
    await send(chat, 'How do I write a debounce in TypeScript? Please keep it short and typed.');
    await reply(chat).getByRole('table').waitFor();
    await replied(chat);
    vendor.answers.push({
      raw: (response) => {
        response.writeHead(401, { 'content-type': 'application/json' });
        response.end('{"error":{"message":"Incorrect API key provided","code":"invalid_api_key"}}');
      },
    });
    await send(chat, 'And a throttle?');
    await reply(chat).getByTestId('retry').waitFor();
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await vendor?.[Symbol.asyncDispose]();
  });

  it.each<Theme>(['light', 'dark', 'high-contrast'])('and is accessible in the %s theme', async (theme) => {
    const { workbench } = tutti;
    await reloadWithSettings(workbench, { ...settings, ...themeSettings(theme) });
    await waitForTheme(workbench, theme);
    const chat = await openChat(workbench);
    await reply(chat).getByTestId('retry').waitFor();
    expect(await violations(tutti)).toEqual([]);
    await screenshot(workbench, `chat-${theme}`);

    await chat.getByTestId('model-button').click();
    await chat.locator('[data-model="cloud/gpt-large"]').waitFor();
    expect(await violations(tutti)).toEqual([]);
    await screenshot(workbench, `chat-models-${theme}`);
    await workbench.page.keyboard.press('Escape');

    await chat.getByRole('button', { name: 'Model settings' }).click();
    await chat.getByTestId('settings-panel').waitFor();
    expect(await violations(tutti)).toEqual([]);
    await screenshot(workbench, `chat-settings-${theme}`);
    await workbench.page.keyboard.press('Escape');

    await runCommand(workbench, 'Tutti: Open Chat in Editor');
    const tab = workbench.page.locator('iframe.webview.ready:not([src*="purpose=webviewView"])').contentFrame();
    await reply(tab.frameLocator('iframe#active-frame')).getByTestId('retry').waitFor();
    await screenshot(workbench, `chat-tab-${theme}`);
    await runCommand(workbench, 'View: Close All Editors');
  });
});

/** What axe finds wrong in the webview's page, one line each. */
async function violations({ workbench }: TuttiWindow): Promise<readonly string[]> {
  const frame = workbench.page.frames().find((candidate) => candidate.url().includes('fake.html'));
  if (!frame) throw new Error('The chat is not drawn.');
  await frame.evaluate(axe);
  // The page is see-through and VS Code paints behind its frame, where axe cannot look.
  await frame.evaluate(`document.documentElement.style.background = 'var(--vscode-sideBar-background)'`);
  return frame.evaluate<string[]>(
    `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html).join(' | ')))`,
  );
}
