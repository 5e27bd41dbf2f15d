import { describe, expect, it } from 'vitest';
import type { DocumentChange } from '../../src/completion/document.ts';
import { delay } from '../../src/util/delay.ts';
import { DrawnDocument } from './drawn.ts';
import { type Asking, type Bench, bench, shown, text } from './engine-bench.ts';
import { infillModel } from './scripted-models.ts';

/** What the editor may do to the document at one key, with the cursor where it then is. */
type Key = (document: DrawnDocument) => readonly DocumentChange[];

const types =
  (typed: string, behind = ''): Key =>
  (document) =>
    document.type(typed, behind);
/** Writes over what the editor has closed by itself. */
const writesOver =
  (mark: string): Key =>
  (document) => {
    const change = { offset: document.offset, removedLength: mark.length, insertedText: mark };
    document.offset += mark.length;
    return [change];
  };
/** Puts another word in the place of the one left of the cursor, as the suggest widget does. */
const completes =
  (word: string, to: string): Key =>
  (document) => {
    const start = document.offset - word.length;
    document.content = document.content.slice(0, start) + to + document.content.slice(document.offset);
    document.offset = start + to.length;
    return [{ offset: start, removedLength: word.length, insertedText: to }];
  };

/** One key as the editor tells of it: the change, the cursor, the end of the last call, and a new one. */
function press(on: Bench, document: DrawnDocument, key: Key, before?: Asking): Asking {
  on.engine.documentChanged(document.uri, key(document));
  on.engine.cursorMoved(document.uri, document.offset);
  before?.cancel();
  return on.ask(document);
}

const fates = (on: Bench): readonly string[] =>
  on.observed.map(({ kind }) => kind).filter((kind) => kind !== 'requested');

describe('the suggestion on the screen is one and the same', () => {
  const check = (name: string, drawn: string, suggestion: string, keys: readonly Key[], rest: string): void =>
    it(name, async () => {
      const on = bench();
      const document = new DrawnDocument(drawn);
      await shown(on, document, suggestion);
      for (const key of keys) expect(press(on, document, key).answer).not.toBeInstanceOf(Promise);
      expect(on.ask(document).answer).toMatchObject({ text: rest });
      expect(on.models.requests).toHaveLength(1);
      expect(fates(on)).toEqual(['shown']);
    });

  check(
    'when the editor closes a bracket the text closes at once',
    '|\n',
    'call().then(b);',
    [types('call'), types('(', ')'), writesOver(')')],
    '.then(b);',
  );
  check(
    'when quotes are closed and written over',
    '|\n',
    "a('').b;",
    [types('a'), types('(', ')'), types("'", "'"), writesOver("'"), writesOver(')')],
    '.b;',
  );
  check(
    'when Enter puts the closing brace on a line of its own',
    '|\n',
    'if (a) {\n  b();\n  c();\n}',
    [types('if (a) '), types('{', '}'), types('\n  ', '\n')],
    'b();\n  c();',
  );
  check(
    'when a word of it is completed by the suggest widget',
    'x = |\n',
    'console.log(1);',
    [types('con'), completes('con', 'console')],
    '.log(1);',
  );
  check(
    'when a closing bracket that stood there is written over',
    'function add(|)\n',
    'a, b) {\n  return a + b;\n}',
    [types('a, b'), writesOver(')'), types(' ')],
    '{\n  return a + b;\n}',
  );
  check(
    'when a bracket is written over and the next one closed',
    'function add(|)\n',
    'a, b) {\n  return a + b;\n}',
    [types('a, b'), writesOver(')'), types(' '), types('{', '}')],
    '\n  return a + b;\n',
  );
  check(
    'when line ends are two characters',
    '{\r\n\t|\r\n}\r\n',
    'a();\n\tb();',
    [types('a();'), types('\r\n\t'), types('b')],
    '();',
  );
  check('when characters are two units', '|\n', 'say("😀😀");', [types('say("'), types('😀')], '😀");');
});

