import { describe, expect, it } from 'vitest';
import type { PartView } from '../../../src/protocol/chat-view.ts';
import { startHttpServer } from '../../support/http-server.ts';
import type { ChatPage } from '../support/chat-page.ts';
import { hostileMarkdown } from '../support/hostile-markdown.ts';
import { useChatPages } from '../support/use-chat-pages.ts';
import { assistant, chat } from '../support/views.ts';

const open = useChatPages();

/** Elements that the page's own drawing uses; a model can bring none besides. */
const known = [
  ...[
    'article',
    'h2',
    'div',
    'p',
    'span',
    'footer',
    'button',
    'details',
    'summary',
    'figure',
    'figcaption',
    'pre',
    'code',
  ],
  ...[
    'h3',
    'h4',
    'h5',
    'h6',
    'ul',
    'ol',
    'li',
    'blockquote',
    'hr',
    'br',
    'section',
    'table',
    'thead',
    'tbody',
    'tr',
    'th',
    'td',
  ],
  ...['strong', 'em', 'del', 'b', 'i', 's', 'u', 'kbd', 'mark', 'sub', 'sup'],
];
const knownAttributes = [
  ...['class', 'title', 'type', 'role', 'tabindex', 'start', 'open', 'dir', 'data-testid', 'data-role'],
  ...['aria-label', 'aria-hidden', 'aria-pressed', 'aria-haspopup'],
];

/** What poking at code posts besides: nothing of it is done before the user is asked, or leaves the editor. */
const asked = [
  'focused',
  'copy',
  'insert-code',
  'apply-code',
  'new-file',
  'run-in-terminal',
  'find-files',
  'open-file',
  'open-symbol',
];

/** Clicks, points at and focuses everything a model's text made. */
async function poke(page: ChatPage): Promise<void> {
  await page.page.locator('.messages').evaluate((messages) => {
    for (const element of messages.querySelectorAll<HTMLElement>('.markdown *')) {
      for (const type of ['mouseover', 'mouseenter', 'click', 'auxclick', 'focus', 'error', 'load', 'toggle']) {
        element.dispatchEvent(
          new MouseEvent(type, { bubbles: true, cancelable: true, button: type === 'auxclick' ? 1 : 0 }),
        );
      }
    }
  });
}

