import { describe, expect, it, vi } from 'vitest';
import type { CompletionQuery } from '../../src/completion/document.ts';
import type { CompletionPreferences } from '../../src/completion/ports.ts';
import { delay } from '../../src/util/delay.ts';
import { DrawnDocument } from './drawn.ts';
import { type Bench, bench, key, shown, text } from './engine-bench.ts';
import { infillModel } from './scripted-models.ts';

const why = (on: Bench): string => on.engine.explain();

describe('a suggestion', () => {
  it('is what the model gave', async () => {
    const on = bench();
    expect(await shown(on, new DrawnDocument('const sum = |;\n'), 'a + b')).toBe('a + b');
    expect(on.models.last.request).toMatchObject({
      kind: 'completion',
      prompt: { type: 'infill', prefix: 'const sum = ', suffix: ';\n' },
    });
    expect(on.engine.records.at(-1)).toMatchObject({ outcome: 'shown', source: 'network', endedBy: 'show' });
    expect(on.engine.state).toMatchObject({ state: 'shown', model: 'test/filler' });
  });

  it('has the line ends of its file', async () => {
    const on = bench();
    const document = new DrawnDocument('if (a) {\r\n  |\r\n}\r\n');
    expect(await shown(on, document, 'b();\n  c();')).toBe('b();\r\n  c();');
    expect(on.models.last.request).toMatchObject({ prompt: { prefix: 'if (a) {\n  ', suffix: '\n}\n' } });
  });

  it('replaces the closing bracket it has written itself', async () => {
    const on = bench();
    const asking = on.ask(new DrawnDocument('function add(|)\n'));
    (await on.models.asked(1)).text('a, b) {\n  return a + b;\n}').end();
    expect(await asking.answer).toMatchObject({ text: 'a, b) {\n  return a + b;\n}', replaceAfter: 1 });
  });

  it('ends its stream as soon as nothing more can belong to it', async () => {
    const on = bench();
    const asking = on.ask(new DrawnDocument('function f() {\n  |\n\n'));
    const request = await on.models.asked(1);
    request.text('return 1;\n}\n\nfunction g');
    expect(await text(asking)).toBe('return 1;\n}');
    expect(request.closed).toBe(true);
    expect(on.engine.records.at(-1)?.request?.ended).toBe('stopped-early');
  });

  it('loses the last line when a length limit broke it', async () => {
    const on = bench();
    const asking = on.ask(new DrawnDocument('function f() {\n  |\n'));
    (await on.models.asked(1)).text('const one = 1;\n  const tw').end('length');
    expect(await text(asking)).toBe('const one = 1;');
  });
});

