import { expect, it } from 'vitest';
import { type Answering, startOpenAiVendor } from '../support/fake-vendor.ts';
import { testConnections } from '../support/test-connections.ts';

const refusal = (status: number, message: string): Answering => ({
  raw: (response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message } }));
  },
});

it('a connection is tested by real requests, which say what each of them came to', async () => {
  await using vendor = await startOpenAiVendor(['talks', 'fills', 'coder', 'unsure']);
  vendor.answers.push({ say: ['ready'] }, { say: ['ready'] }, { say: ['a + b'] }, { say: ['ready'] });
  vendor.answers.push({ say: ['a - b'] }, { say: ['ready'] }, refusal(401, 'No such key'));
  vendor.answers.push({ say: ['ready'] }, refusal(404, 'No such path'));
  const settings = {
    'tutti.providers': {
      cloud: {
        vendor: 'openai-compatible',
        baseUrl: `${vendor.url}/v1`,
        models: { talks: { fim: 'chat' }, fills: { fim: 'infill' }, coder: { fim: 'qwen' } },
      },
      nobody: { vendor: 'openai-compatible', baseUrl: 'http://127.0.0.1:9/v1', models: { m: {} } },
    },
    'tutti.models': { 'cloud/talks': { temperature: 0.3 } },
    'tutti.roles': { chat: 'cloud/talks', completion: 'cloud/coder' },
  };
  const [talks, fills, byRole, refused, unsure, nobody, unknown] = await testConnections(
    settings,
    { model: 'cloud/talks' },
    { model: 'cloud/fills' },
    { role: 'completion', model: 'cloud/coder' },
    { model: 'cloud/coder' },
    { model: 'cloud/unsure' },
    { model: 'nobody/m' },
    { model: 'nowhere/m' },
  );

  expect(talks).toMatchObject({ model: 'cloud/talks', ok: true, requests: [{ asked: 'chat', ok: true }] });
  expect(talks?.message).toMatch(/^Chat: cloud\/talks answered in [\d.]+ s: ready$/);

  expect(fills).toMatchObject({ ok: true, requests: [{ asked: 'chat' }, { asked: 'completion' }] });
  expect(fills?.message).toMatch(/: ready\nCompletion: cloud\/fills answered in [\d.]+ s: a \+ b$/);

  expect(byRole).toMatchObject({ ok: true, requests: [{ asked: 'chat' }, { asked: 'completion' }] });
  expect(byRole?.message).toMatch(/Completion: .*: a - b$/);

  expect(refused).toMatchObject({ ok: false, requests: [{ ok: true }, { ok: false }] });
  expect(refused?.message).toMatch(/^Chat: .*: ready\nCompletion: The key for cloud\/coder was refused\. Add /);

  expect(unsure).toMatchObject({ ok: true, requests: [{ asked: 'chat' }] });

  expect(nobody).toMatchObject({ ok: false, requests: [{ asked: 'chat', error: { code: 'connection-refused' } }] });
  expect(nobody?.message).toMatch(/^Chat: Nothing listens at http:\/\/127\.0\.0\.1:9\S* Start the server/);
  expect(unknown).toMatchObject({ ok: false, requests: [{ error: { code: 'no-model' } }] });

  const asked = vendor.seen.filter(({ method }) => method === 'POST').map(({ path }) => path);
  const chat = '/v1/chat/completions';
  const completion = '/v1/completions';
  expect(asked).toEqual([chat, chat, completion, chat, completion, chat, completion, chat, completion]);
  const bodies = vendor.bodies();
  expect(bodies[0]).toMatchObject({ model: 'talks', temperature: 0.3, stream: true });
  expect(bodies[2]).toMatchObject({ model: 'fills', prompt: expect.stringMatching(/return $/), suffix: ';\n}\n' });
  expect(bodies[4]).toMatchObject({ model: 'coder', prompt: expect.stringContaining('<|fim_prefix|>function add') });
  expect(bodies[4]).not.toHaveProperty('suffix');
});
