import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startHttpServer, type TestServer } from '../support/http-server.ts';
import { openTutti, type TuttiWindow } from '../support/tutti-window.ts';
import {
  acceptQuickInput,
  fillQuickInput,
  quickInputGone,
  quickInputPrompt,
  quickItems,
  runCommand,
} from '../support/workbench-input.ts';
import { waitForNotification, waitForStatusBarItem } from '../support/workbench-parts.ts';

const places: Readonly<Record<string, string>> = {
  '/v1/models': '{"data":[{"id":"coder","owned_by":"llamacpp"}]}',
  '/props': '{"default_generation_settings":{"n_ctx":4096}}',
};

describe('adding a provider by its address alone', () => {
  let server: TestServer;
  let tutti: TuttiWindow;

  beforeAll(async () => {
    server = await startHttpServer((request, response) => {
      const answer = places[request.path];
      if (answer === undefined) response.writeHead(404);
      response.end(answer ?? '{}');
    });
    tutti = await openTutti();
    await waitForStatusBarItem(tutti.workbench, 'Tutti chat model', 60_000);
  });

  afterAll(async () => {
    await tutti?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  const prompted = (words: string): Promise<void> =>
    vi.waitFor(async () => expect(await quickInputPrompt(tutti.workbench)).toContain(words), 15_000);

  async function answer(question: string, text: string): Promise<void> {
    await prompted(question);
    await fillQuickInput(tutti.workbench, text);
    await acceptQuickInput(tutti.workbench);
  }

  it('says why nobody is there, then who is, and adds that', async () => {
    const { workbench } = tutti;
    await runCommand(workbench, 'Tutti: Add Provider…');
    await answer('Who runs the models?', 'OpenAI-compatible');
    await answer('Address of the server', 'http://127.0.0.1:1/v1');
    await answer('API key', '');
    await prompted('No model answers there');
    expect((await quickItems(workbench))[0]).toMatch(/Change the Address.*Nothing listens at 127\.0\.0\.1:1\./);
    await acceptQuickInput(workbench);
    await answer('Address of the server', server.url);
    await answer('API key', '');
    await prompted('llama.cpp server answers there');
    expect((await quickItems(workbench))[0]).toMatch(/Add llama\.cpp server.*1 model, up to 4,096 tokens: coder/);
    await acceptQuickInput(workbench);
    await answer('1 model, up to 4,096 tokens: coder', 'box');
    await waitForNotification(workbench, '"box" is ready: 1 models.');
  });

  it('looks at the usual places when asked to, and explains each', async () => {
    const { workbench } = tutti;
    await runCommand(workbench, 'Tutti: Add Provider…');
    await answer('Who runs the models?', 'Find servers');
    await prompted('servers on this computer');
    const items = (await quickItems(workbench)).join('\n');
    expect(items).toContain('127.0.0.1:11434');
    await workbench.page.keyboard.press('Escape');
    await quickInputGone(workbench);
  });
});