describe('typing along', () => {
  it('asks nobody and answers at once', async () => {
    const on = bench();
    const document = new DrawnDocument('const sum = |;\n');
    await shown(on, document, 'first + second');
    let rest = 'first + second';
    for (const character of 'first + secon') {
      document.type(character);
      rest = rest.slice(1);
      expect(on.ask(document).answer).toMatchObject({ text: rest });
    }
    expect(on.models.requests).toHaveLength(1);
    expect(on.engine.records).toMatchObject([{ source: 'network' }, { source: 'typed-along', keys: 13 }]);
  });

  it('goes on over brackets the editor closes', async () => {
    const on = bench();
    const document = new DrawnDocument('|\n');
    await shown(on, document, 'call(first, [1, 2]);');
    document.type('call');
    document.type('(', ')');
    expect(on.ask(document).answer).toMatchObject({ text: 'first, [1, 2]);', replaceAfter: 1 });
    document.type('first, ');
    document.type('[', ']');
    expect(on.ask(document).answer).toMatchObject({ text: '1, 2]);', replaceAfter: 2 });
    expect(on.models.requests).toHaveLength(1);
  });

  it('goes on over a block the editor closed on a line of its own', async () => {
    const on = bench();
    const document = new DrawnDocument('|\n\nnext();\n');
    await shown(on, document, 'if (a) {\n  b();\n}');
    document.type('if (a) ');
    document.type('{', '}');
    document.type('\n  ', '\n');
    expect(on.ask(document).answer).toMatchObject({ text: 'b();', replaceAfter: 0 });
    expect(on.models.requests).toHaveLength(1);
  });

  it('goes on over line ends of two characters', async () => {
    const on = bench();
    const document = new DrawnDocument('{\r\n\t|\r\n}\r\n');
    await shown(on, document, 'a();\n\tb();');
    document.type('a();\r\n\t');
    expect(on.ask(document).answer).toMatchObject({ text: 'b();' });
  });

  it('something else asks again', async () => {
    const on = bench();
    const document = new DrawnDocument('const sum = |;\n');
    await shown(on, document, 'first + second');
    document.type('x');
    expect(await shown(on, document, ' * 2')).toBe(' * 2');
    expect(on.models.requests).toHaveLength(2);
  });

  it('a place seen before is answered from memory', async () => {
    const on = bench();
    const document = new DrawnDocument('const a = |;\nconst b = ;\n');
    await shown(on, document, 'one()');
    document.offset = document.content.indexOf(';\n', 12);
    await shown(on, document, 'two()');
    document.offset = 'const a = '.length;
    expect(on.ask(document).answer).toMatchObject({ text: 'one()' });
    expect(on.engine.records.at(-1)?.source).toBe('cache');
  });

  it('nothing is remembered of another model', async () => {
    const on = bench();
    const document = new DrawnDocument('const a = |;\n');
    await shown(on, document, 'one()');
    on.models.model = { ...infillModel, ref: 'test/other' };
    on.engine.forget();
    expect(await shown(on, document, 'two()')).toBe('two()');
  });
});

describe('a request in flight', () => {
  it('serves the keys that agree with it', async () => {
    const on = bench();
    const document = new DrawnDocument('const sum = |;\n');
    let asking = on.ask(document);
    const request = await on.models.asked(1);
    asking = key(on, document, asking, 'f');
    request.text('fir');
    asking = key(on, document, asking, 'i');
    request.text('st + second').end();
    expect(await text(asking)).toBe('rst + second');
    expect(on.models.requests).toHaveLength(1);
    expect(on.engine.records.at(-1)).toMatchObject({ source: 'in-flight', outcome: 'shown' });
  });

  it('is there when the editor comes back some time after a key that agrees', async () => {
    const on = bench();
    const document = new DrawnDocument('const sum = |;\n');
    const asking = on.ask(document);
    const request = await on.models.asked(1);
    request.text('fir');
    await delay(5, new AbortController().signal);
    on.engine.documentChanged(document.uri, document.type('f'));
    asking.cancel();
    await delay(120, new AbortController().signal);
    const again = on.ask(document);
    request.text('st + second').end();
    expect(await text(again)).toBe('irst + second');
    expect(on.models.requests).toHaveLength(1);
  });

  it('is closed by the key that contradicts it', async () => {
    const on = bench();
    const document = new DrawnDocument('const sum = |;\n');
    const asking = on.ask(document);
    const request = await on.models.asked(1);
    request.text('first');
    await delay(5, new AbortController().signal);
    on.engine.documentChanged(document.uri, document.type('x'));
    expect(request.signal.aborted).toBe(true);
    asking.cancel();
    expect(await text(asking)).toBeUndefined();
  });

  it('is closed when what comes contradicts what was typed, and the call asks anew', async () => {
    const on = bench();
    const document = new DrawnDocument('const sum = |;\n');
    let asking = on.ask(document);
    const first = await on.models.asked(1);
    asking = key(on, document, asking, 'x');
    first.text('first');
    const second = await on.models.asked(2);
    expect(first.signal.aborted).toBe(true);
    second.text(' * 2').end();
    expect(await text(asking)).toBe(' * 2');
  });

  it('is closed soon after the only call is cancelled', async () => {
    const on = bench();
    const asking = on.ask(new DrawnDocument('const sum = |;\n'));
    const request = await on.models.asked(1);
    asking.cancel();
    expect(await text(asking)).toBeUndefined();
    await new Promise((resolve) => request.signal.addEventListener('abort', resolve));
    expect(on.engine.records.at(-1)).toMatchObject({ outcome: 'cancelled', endedBy: 'stream' });
    await expect.poll(() => on.engine.state.state).toBe('idle');
    expect(request.closed).toBe(true);
  });

  it('is the only one of its document', async () => {
    const on = bench();
    const document = new DrawnDocument('const sum = |;\n');
    let asking = on.ask(document);
    for (const [index, character] of [...'xyz'].entries()) {
      (await on.models.asked(index + 1)).text('other');
      asking = key(on, document, asking, character);
    }
    await on.models.asked(4);
    const open = on.models.requests.filter((request) => !request.signal.aborted);
    expect(open).toEqual([on.models.last]);
    asking.cancel();
    expect(await text(asking)).toBeUndefined();
  });
});

