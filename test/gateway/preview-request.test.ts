import { describe, expect, it } from 'vitest';
import type { Ask } from '../../src/gateway/ask.ts';
import { type FakeVendor, startAnthropicVendor, startOpenAiVendor } from '../support/fake-vendor.ts';
import { gatewayHouse, type House } from '../support/gateway-house.ts';

const ask: Ask = {
  role: 'chat',
  chatId: 'chat-1',
  systemFor: (_, own) => ['You are Tutti.', own].filter(Boolean).join('\n'),
  request: { kind: 'chat', messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello!' }] }], parameters: {} },
};

const settings = {
  'one/m': {
    temperature: 0.3,
    maxOutputTokens: 900,
    stop: ['END'],
    systemPrompt: 'Be brief.',
    extraBody: { seed: 7 },
    omit: ['stream_options'],
  },
};

function houseAt(vendor: string, baseUrl: string): House {
  return gatewayHouse({
    providers: { one: { vendor, baseUrl, headers: { 'x-team': 'very-secret-team' } } },
    roles: { chat: 'one/m' },
    models: settings,
  });
}

function check(what: string, vendor: string, path: string, start: () => Promise<FakeVendor>): void {
  it(what, async () => {
    await using server = await start();
    using house = houseAt(vendor, `${server.url}${path}`);
    const preview = await house.gateway.preview(ask, 'one/m');
    expect(server.seen).toEqual([]);
    for await (const _ of house.gateway.stream(ask, new AbortController().signal));
    const sent = server.seen.find(({ method }) => method === 'POST');
    if (preview.kind !== 'http') throw new Error(`no HTTP request: ${JSON.stringify(preview)}`);
    expect(preview.sent.body).toBe(sent?.body);
    expect(new URL(preview.sent.url).pathname).toBe(sent?.path.split('?')[0]);
    expect(JSON.parse(preview.sent.body ?? '')).toMatchObject({ temperature: 0.3, seed: 7 });
    expect(preview.sent.body).not.toContain('stream_options');
    expect(JSON.stringify(preview)).not.toContain('very-secret-team');
    expect((await house.ledger.since(0)).length).toBe(1);
  });
}

describe('a request shown before it is sent', () => {
  check('is what leaves then, byte for byte', 'openai-compatible', '/v1', () => startOpenAiVendor(['m']));
  check('also over another wire', 'anthropic', '', () => startAnthropicVendor(['m']));

  it('says why there would be none', async () => {
    using house = houseAt('openai-compatible', 'http://127.0.0.1:9/v1');
    expect(await house.gateway.preview(ask, 'gone/m')).toMatchObject({ kind: 'none', error: { code: 'no-model' } });
  });
});
