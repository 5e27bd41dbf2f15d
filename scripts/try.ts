import { messageOf } from '../src/util/message-of.ts';

interface Door {
  answer(row: unknown, options: { readonly dir?: string }): Promise<unknown>;
}

/** What can be tried; each is one file with a function `answer`. */
const doors: Readonly<Record<string, string>> = {
  stream: './try/stream.ts',
  completion: './try/completion.ts',
  fim: './try/fim.ts',
  route: './try/route.ts',
  edit: './try/edit.ts',
};

/** `npm run -s try -- <what> [--dir D]`: JSON lines in, one JSON line a row out, in order. Nothing else on stdout. */
async function main([what = '', ...rest]: readonly string[]): Promise<void> {
  const path = Object.hasOwn(doors, what) ? doors[what] : undefined;
  if (path === undefined) {
    process.stderr.write(`usage: npm run -s try -- ${Object.keys(doors).join('|')} [--dir folder] < rows.jsonl\n`);
    process.exitCode = 2;
    return;
  }
  const dir = rest[0] === '--dir' ? rest[1] : undefined;
  for await (const line of lines(process.stdin)) {
    if (line.trim() !== '') process.stdout.write(`${JSON.stringify(await answerLine(path, line, dir))}\n`);
  }
}

async function answerLine(path: string, line: string, dir: string | undefined): Promise<unknown> {
  try {
    const row: unknown = JSON.parse(line);
    const door = (await import(path)) as Door;
    return await door.answer(row, dir === undefined ? {} : { dir });
  } catch (error) {
    return { error: { code: 'internal', message: messageOf(error), status: null, retryable: false } };
  }
}

/** Split at line feeds only: JSON text may hold the other characters that count as line ends elsewhere. */
async function* lines(input: NodeJS.ReadStream): AsyncIterable<string> {
  let rest = '';
  for await (const piece of input.setEncoding('utf8')) {
    const parts = (rest + String(piece)).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  yield rest;
}

await main(process.argv.slice(2));