describe('no suggestion has a stated reason', () => {
  const check = async (
    reason: RegExp,
    stage: string,
    arrange: (on: Bench) => void,
    changed: Partial<CompletionQuery> = {},
  ): Promise<void> => {
    const on = bench();
    arrange(on);
    expect(await text(on.ask(new DrawnDocument('const sum = |;\n'), changed))).toBeUndefined();
    expect(why(on)).toMatch(reason);
    expect(on.engine.records.at(-1)?.endedBy).toBe(stage);
    expect(on.models.requests.length).toBe(stage === 'stream' || stage === 'postprocess' ? 1 : 0);
  };
  const set = (changed: Partial<CompletionPreferences>) => (on: Bench) => {
    on.preferences.current = { ...on.preferences.current, ...changed };
  };

  it('switched off for the language', () => check(/off for typescript/, 'trigger', set({ enabled: false })));
  it('only by hand', () => check(/only when asked for/, 'trigger', set({ trigger: 'manual' })));
  it('snoozed', () => check(/snoozed for 2 more minutes/, 'trigger', (on) => on.engine.snooze(Date.now() + 100_000)));
  it('several cursors', () => check(/several cursors/, 'trigger', () => undefined, { cursors: 2 }));
  it('an ignored file', () =>
    check(/holds secrets/, 'ignore', (on) => {
      on.hidden = 'This kind of file holds secrets; no model may see it.';
    }));
  it('no model', () =>
    check(/No model is chosen/, 'model', (on) => {
      on.models.model = 'No model is chosen for completion.';
    }));
  it('a model that can do neither', () =>
    check(/neither completions nor chat/, 'template', (on) => {
      const { chat: _chat, completion: _completion, ...rest } = infillModel;
      on.models.model = rest;
    }));
  it('a failed request', () =>
    check(/invalid key/, 'stream', (on) => {
      on.models.answer = (request) =>
        request.end('error', { code: 'authentication', message: 'invalid key', retryable: false });
    }));
  it('and is forgotten with the model that failed', async () => {
    const on = bench();
    on.models.answer = (request) =>
      request.end('error', { code: 'authentication', message: 'invalid key', retryable: false });
    await text(on.ask(new DrawnDocument('const sum = |;\n')));
    expect(on.engine.state).toMatchObject({ state: 'error', lastError: 'invalid key' });
    on.engine.forget();
    expect(on.engine.state.state).toBe('idle');
    expect(on.engine.state).not.toHaveProperty('lastError');
  });
  it('a model that says nothing for seconds', async () => {
    const on = bench();
    const asking = on.ask(new DrawnDocument('const sum = |;\n'));
    await on.models.asked(1);
    const now = performance.now();
    const later = vi.spyOn(performance, 'now').mockImplementation(() => now + 3000);
    asking.cancel();
    expect(await text(asking)).toBeUndefined();
    later.mockRestore();
    expect(why(on)).toMatch(/test\/filler had sent nothing after 3 s/);
  });
  it('an empty answer', () =>
    check(/nothing to add/, 'postprocess', (on) => {
      on.models.answer = (request) => request.end();
    }));
  it('an answer that only repeats', () =>
    check(/already stands after the cursor/, 'postprocess', (on) => {
      on.models.answer = (request) => request.text(';').end();
    }));
  it('a fault in a port', () =>
    check(/the disk is gone/, 'model', (on) => {
      on.models.resolve = () => Promise.reject(new Error('the disk is gone'));
    }));
});

