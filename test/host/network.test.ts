import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { selfSigned } from '../providers/self-signed.ts';
import { startOpenAiVendor } from '../support/fake-vendor.ts';
import { sseData } from '../support/http-server.ts';
import { startProxyServer } from '../support/proxy-server.ts';
import { testConnections } from '../support/test-connections.ts';

/** No name server knows it: whoever reaches it went through the proxy. */
const host = 'models.invalid';
const models = { m: { fim: 'infill' } };

it('requests go through the proxy of the settings but for its exceptions, and a provider’s certificate file counts', async () => {
  await using vendor = await startOpenAiVendor(['m']);
  await using secure = await startSecureVendor();
  await using proxy = await startProxyServer();
  const { port } = new URL(vendor.url);
  const provider = (baseUrl: string, caFile?: string): object => ({
    vendor: 'openai-compatible',
    baseUrl,
    models,
    ...(caFile !== undefined && { caFile }),
  });
  const settings = {
    'http.proxy': proxy.url,
    'http.noProxy': ['direct.invalid'],
    'tutti.providers': {
      away: provider(`http://${host}:${port}/v1`),
      here: provider(`${vendor.url}/v1`),
      direct: provider(`http://direct.invalid:${port}/v1`),
      trusted: provider(`https://${host}:${secure.port}/v1`, secure.caFile),
      trustedHere: provider(`https://127.0.0.1:${secure.port}/v1`, secure.caFile),
      strange: provider(`https://${host}:${secure.port}/v1`),
      strangeHere: provider(`https://127.0.0.1:${secure.port}/v1`),
    },
  };
  const [away, here, direct, trusted, trustedHere, strange, strangeHere] = await testConnections(
    settings,
    ...['away/m', 'here/m', 'direct/m', 'trusted/m', 'trustedHere/m', 'strange/m', 'strangeHere/m'].map((model) => ({
      model,
    })),
  );

  for (const reached of [away, here, trusted, trustedHere]) {
    expect(reached, reached?.message).toMatchObject({ ok: true, requests: [{ ok: true }, { ok: true }] });
  }
  // Nobody but the proxy knows the host, and the proxy is not to be asked for it.
  expect(direct).toMatchObject({ ok: false, requests: [{ error: { code: 'host-not-found' } }] });
  for (const refused of [strange, strangeHere]) {
    expect(refused).toMatchObject({ ok: false, requests: [{ error: { code: 'tls' } }] });
    expect(refused?.message).toMatch(/is not trusted: .*issued by "Acme Root CA".*"caFile"/);
  }
  expect(proxy.asked.slice(0, 2)).toEqual([
    `POST http://${host}:${port}/v1/chat/completions`,
    `POST http://${host}:${port}/v1/completions`,
  ]);
  expect(new Set(proxy.asked.slice(2))).toEqual(new Set([`CONNECT ${host}:${secure.port}`]));
});

interface SecureVendor extends AsyncDisposable {
  readonly port: number;
  readonly caFile: string;
}

/** Answers every request with a chat chunk, behind a certificate that nobody knows. */
async function startSecureVendor(): Promise<SecureVendor> {
  const { cert, key } = selfSigned('Acme Root CA', host);
  const caFile = join(await mkdtemp(join(tmpdir(), 'tutti-ca-')), 'ca.pem');
  await writeFile(caFile, cert);
  const server = createServer({ cert, key }, (_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const choice = { index: 0, delta: { content: 'ready' }, text: 'ready', finish_reason: 'stop' };
    response.end(sseData({ choices: [choice] }) + sseData('[DONE]'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    caFile,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
