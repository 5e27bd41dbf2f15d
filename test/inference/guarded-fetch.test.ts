import { expect, it } from 'vitest';
import { guardedFetch } from '../../src/inference/guarded-fetch.ts';

const refused = (url: string): string | undefined =>
  URL.parse(url)?.hostname === 'hub.example' ? undefined : `${URL.parse(url)?.hostname} is not allowed.`;

/** A web of three places, and who of them was asked. */
function web(redirects: Readonly<Record<string, string>>) {
  const asked: string[] = [];
  const plain: typeof fetch = async (input) => {
    const url = String(input);
    asked.push(url);
    const location = redirects[url];
    return location === undefined ? new Response('file') : new Response('', { status: 302, headers: { location } });
  };
  return { asked, fetch: guardedFetch(refused, plain), open: guardedFetch(undefined, plain) };
}

it('goes where it may, also on from there', async () => {
  const { asked, fetch } = web({ 'https://hub.example/a': '/b' });
  expect(await (await fetch('https://hub.example/a')).text()).toBe('file');
  expect(asked).toEqual(['https://hub.example/a', 'https://hub.example/b']);
});

it.each<[string, readonly string[]]>([
  ['https://other.example/a', []],
  ['https://hub.example/away', ['https://hub.example/away']],
])('never asks who is refused: %s', async (url, before) => {
  const { asked, fetch } = web({ 'https://hub.example/away': 'https://other.example/b' });
  await expect(fetch(url)).rejects.toThrow('other.example is not allowed.');
  expect(asked).toEqual(before);
});

it('without rules it follows anywhere, but not for ever', async () => {
  const { open, asked } = web({
    'https://a.example/': 'https://b.example/',
    'https://c.example/': 'https://c.example/',
  });
  expect(await (await open('https://a.example/')).text()).toBe('file');
  expect(asked.at(-1)).toBe('https://b.example/');
  await expect(open('https://c.example/')).rejects.toThrow('Too many redirects');
});