describe('a model that fails', () => {
  const fails = (on: Bench, retryAfterMs?: number): void => {
    on.models.answer = (request) =>
      request.end('error', {
        code: 'overloaded',
        message: 'too busy',
        retryable: true,
        ...(retryAfterMs !== undefined && { retryAfterMs }),
      });
  };
  const type = async (on: Bench, document: DrawnDocument): Promise<string | undefined> => {
    document.type('x');
    return text(on.ask(document));
  };

  it('once is asked again, twice is left alone for a while, by hand is asked nevertheless', async () => {
    const on = bench();
    const document = new DrawnDocument('const sum = |;\n');
    fails(on);
    for (let count = 0; count < 4; count++) await type(on, document);
    expect(on.models.requests).toHaveLength(2);
    expect(why(on)).toMatch(/Waiting 2 s after an error: too busy/);
    on.models.answer = (request) => request.text('1').end();
    expect(await text(on.ask(document, { trigger: 'invoke' }))).toBe('1');
    expect(await type(on, document)).toBe('1');
  });

  it('and names a time is left alone until then', async () => {
    const on = bench();
    const document = new DrawnDocument('const sum = |;\n');
    fails(on, 60_000);
    for (let count = 0; count < 3; count++) await type(on, document);
    expect(on.models.requests).toHaveLength(1);
    expect(why(on)).toMatch(/Waiting 60 s/);
  });

  it('is asked at once after the settings changed', async () => {
    const on = bench();
    const document = new DrawnDocument('const sum = |;\n');
    fails(on, 60_000);
    await type(on, document);
    on.engine.forget();
    await type(on, document);
    expect(on.models.requests).toHaveLength(2);
  });

  it('and even throws has failed, no more', async () => {
    const on = bench();
    on.models.stream = () => {
      throw new Error('no such wire');
    };
    expect(await text(on.ask(new DrawnDocument('const sum = |;\n')))).toBeUndefined();
    expect(why(on)).toBe('no such wire');
  });
});

describe('asked by hand', () => {
  it('comes also where suggestions only come by hand, and without a delay', async () => {
    const on = bench();
    on.preferences.current = { ...on.preferences.current, trigger: 'manual', delayMs: 100_000 };
    const asking = on.ask(new DrawnDocument('const sum = |;\n'), { trigger: 'invoke' });
    (await on.models.asked(1)).text('1').end();
    expect(await text(asking)).toBe('1');
  });

  it('a model that had nothing may think again', async () => {
    const on = bench();
    const document = new DrawnDocument('const sum = |;\n');
    await shown(on, document, '');
    expect(on.ask(document).answer).toBeUndefined();
    const asking = on.ask(document, { trigger: 'invoke' });
    (await on.models.asked(2)).text('1').end();
    expect(await text(asking)).toBe('1');
  });
});

