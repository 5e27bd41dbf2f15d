import { describe, expect, it } from 'vitest';
import { DrawnDocument } from './drawn.ts';
import { type Bench, bench, key, text } from './engine-bench.ts';

const streaming = (): Bench => bench({ streaming: true });

/** Settles when the engine has told that more has come. */
function more(on: Bench): Promise<void> {
  return new Promise((resolve) => {
    const listener = on.engine.onDidGetMore(() => {
      listener.dispose();
      resolve();
    });
  });
}

describe('a suggestion that is still coming', () => {
  it('is shown by its first line, and grows', async () => {
    const on = streaming();
    const document = new DrawnDocument('function f() {\n  |\n}\n');
    const asking = on.ask(document);
    const request = await on.models.asked(1);
    request.text('const one = 1;\n  const t');
    expect(await text(asking)).toBe('const one = 1;');
    expect(request.closed).toBe(false);
    const grown = more(on);
    request.text('wo = 2;\n  ret');
    await grown;
    expect(on.ask(document).answer).toMatchObject({ text: 'const one = 1;\n  const two = 2;' });
    const whole = more(on);
    request.text('urn one + two;').end();
    await whole;
    expect(on.ask(document).answer).toMatchObject({ text: 'const one = 1;\n  const two = 2;\n  return one + two;' });
    expect(on.models.requests).toHaveLength(1);
  });

  it('is shown by its words when its line is slow', async () => {
    const on = streaming();
    const asking = on.ask(new DrawnDocument('const sum = |\n'));
    const request = await on.models.asked(1);
    request.text('first + sec');
    expect(await text(asking)).toBe('first +');
    expect(request.closed).toBe(false);
  });

  it('is one with itself when it comes at once', async () => {
    const on = streaming();
    const asking = on.ask(new DrawnDocument('function f() {\n  |\n}\n'));
    (await on.models.asked(1)).text('one();\n  ').text('two();').end();
    expect(await text(asking)).toBe('one();\n  two();');
    expect(on.engine.records).toHaveLength(1);
  });

  it('goes on while it is typed along', async () => {
    const on = streaming();
    const document = new DrawnDocument('function f() {\n  |\n}\n');
    let asking = on.ask(document);
    const request = await on.models.asked(1);
    request.text('one();\n  tw');
    expect(await text(asking)).toBe('one();');
    for (const character of 'one();') asking = key(on, document, asking, character);
    request.text('o();\n  three();').end();
    expect(await text(asking)).toBe('\n  two();\n  three();');
    expect(on.models.requests).toHaveLength(1);
    expect(request.signal.aborted).toBe(false);
  });

  it('goes on when its beginning is accepted', async () => {
    const on = streaming();
    const document = new DrawnDocument('function f() {\n  |\n}\n');
    const asking = on.ask(document);
    const request = await on.models.asked(1);
    request.text('one();\n  tw');
    const first = await asking.answer;
    const next = key(on, document, asking, 'one();');
    on.engine.accepted(first?.id ?? 0);
    request.text('o();\n').end();
    expect(await text(next)).toBe('\n  two();');
    expect(on.models.requests).toHaveLength(1);
  });

  it.each([
    [
      'a key that contradicts',
      (on: Bench, document: DrawnDocument) => key(on, document, on.ask(document), 'x').cancel(),
    ],
    ['Escape', (on: Bench) => on.engine.dismissed()],
    ['a cursor that goes away', (on: Bench, { uri }: DrawnDocument) => on.engine.cursorMoved(uri, 0)],
    ['closing the document', (on: Bench, { uri }: DrawnDocument) => on.engine.documentClosed(uri)],
  ])('%s closes its connection', async (_name, act) => {
    const on = streaming();
    const document = new DrawnDocument('function f() {\n  |\n}\n');
    const asking = on.ask(document);
    const request = await on.models.asked(1);
    request.text('one();\n  tw');
    expect(await text(asking)).toBe('one();');
    act(on, document);
    expect(request.signal.aborted).toBe(true);
  });

  it('is not asked for again when nobody sees it any more', async () => {
    const on = streaming();
    const document = new DrawnDocument('function f() {\n  |\n}\n');
    let told = 0;
    on.engine.onDidGetMore(() => told++);
    const asking = on.ask(document);
    const request = await on.models.asked(1);
    request.text('one();\n  tw');
    expect(await text(asking)).toBe('one();');
    on.engine.dismissed();
    request.text('o();\n  three();\n').end();
    await expect.poll(() => request.closed).toBe(true);
    expect(told).toBe(0);
  });
});