/** Draws hostile text and tells what came of it. */
async function damage(page: ChatPage, evil: string, parts: readonly PartView[]) {
  await page.page.evaluate(() => Object.assign(window, { pwned: () => Object.assign(window, { executed: true }) }));
  await page.snapshot(chat({ messages: [assistant('a1', '', { parts })] }));
  await page.posted();
  await poke(page);
  const posted = await page.posted();
  const drawn = await page.page.locator('.messages').evaluate(
    (messages, allowed) => {
      const elements = [...messages.querySelectorAll('*')].filter((element) => element !== messages.firstElementChild);
      return {
        executed: 'executed' in window,
        elements: elements.map((element) => element.localName).filter((name) => !allowed.known.includes(name)),
        attributes: elements
          .flatMap((element) => element.getAttributeNames())
          .filter((name) => !allowed.knownAttributes.includes(name)),
      };
    },
    { known, knownAttributes },
  );
  const links = posted.flatMap((message) => (message.type === 'open-link' ? [message.url] : []));
  return {
    ...drawn,
    url: page.page.url().replace(/:\d+\//, '/'),
    requests: page.requested.filter((url) => url.startsWith(evil) || !/^(?:blob:)?http:\/\/127\.0\.0\.1/.test(url)),
    otherLinks: links.filter((url) => !/^(?:https?|mailto):/i.test(url)),
    otherPosts: posted.filter(({ type }) => ![...asked, 'open-link'].includes(type)),
    alarms: page.alarms,
  };
}

const harmless = {
  executed: false,
  elements: [],
  attributes: [],
  url: 'http://127.0.0.1/',
  requests: [],
  otherLinks: [],
  otherPosts: [],
  alarms: [],
};

describe('hostile Markdown', () => {
  it('runs nothing, fetches nothing, brings no element or attribute of its own', async () => {
    await using server = await startHttpServer((_, response) => void response.end('pwned()'));
    await using page = await open();
    const failures: Record<string, unknown> = {};
    for (const markdown of hostileMarkdown) {
      const text = markdown.replaceAll('{evil}', server.url);
      const result = await damage(page, server.url, [{ type: 'text', text }]);
      try {
        expect(result).toEqual(harmless);
      } catch {
        failures[markdown] = result;
      }
    }
    expect(failures).toEqual({});
    expect(server.seen).toEqual([]);
  }, 60_000);

  it('is as harmless in thinking and refusals', async () => {
    await using server = await startHttpServer((_, response) => void response.end('pwned()'));
    await using page = await open();
    const text = hostileMarkdown.join('\n\n').replaceAll('{evil}', server.url);
    const parts = [{ type: 'reasoning', text } as const, { type: 'refusal', text } as const];
    expect(await damage(page, server.url, parts)).toEqual(harmless);
    expect(server.seen).toEqual([]);
  });

  it('is as harmless while it is being written', async () => {
    await using server = await startHttpServer((_, response) => void response.end('pwned()'));
    await using page = await open();
    await page.page.evaluate(() => Object.assign(window, { pwned: () => Object.assign(window, { executed: true }) }));
    const text = hostileMarkdown.join('\n\n').replaceAll('{evil}', server.url);
    await page.snapshot(chat({ messages: [assistant('a1', '', { state: 'streaming' })], busy: true }));
    for (let at = 0; at < text.length; at += 37) {
      await page.delta({ type: 'text-appended', messageId: 'a1', part: 'text', text: text.slice(at, at + 37) });
    }
    await poke(page);
    expect(await page.page.evaluate(() => 'executed' in window)).toBe(false);
    expect(page.alarms).toEqual([]);
    expect(server.seen).toEqual([]);
  }, 60_000);
});

describe('the sanitiser alone', () => {
  it('makes hostile HTML harmless without the fences before and after it', async () => {
    await using server = await startHttpServer((_, response) => void response.end('pwned()'));
    await using page = await open();
    // A page without a policy of its own, so that nothing but the sanitiser stands in the way.
    await page.page.goto(new URL('sanitiser.html', page.page.url()).href);
    await page.page.evaluate(() => Object.assign(window, { pwned: () => Object.assign(window, { executed: true }) }));
    const left: string[] = [];
    for (const markdown of hostileMarkdown) {
      const html = markdown.replaceAll('{evil}', server.url);
      const result = await page.page.evaluate(
        (text) => (window as unknown as { sanitiseInto(html: string): string[] }).sanitiseInto(text),
        html,
      );
      left.push(...result.filter((thing) => !known.includes(thing) && !/^(?:a|href=https?:.*|class=.*)$/.test(thing)));
    }
    expect(left).toEqual([]);
    expect(await page.page.evaluate(() => 'executed' in window)).toBe(false);
    expect(server.seen).toEqual([]);
  });
});

describe('links', () => {
  const link = async (markdown: string) => {
    const page = await open();
    await page.snapshot(chat({ messages: [assistant('a1', markdown)] }));
    await page.posted();
    return { page, link: page.page.getByRole('link') };
  };

  it.each([
    ['[docs](https://example.com/a?b=c&d=e)', 'https://example.com/a?b=c&d=e', 'docs'],
    ['https://example.com/bare', 'https://example.com/bare', 'https://example.com/bare'],
    ['<mailto:a@example.com>', 'mailto:a@example.com', 'mailto:a@example.com'],
    ['![a chart](https://example.com/c.png)', 'https://example.com/c.png', 'a chart (https://example.com/c.png)'],
    ['![](https://example.com/c.png)', 'https://example.com/c.png', 'https://example.com/c.png'],
  ])('%s asks the host to open it, by click and by Enter, and goes nowhere itself', async (markdown, url, words) => {
    const { page, link: element } = await link(markdown);
    await using _ = page;
    const before = page.page.url();
    expect(await element.textContent()).toBe(words);
    expect(await element.getAttribute('title')).toBe(url);
    await element.click();
    await element.click({ button: 'middle' });
    await element.focus();
    await page.page.keyboard.press('Enter');
    expect(await page.posted()).toEqual([
      { type: 'open-link', url },
      { type: 'open-link', url },
    ]);
    expect(page.page.url()).toBe(before);
    expect(page.page.context().pages()).toHaveLength(1);
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](src/app.ts)',
    '[x](command:foo)',
    '[x](#top)',
    '![x](data:image/png;base64,AA)',
  ])('%s is plain text', async (markdown) => {
    const { page, link: element } = await link(markdown);
    await using _ = page;
    expect(await element.count()).toBe(0);
    expect(await page.page.locator('.markdown').textContent()).toContain('x');
  });
});

describe('HTML in Markdown', () => {
  it('is shown as text where it is not plain formatting, so nothing is hidden', async () => {
    await using page = await open();
    await page.snapshot(
      chat({ messages: [assistant('a1', 'Use <Button kind="x"> and <kbd>Esc</kbd><br>now <!-- secret -->')] }),
    );
    const markdown = page.page.locator('.markdown');
    expect((await markdown.textContent())?.trim()).toBe('Use <Button kind="x"> and Escnow <!-- secret -->');
    expect(await markdown.locator('kbd').textContent()).toBe('Esc');
  });
});