describe('the suggestion on the screen', () => {
  it('stays where another place of its document is changed, and moves with the text', async () => {
    const on = bench();
    const head = 'const far = 1;\n'.repeat(120);
    const document = new DrawnDocument(`${head}const sum = |\nend();\n`);
    await shown(on, document, 'first + second;');
    press(on, document, (before) => {
      before.content = `// new\n${before.content}`;
      before.offset += 7;
      return [{ offset: 0, removedLength: 0, insertedText: '// new\n' }];
    });
    expect(press(on, document, types('f')).answer).toMatchObject({ text: 'irst + second;' });
    expect(fates(on)).toEqual(['shown']);
  });

  it('is taken when the suggest widget’s word is put in and the rest accepted', async () => {
    const on = bench();
    const document = new DrawnDocument('  con|\n');
    await shown(on, document, 'sole.log(1);');
    const suggestion = await on.ask(document, { selected: { start: 2, end: 5, text: 'console' } }).answer;
    on.engine.documentChanged(document.uri, completes('con', 'console.log(1);')(document));
    on.engine.accepted(suggestion?.id ?? 0);
    expect(fates(on)).toEqual(['shown', 'accepted']);
    expect(on.observed.at(-1)).toMatchObject({ offset: 5, text: 'sole.log(1);' });
  });
});

describe('a request on its way', () => {
  /** Asks, presses the keys before anything has come, lets the model answer, and gives what is shown. */
  const check = (name: string, drawn: string, keys: readonly Key[], answer: string, rest: string, asks = false): void =>
    it(name, async () => {
      const on = bench();
      const document = new DrawnDocument(drawn);
      let asking = on.ask(document);
      const request = await on.models.asked(1);
      for (const key of keys) {
        if (asks) asking = press(on, document, key, asking);
        else on.engine.documentChanged(document.uri, key(document));
      }
      expect(request.signal.aborted).toBe(false);
      if (!asks) {
        asking.cancel();
        asking = on.ask(document);
      }
      request.text(answer).end();
      expect(await text(asking)).toBe(rest);
      expect(on.models.requests).toHaveLength(1);
    });

  for (const asks of [true, false]) {
    const each = asks ? 'asked at each key' : 'asked after the last key';
    check(
      `goes on when brackets are closed and written over, ${each}`,
      '|\n',
      [types('a'), types('(', ')'), types('b'), writesOver(')')],
      'a(b).c();',
      '.c();',
      asks,
    );
    check(
      `goes on when one that stood there is written over, ${each}`,
      'f(|)\n',
      [types('a'), writesOver(')')],
      'a).then(b);',
      '.then(b);',
      asks,
    );
    check(
      `goes on over Enter between braces far to the right, ${each}`,
      '|\n',
      [types('{', '}'), types(`\n${' '.repeat(30)}`, `\n${' '.repeat(28)}`), types('a'), types('b')],
      `{\n${' '.repeat(30)}abc();\n}`,
      'c();',
      asks,
    );
    check(
      `goes on over Enter between braces, ${each}`,
      '|\n',
      [types('{', '}'), types('\n  ', '\n'), types('a')],
      '{\n  ab();\n}',
      'b();',
      asks,
    );
    check(
      `goes on when a word is completed, ${each}`,
      '|\n',
      [types('con'), completes('con', 'console')],
      'console.log(1);',
      '.log(1);',
      asks,
    );
  }

  const ends = (name: string, act: (on: Bench, document: DrawnDocument) => void): void =>
    it(name, async () => {
      const on = bench();
      const document = new DrawnDocument('const sum = |;\n');
      const first = on.ask(document);
      const request = await on.models.asked(1);
      on.engine.documentChanged(document.uri, document.type('f'));
      first.cancel();
      const waiting = on.ask(document);
      act(on, document);
      expect(await text(waiting)).toBeUndefined();
      expect(request.signal.aborted).toBe(true);
      expect(on.models.requests).toHaveLength(1);
    });
  ends('that is sent away is not made again for the call that waited', (on) => on.engine.dismissed());
  ends('of a document that is closed is not made again', (on, document) => on.engine.documentClosed(document.uri));
  ends('ends when another document gets the cursor', (on, document) => {
    on.engine.cursorMoved(document.uri, document.offset);
    on.engine.cursorMoved('file:///workspace/other.ts', 3);
  });

  it('serves two calls for one place that were prepared at the same time', async () => {
    const on = bench();
    const document = new DrawnDocument('const sum = |;\n');
    const both = [on.ask(document), on.ask(document)];
    (await on.models.asked(1)).text('a + b').end();
    expect(await Promise.all(both.map(text))).toEqual(['a + b', 'a + b']);
    expect(on.models.requests).toHaveLength(1);
  });

  it('that is held for its text ends when the cursor leaves the place', async () => {
    const on = bench({ streaming: true });
    const document = new DrawnDocument('{\n  |\n}\n');
    const asking = on.ask(document);
    const request = await on.models.asked(1);
    request.text('one();\n  tw');
    expect(await text(asking)).toBe('one();');
    // All that has come is typed: nothing is on the screen, the rest is still to come.
    on.engine.documentChanged(document.uri, document.type('one();'));
    on.engine.cursorMoved(document.uri, document.offset);
    expect(request.signal.aborted).toBe(false);
    on.engine.cursorMoved(document.uri, 0);
    expect(request.signal.aborted).toBe(true);
  });

  it('whose answer comes after all is void leaves nothing behind', async () => {
    const on = bench();
    const document = new DrawnDocument('const sum = |;\n');
    const asking = on.ask(document);
    const request = await on.models.asked(1);
    request.text('a + b').end();
    on.engine.documentClosed(document.uri);
    expect(await text(asking)).toBeUndefined();
    await delay(5, new AbortController().signal);
    expect(on.ask(document).answer).toBeInstanceOf(Promise);
  });
});