describe('the suggest widget', () => {
  it('is gone on from where its item begins the suggestion', async () => {
    const on = bench();
    const document = new DrawnDocument('  con|\n');
    await shown(on, document, 'sole.log(1);');
    const selected = { start: 2, end: 5, text: 'console' };
    expect(on.ask(document, { selected }).answer).toMatchObject({ text: 'console.log(1);', replaceBefore: 3 });
  });

  it('is yielded to where it has another item', async () => {
    const on = bench();
    const document = new DrawnDocument('  con|\n');
    await shown(on, document, 'sole.log(1);');
    const answer = await on.ask(document, { selected: { start: 2, end: 5, text: 'const' } }).answer;
    // The editor keeps it for the item it goes on from, and may not ask for that one again.
    expect(answer).toMatchObject({ heldBack: true, text: 'console.log(1);', replaceBefore: 3 });
    expect(on.engine.records.at(-1)).toMatchObject({ outcome: 'nothing' });
    expect(why(on)).toMatch(/suggest widget/);
  });

  it('is yielded to with nothing where no item was gone on from yet', async () => {
    const on = bench();
    const document = new DrawnDocument('  con|\n');
    const selected = { start: 2, end: 5, text: 'const' };
    const asking = on.ask(document, { selected });
    (await on.models.asked(1)).text('sole.log(1);').end();
    expect(await asking.answer).toBeUndefined();
    expect(on.ask(document, { selected }).answer).toBeUndefined();
  });

  it('is yielded to with nothing where its item is all of the suggestion', async () => {
    const on = bench();
    const document = new DrawnDocument('  con|\n');
    await shown(on, document, 'sole');
    expect(on.ask(document, { selected: { start: 2, end: 5, text: 'console' } }).answer).toBeUndefined();
  });
});

describe('the delay', () => {
  it('ends with the call', async () => {
    const on = bench();
    on.preferences.current = { ...on.preferences.current, delayMs: 100_000 };
    const asking = on.ask(new DrawnDocument('const sum = |;\n'));
    asking.cancel();
    expect(await text(asking)).toBeUndefined();
    expect(on.models.requests).toHaveLength(0);
    expect(on.engine.records.at(-1)).toMatchObject({ outcome: 'cancelled', endedBy: 'delay' });
  });
});

describe('a long document', () => {
  it('is read only around the cursor', async () => {
    const on = bench();
    const line = 'export const value = 1; // of very many\n';
    const document = new DrawnDocument(`${line.repeat(50_000)}const sum = |;\n${line.repeat(50_000)}`);
    await shown(on, document, 'a + b');
    document.charactersRead = 0;
    document.type('a');
    expect(on.ask(document).answer).toMatchObject({ text: ' + b' });
    expect(document.charactersRead).toBeLessThan(20_000);
  });

  it('keeps the head of its prompt from key to key', async () => {
    const on = bench();
    const line = 'export const value = 1; // of very many\n';
    const document = new DrawnDocument(`${line.repeat(5_000)}|\n${line.repeat(5_000)}`);
    const heads = new Set<string>();
    for (const character of 'const sum = first;') {
      document.type(character);
      await shown(on, document, '');
      const { request } = on.models.last;
      if (request.kind === 'completion' && request.prompt.type === 'infill')
        heads.add(request.prompt.prefix.slice(0, 2500));
    }
    expect(heads.size).toBe(1);
  });
});

describe('what is remembered of the calls', () => {
  it('is the last fifty', async () => {
    const on = bench();
    for (let index = 0; index < 60; index++)
      await shown(on, new DrawnDocument(`const a${index} = |;\n`), `${index} + 1`);
    expect(on.engine.records).toHaveLength(50);
    expect(on.engine.records.at(-1)?.text).toBe('59 + 1');
  });

  it('has the prompt, the answer, the times and whether it was taken', async () => {
    const on = bench();
    const asking = on.ask(new DrawnDocument('const sum = |;\n'));
    (await on.models.asked(1)).text('a + b;').end();
    on.engine.accepted((await asking.answer)?.id ?? 0);
    const record = on.engine.records.at(-1);
    expect(record).toMatchObject({
      accepted: true,
      path: 'src/example.ts',
      request: {
        model: 'test/filler',
        form: 'infill',
        prompt: 'const sum = [cursor];\n',
        received: 'a + b;',
        cutBy: ['rest-of-line'],
        ended: 'complete',
      },
    });
    expect(record?.stages.map(({ stage }) => stage)).toEqual([
      ...['trigger', 'at-hand', 'delay', 'ignore', 'model', 'context', 'template', 'stream', 'postprocess', 'show'],
    ]);
  });
});
