import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pack } from '../../scripts/bench/pack.ts';
import { vsixFile } from '../../scripts/setup/paths.ts';
import { askExtensionHost } from '../support/extension-host.ts';
import { startOpenAiVendor } from '../support/fake-vendor.ts';
import { sseData } from '../support/http-server.ts';
import { openTutti, replied, reply, send } from '../support/tutti-window.ts';
import { startVscodeServer } from '../support/vscode-server.ts';
import { openChat } from '../support/workbench-parts.ts';
import type { LanguageModelsAnswer } from './inside/language-models.ts';

it('Tutti’s models serve other extensions: text, tools, token counts, errors with their next step', async () => {
  await using vendor = await startOpenAiVendor(['gpt-test']);
  vendor.answers.push({
    raw: (response) => {
      const call = { index: 0, id: 'c1', function: { name: 'look', arguments: '{"at":"it"}' } };
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(sseData({ choices: [{ index: 0, delta: { content: 'Hello back' } }] }));
      response.write(sseData({ choices: [{ index: 0, delta: { tool_calls: [call] }, finish_reason: 'tool_calls' }] }));
      response.end(sseData('[DONE]'));
    },
  });
  const models = { 'gpt-test': { contextWindow: 8000 } };
  await using server = await startVscodeServer({
    extensions: [vsixFile],
    runsModules: true,
    settings: {
      'tutti.providers': {
        cloud: { vendor: 'openai-compatible', baseUrl: `${vendor.url}/v1`, models },
        nobody: { vendor: 'openai-compatible', baseUrl: 'http://127.0.0.1:9/v1', models: { m: {} } },
      },
    },
  });
  const folder = await mkdtemp(join(tmpdir(), 'tutti-folder-'));
  const module = join(import.meta.dirname, 'inside/language-models.ts');
  const answer = (await askExtensionHost(server, { folder, module })) as LanguageModelsAnswer;
  expect(answer.offered).toContain('cloud/gpt-test');
  expect(answer.offered.filter((id) => id.startsWith('embedded/'))).toEqual([]);
  expect(answer).toMatchObject({ text: 'Hello back', toolCalls: [{ name: 'look', input: { at: 'it' } }], tokens: 100 });
  expect(answer.refusal).toMatch(/Nothing listens at .*Start the server/);
  expect(vendor.bodies()[0]).toMatchObject({
    model: 'gpt-test',
    messages: [{ role: 'user', content: 'Hello from next door' }],
    tools: [{ function: { name: 'look' } }],
  });
});

it('models that another extension brings are chatted with like any other', async () => {
  const acme = await pack(join(import.meta.dirname, 'acme'), 'acme');
  await using tutti = await openTutti({
    extensions: [vsixFile, acme],
    settings: { 'tutti.roles': { chat: 'vscode/acme/alpha' } },
  });
  const chat = await openChat(tutti.workbench);
  await send(chat, 'How are you?');
  await reply(chat).getByText('Alpha heard: How are you?').waitFor({ timeout: 20_000 });
  await replied(chat);
  await chat.getByTestId('model-button').click();
  await chat.locator('[data-model="vscode/acme/alpha"]').waitFor();
  expect(await chat.locator('[data-model="vscode/acme/alpha"]').textContent()).toContain('Acme Alpha');
});