describe('the next completion, prepared ahead', () => {
  it('stays on its way over brackets the editor closes', async () => {
    const on = bench({ ahead: 'auto' });
    const document = new DrawnDocument('|\n');
    await shown(on, document, 'call().then(b);');
    const next = await on.models.asked(2);
    for (const key of [types('call'), types('(', ')'), writesOver(')'), types('.then'), types('(', ')'), types('b')])
      press(on, document, key);
    expect(next.signal.aborted).toBe(false);
    press(on, document, writesOver(')'));
    expect(next.signal.aborted).toBe(false);
  });

  it('ends when the suggestion was taken and the cursor goes elsewhere', async () => {
    const on = bench({ ahead: 'auto' });
    const document = new DrawnDocument('|\nend();\n');
    await shown(on, document, 'one();');
    const next = await on.models.asked(2);
    on.engine.documentChanged(document.uri, document.type('one();'));
    on.engine.cursorMoved(document.uri, document.offset);
    expect(next.signal.aborted).toBe(false);
    on.engine.cursorMoved(document.uri, document.length);
    expect(next.signal.aborted).toBe(true);
  });

  it('ends when the call that waited for it is gone', async () => {
    const on = bench({ ahead: 'auto' });
    const document = new DrawnDocument('|\nend();\n');
    await shown(on, document, 'one();');
    const next = await on.models.asked(2);
    const waiting = press(on, document, types('one();'));
    on.engine.cursorMoved(document.uri, document.length);
    waiting.cancel();
    await expect.poll(() => next.signal.aborted).toBe(true);
    expect(await text(waiting)).toBeUndefined();
  });
});

describe('over hours', () => {
  it('what is remembered stays bounded', async () => {
    const on = bench();
    on.models.answer = (request) => request.text('a;').end();
    for (let count = 0; count < 700; count++) {
      const document = new DrawnDocument(`x${count} = |\n`);
      await text(on.ask(document));
    }
    const asked = on.models.requests.length;
    await text(on.ask(new DrawnDocument('x0 = |\n')));
    expect(on.models.requests.length).toBe(asked + 1);
    expect(on.ask(new DrawnDocument('x699 = |\n')).answer).toMatchObject({ text: 'a;' });
  });
});

