import { describe, expect, it } from 'vitest';
import { useChatPages } from '../support/use-chat-pages.ts';
import { assistant, chat, user } from '../support/views.ts';

const open = useChatPages();
const streaming = chat({ messages: [user('u1', 'Hi'), assistant('a1', '', { state: 'streaming' })], busy: true });
const append = (text: string) => ({ type: 'text-appended', messageId: 'a1', part: 'text', text }) as const;

describe('conversation', () => {
  it('draws text as it arrives', async () => {
    await using page = await open();
    await page.snapshot(streaming);
    await page.delta(append('Hello **wor'));
    expect(await page.testId('message').last().textContent()).toContain('Hello **wor');
    await page.delta(append('ld**'));
    expect(await page.testId('message').last().locator('strong').textContent()).toBe('world');
  });

  it('keeps the elements of finished blocks while the last one is drawn', async () => {
    await using page = await open();
    await page.snapshot(streaming);
    await page.delta(append('First\n\n```js\nlet a'));
    await page.page.locator('.blocks > p').evaluate((element) => element.setAttribute('data-mark', ''));
    await page.page.locator('pre').evaluate((element) => element.setAttribute('data-mark', ''));
    await page.delta(append(' = 1;\nlet b;\n```\n\nLast'));
    expect(await page.page.locator('.blocks > p[data-mark]').textContent()).toBe('First');
    expect(await page.page.locator('pre[data-mark]').textContent()).toBe('let a = 1;\nlet b;');
  });

  it('names the model, and what the reply took', async () => {
    await using page = await open();
    const usage = {
      inputTokens: 1200,
      outputTokens: 30,
      cost: 0.0021,
      estimated: true,
      firstTokenMs: 400,
      totalMs: 2100,
    };
    await page.snapshot(
      chat({ messages: [user('u1', 'Hi'), assistant('a1', 'Hello', { usage, notices: ['A → B, because'] })] }),
    );
    expect(await page.testId('message-model').textContent()).toBe('GPT-5');
    expect(await page.testId('notice').textContent()).toBe('A → B, because');
    expect((await page.testId('message-usage').locator('span').allTextContents()).join('|')).toBe(
      '≈1,200 in|≈30 out|≈$0.0021|2.1 s|first token 400 ms',
    );
    expect(await page.testId('message').evaluateAll((all) => all.map((one) => one.getAttribute('data-role')))).toEqual([
      'user',
      'assistant',
    ]);
  });

  it('asks for a snapshot after a gap, once, and goes on from it', async () => {
    await using page = await open();
    await page.snapshot(streaming);
    await page.posted();
    await page.send({ type: 'delta', seq: 5, delta: append('lost') });
    await page.send({ type: 'delta', seq: 6, delta: append('lost') });
    expect(await page.posted()).toEqual([{ type: 'need-snapshot' }]);
    await page.send({ type: 'snapshot', seq: 6, view: streaming });
    await page.send({ type: 'delta', seq: 7, delta: append('found') });
    expect(await page.testId('message').last().textContent()).toContain('found');
  });

  it('copies and inserts exactly the code', async () => {
    await using page = await open();
    await page.snapshot(
      chat({
        messages: [assistant('a1', '```js\nif (a < b && "c") {\n\treturn 1;\n}\n```\n- x\n  ```py\n  pass\n  ```')],
      }),
    );
    await page.posted();
    await page.testId('code-copy').first().click();
    await page.testId('code-insert').first().click();
    await page.testId('code-insert').last().click();
    const code = 'if (a < b && "c") {\n\treturn 1;\n}';
    expect(await page.posted()).toEqual([
      { type: 'copy', text: code },
      { type: 'insert-code', text: code },
      { type: 'insert-code', text: 'pass' },
    ]);
    expect(await page.testId('code-copy').first().getAttribute('aria-label')).toBe('Copied');
    expect(await page.page.getByRole('status').textContent()).toContain('Copied');
  });

  it('wraps long lines of code when asked to', async () => {
    await using page = await open();
    await page.snapshot(chat({ messages: [assistant('a1', `\`\`\`\n${'word '.repeat(100)}\n\`\`\``)] }));
    const scrolls = () => page.page.locator('pre').evaluate((box) => box.scrollWidth > box.clientWidth);
    expect(await scrolls()).toBe(true);
    await page.page.getByRole('button', { name: 'Wrap long lines' }).click();
    expect(await scrolls()).toBe(false);
  });

  it('shows what the user wrote letter by letter', async () => {
    await using page = await open();
    await page.snapshot(chat({ messages: [user('u1', '<b>*a*</b>\n  # b')] }));
    expect(await page.page.locator('.from-user .typed').textContent()).toBe('<b>*a*</b>\n  # b');
  });

  it('folds the thinking away', async () => {
    await using page = await open();
    await page.snapshot(streaming);
    await page.delta({ type: 'text-appended', messageId: 'a1', part: 'reasoning', text: 'Let me see' });
    const summary = page.page.locator('summary');
    expect(await summary.textContent()).toBe('Thinking…');
    expect(await page.page.getByText('Let me see').isVisible()).toBe(false);
    await page.delta(append('Done'));
    expect(await summary.textContent()).toBe('Thought');
    await summary.click();
    expect(await page.page.getByText('Let me see').isVisible()).toBe(true);
  });

  it('words an error with its next step, an action, Retry and details', async () => {
    await using page = await open();
    const error = {
      cause: 'The key was refused.',
      nextStep: 'Give another.',
      details: '401 at https://api.example.com',
      action: { label: 'Add provider', command: 'addProvider' },
    } as const;
    await page.snapshot(chat({ messages: [user('u1', 'Hi'), assistant('a1', 'Half', { state: 'failed', error })] }));
    await page.posted();
    const text = await page.testId('message').last().textContent();
    for (const words of ['Half', error.cause, error.nextStep]) expect(text).toContain(words);
    await page.page.getByRole('button', { name: 'Add provider' }).click();
    await page.testId('retry').click();
    await page.page.getByRole('button', { name: 'Copy details' }).click();
    expect(await page.posted()).toEqual([
      { type: 'error-action', command: 'addProvider', messageId: 'a1' },
      { type: 'retry', messageId: 'a1' },
      { type: 'copy', text: error.details },
    ]);
  });

  it('offers to answer again for every reply, but not while one is written', async () => {
    await using page = await open();
    const messages = [user('u1', 'a'), assistant('a1', 'b'), user('u2', 'c'), assistant('a2', 'd')];
    await page.snapshot(chat({ messages }));
    const seen = (): Promise<number> => page.testId('retry').locator('visible=true').count();
    expect(await seen()).toBe(2);
    await page.delta({ type: 'busy', busy: true });
    expect(await seen()).toBe(0);
  });

  it('goes on from Retry in the composer, and Escape stops the new reply', async () => {
    await using page = await open();
    await page.snapshot(chat({ messages: [user('u1', 'a'), assistant('a1', 'b')] }));
    await page.testId('retry').click();
    await page.delta({ type: 'messages-removed-from', messageId: 'a1' });
    await page.delta({ type: 'busy', busy: true });
    expect(await page.page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('composer');
    await page.posted();
    await page.page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.page.keyboard.press('Escape');
    expect(await page.posted()).toEqual([{ type: 'stop' }]);
  });

  it('tells a screen reader when an answer begins and what it was, not each token', async () => {
    await using page = await open();
    await page.snapshot(chat({ messages: [user('u1', 'Hi')], busy: true }));
    const status = page.page.locator('.app > [role="status"]');
    await page.delta({ type: 'message-added', message: assistant('a1', '', { state: 'streaming' }) });
    await expect.poll(() => status.textContent()).toBe('Tutti is answering');
    await page.delta(append('Hello'));
    expect(await status.textContent()).toBe('Tutti is answering');
    await page.delta({ type: 'message-changed', message: assistant('a1', 'Hello there') });
    await expect.poll(() => status.textContent()).toBe('Hello there');
    expect(await page.page.getByRole('log').getAttribute('aria-live')).toBe('off');
  });
});

const long = 'A paragraph.\n\n'.repeat(60);

describe('a long conversation', () => {
  const messages = Array.from({ length: 100 }, (_, index) =>
    index % 2 === 0 ? user(`m${index}`, `Question ${index}`) : assistant(`m${index}`, `Answer ${index}\n\nand more`),
  );

  it('is drawn from its end; what is earlier comes when the reader gets there, and nothing jumps', async () => {
    await using page = await open();
    const tall = messages.map((message) => (message.role === 'user' ? message : assistant(message.id, long)));
    await page.snapshot(chat({ messages: tall.slice(60), earlier: 60 }));
    const count = () => page.testId('message').count();
    const earlier = page.page.getByRole('button', { name: 'earlier messages' });
    const addsUp = async () =>
      await page.page.evaluate(() => [
        document.querySelectorAll('[data-testid="message"]').length,
        Number.parseInt(document.querySelector('.earlier')?.textContent ?? '', 10),
      ]);
    const [drawn = 0, before = 0] = await addsUp();
    expect(drawn).toBeGreaterThan(1);
    expect(drawn).toBeLessThan(20);
    expect(drawn + before).toBe(100);
    const toTop = () => page.page.locator('.messages').evaluate((box) => box.scrollTo({ top: 0 }));
    const asked = async () => (await page.posted()).filter(({ type }) => type === 'need-earlier');
    // What is further up than the fortieth is with the host.
    const requests: unknown[] = [];
    await expect
      .poll(
        async () => {
          await toTop();
          requests.push(...(await asked()));
          return requests.length;
        },
        { timeout: 15_000 },
      )
      .toBe(1);
    expect(requests).toEqual([{ type: 'need-earlier', before: 'm60' }]);
    expect(await count()).toBe(40);
    const first = page.page.getByText('Question 60', { exact: true });
    const top = (await first.boundingBox())?.y ?? 0;
    await page.delta({ type: 'earlier-messages', before: 'm60', messages: tall.slice(20, 60), earlier: 20 });
    await expect.poll(count).toBeGreaterThan(40);
    expect((await addsUp()).reduce((sum, some) => sum + some)).toBe(100);
    expect(await earlier.count()).toBe(1);
    expect(Math.abs(((await first.boundingBox())?.y ?? 0) - top)).toBeLessThan(40);
  });

  it('grows at its end without losing what is drawn', async () => {
    await using page = await open();
    await page.snapshot(chat({ messages }));
    await page.delta({ type: 'message-added', message: user('new', 'Newest') });
    expect(await page.testId('message').last().textContent()).toContain('Newest');
    await page.delta({ type: 'messages-removed-from', messageId: 'm2' });
    expect(await page.testId('message').last().textContent()).toContain('Answer 1');
  });
});

describe('scrolling', () => {
  const box = '.messages';

  it('stays at the end while text arrives', async () => {
    await using page = await open();
    await page.snapshot(streaming);
    for (let piece = 0; piece < 5; piece++) await page.delta(append(long));
    const distance = await page.page.locator(box).evaluate((e) => e.scrollHeight - e.clientHeight - e.scrollTop);
    expect(distance).toBeLessThan(2);
    expect(await page.page.locator('.jump').count()).toBe(0);
  });

  it('leaves a reader who scrolled up where they are, until they jump', async () => {
    await using page = await open();
    await page.snapshot(streaming);
    await page.delta(append(long));
    await page.page.locator(box).hover();
    await page.page.mouse.wheel(0, -400);
    const jump = page.page.getByRole('button', { name: 'Jump to latest' });
    await jump.waitFor();
    const top = () => page.page.locator(box).evaluate((e) => e.scrollTop);
    const before = await top();
    await page.delta(append(long));
    expect(await top()).toBe(before);
    await jump.click();
    await page.delta(append(long));
    const distance = await page.page.locator(box).evaluate((e) => e.scrollHeight - e.clientHeight - e.scrollTop);
    expect(distance).toBeLessThan(2);
    expect(await jump.count()).toBe(0);
  });

  it('goes to the end when the user sends', async () => {
    await using page = await open();
    await page.snapshot(chat({ messages: [user('u1', 'Hi'), assistant('a1', long)] }));
    await page.page.locator(box).evaluate((e) => e.scrollTo({ top: 0 }));
    await page.page.locator('.jump').waitFor();
    await page.delta({ type: 'message-added', message: user('u2', 'More') });
    await expect.poll(() => page.page.locator('.jump').count()).toBe(0);
    expect(await page.testId('message').last().isVisible()).toBe(true);
  });
});
