import type { SyntaxReader, SyntaxReaders } from '../completion/syntax/grammar.ts';
import { messageOf } from '../util/message-of.ts';

/** The grammars in dist/grammars, each loaded when a file of its language is first completed. */
export class Grammars implements SyntaxReaders {
  readonly #open: (languageId: string, grammar: string) => Promise<SyntaxReader>;
  readonly #report: (message: string) => void;
  readonly #readers = new Map<string, SyntaxReader | 'loading' | 'failed'>();

  constructor(open: (languageId: string, grammar: string) => Promise<SyntaxReader>, report: (message: string) => void) {
    this.#open = open;
    this.#report = report;
  }

  readerFor(languageId: string): SyntaxReader | undefined {
    const grammar = grammarOf[languageId];
    if (grammar === undefined) return undefined;
    const reader = this.#readers.get(languageId);
    if (reader === undefined) void this.#load(languageId, grammar);
    return typeof reader === 'object' ? reader : undefined;
  }

  async #load(languageId: string, grammar: string): Promise<void> {
    this.#readers.set(languageId, 'loading');
    try {
      this.#readers.set(languageId, await this.#open(languageId, grammar));
    } catch (error) {
      this.#readers.set(languageId, 'failed');
      this.#report(
        `The grammar for ${languageId} cannot be loaded; completions end by simpler rules. ${messageOf(error)}`,
      );
    }
  }
}

/** By VS Code's language id: the grammar's name in dist/grammars. `scripts/build/grammars.ts` copies those named here. */
export const grammarOf: Readonly<Record<string, string>> = {
  typescript: 'typescript',
  typescriptreact: 'tsx',
  javascript: 'tsx',
  javascriptreact: 'tsx',
  python: 'python',
  go: 'go',
  java: 'java',
  rust: 'rust',
  c: 'cpp',
  cpp: 'cpp',
  csharp: 'c-sharp',
  ruby: 'ruby',
  php: 'php',
  css: 'css',
};