describe('what the editor has closed on a line below', () => {
  const check = (name: string, drawn: string, answer: string, keys: readonly Key[], accepted: string): void =>
    it(name, async () => {
      const on = bench();
      const document = new DrawnDocument(drawn);
      await shown(on, document, answer);
      for (const key of keys) press(on, document, key).cancel();
      const suggestion = await on.ask(document).answer;
      if (!suggestion) throw new Error('Nothing is shown any more.');
      const { content, offset } = document;
      const { text: taken, replaceAfter } = suggestion;
      expect(content.slice(0, offset) + taken + content.slice(offset + replaceAfter)).toBe(accepted);
      expect(on.models.requests).toHaveLength(1);
    });

  const far = 'more();\n'.repeat(120);
  const enter = types('\n    ', '\n  ');
  check(
    'is not closed again where the text’s own line goes on',
    `{\n  |\n${far}}\n`,
    'one(\n    a,\n    b\n  );',
    [types('one'), types('(', ')'), enter],
    `{\n  one(\n    a,\n    b\n  )\n${far}}\n`,
  );
  check(
    'is not closed again with line ends of two characters',
    '{\r\n\t|\r\n}\r\n',
    'one(\n\t\ta,\n\t\tb\n\t);',
    [types('one'), types('(', ')'), types('\r\n\t\t', '\r\n\t')],
    '{\r\n\tone(\r\n\t\ta,\r\n\t\tb\r\n\t)\r\n}\r\n',
  );
  check(
    'may be closed and opened again between',
    '{\n  |\n}\n',
    'if (a) {\n    b();\n  } else {\n    c();\n  }',
    [types('if (a) '), types('{', '}'), enter],
    '{\n  if (a) {\n    b();\n  } else {\n    c();\n  }\n}\n',
  );
});

describe('a key that comes before the editor has taken its call back', () => {
  it('is not asked for at the old place', async () => {
    const on = bench();
    const document = new DrawnDocument('const sum = |;\n');
    const old = on.ask(document);
    on.engine.documentChanged(document.uri, document.type('a'));
    expect(await text(old)).toBeUndefined();
    expect(on.models.requests).toHaveLength(0);
    expect(await shown(on, document, ' + b')).toBe(' + b');
  });

  it('keeps the answer for the new place', async () => {
    const on = bench();
    const document = new DrawnDocument('const sum = |;\n');
    const old = on.ask(document);
    const request = await on.models.asked(1);
    on.engine.documentChanged(document.uri, document.type('a'));
    request.text('a + b').end();
    expect(await text(old)).toBeUndefined();
    expect(on.ask(document).answer).toMatchObject({ text: ' + b' });
    expect(fates(on)).toEqual(['shown']);
  });
});

describe('a call under way when the model or the settings change', () => {
  it('is answered by the new model, without another key', async () => {
    const on = bench();
    const asking = on.ask(new DrawnDocument('const sum = |;\n'));
    const old = await on.models.asked(1);
    on.models.model = { ...infillModel, ref: 'test/other' };
    on.engine.forget();
    expect(old.signal.aborted).toBe(true);
    (await on.models.asked(2)).text('a + b').end();
    expect(await asking.answer).toMatchObject({ text: 'a + b', model: 'test/other' });
  });

  it('asks anew also where it was still being prepared', async () => {
    const on = bench();
    const asking = on.ask(new DrawnDocument('const sum = |;\n'));
    on.engine.forget();
    (await on.models.asked(1)).text('a + b').end();
    expect(await text(asking)).toBe('a + b');
    expect(on.models.requests).toHaveLength(1);
  });

  it('sends nothing that is hidden since, though it waited for the request of another call', async () => {
    const on = bench();
    const document = new DrawnDocument('const sum = |;\n');
    const both = [on.ask(document), on.ask(document)];
    await on.models.asked(1);
    on.hidden = 'This kind of file holds secrets; no model may see it.';
    on.engine.forget();
    expect(await Promise.all(both.map(text))).toEqual([undefined, undefined]);
    expect(on.models.requests).toHaveLength(1);
  });
});
