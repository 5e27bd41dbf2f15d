import { describe, expect, it } from 'vitest';
import { fetchPage } from '../../src/providers/fetch-page.ts';
import { Http } from '../../src/providers/http.ts';
import { startHttpServer } from '../support/http-server.ts';

const never = new AbortController().signal;

describe('a page somebody has pasted the address of', () => {
  it.each<[string, number, string, string | Buffer, string]>([
    ['a page', 200, 'text/html; charset=utf-8', '<p>é</p>', '<p>é</p>'],
    ['an old encoding', 200, 'text/html; charset=iso-8859-1', Buffer.from([0xe9]), 'é'],
    ['an unknown encoding', 200, 'text/plain; charset=nonsense', 'a', 'a'],
    ['JSON', 200, 'application/problem+json', '{}', '{}'],
    ['no page', 404, 'text/html', 'none', 'error: The server answers with 404.'],
    ['a picture', 200, 'image/png', 'x', 'error: This is no text but image/png.'],
    ['too much', 200, 'text/plain', 'x'.repeat(3_000_001), 'error: It is larger than 3 MB.'],
  ])('%s', async (_what, status, type, body, expected) => {
    await using server = await startHttpServer((_, response) => {
      response.writeHead(status, { 'content-type': type }).end(body);
    });
    const http = new Http();
    const text = await fetchPage(http, server.url, never).then(
      (page) => page.text,
      (error: Error) => `error: ${error.message}`,
    );
    expect(text).toBe(expected);
    http.close();
  });

  it('is not asked for where the address is refused, and sends no key or cookie elsewhere', async () => {
    await using server = await startHttpServer((_, response) => void response.end('a'));
    const refused = new Http(() => 'It is not allowed.');
    await expect(fetchPage(refused, server.url, never)).rejects.toThrow('It is not allowed.');
    expect(server.seen).toHaveLength(0);
    const http = new Http();
    await fetchPage(http, server.url, never);
    expect(Object.keys(server.seen[0]?.headers ?? {}).filter((name) => /auth|cookie|key/.test(name))).toEqual([]);
    http.close();
    refused.close();
  });
});
