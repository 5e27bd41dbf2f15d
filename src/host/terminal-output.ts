import { Disposable, type Terminal, type TerminalShellExecution, window } from 'vscode';
import { terminalText } from '../context/terminal-text.ts';
import { delay } from '../util/delay.ts';

const mostCharacters = 200_000;

export interface TerminalOutput {
  readonly name: string;
  readonly command: string;
  readonly text: string;
  /** Absent while it runs, or where the shell did not say. */
  readonly exitCode?: number;
}

interface Heard {
  readonly name: string;
  readonly command: string;
  readonly execution: TerminalShellExecution;
  sent: string;
  exitCode?: number;
  /** All of it was read, and VS Code has said how it ended; the one comes before the other or after it. */
  readonly over: PromiseWithResolvers<void>;
  readonly read: PromiseWithResolvers<void>;
}

/** What a command that has just ended has said is on its way for no longer. */
const lateMs = 500;

/**
 * The last command of each terminal and what it said, for shells with VS Code's shell integration. Listens from the moment
 * a chat is first shown; held in memory alone, and read by nobody until the user attaches it.
 */
export class TerminalOutputs implements Disposable {
  readonly #last = new Map<Terminal, Heard>();
  readonly #listeners = Disposable.from(
    window.onDidStartTerminalShellExecution(({ terminal, execution }) => void this.#hear(terminal, execution)),
    window.onDidEndTerminalShellExecution(({ terminal, execution, exitCode }) => {
      const heard = this.#last.get(terminal);
      if (heard?.execution !== execution) return;
      if (exitCode !== undefined) heard.exitCode = exitCode;
      heard.over.resolve();
    }),
    window.onDidCloseTerminal((terminal) => this.#last.delete(terminal)),
  );

  /** Of the terminal in front, else of the one that was heard last; undefined = none was. */
  last(): TerminalOutput | undefined {
    const heard = this.#heardLast();
    if (!heard) return undefined;
    const { name, command, sent, exitCode } = heard;
    return { name, command, text: terminalText(sent), ...(exitCode !== undefined && { exitCode }) };
  }

  /** The same, whole where the command has just ended. */
  async wholeLast(signal: AbortSignal): Promise<TerminalOutput | undefined> {
    const heard = this.#heardLast();
    if (heard) await Promise.race([Promise.all([heard.over.promise, heard.read.promise]), delay(lateMs, signal)]);
    return this.last();
  }

  #heardLast(): Heard | undefined {
    const { activeTerminal } = window;
    return (activeTerminal && this.#last.get(activeTerminal)) ?? [...this.#last.values()].at(-1);
  }

  dispose(): void {
    this.#listeners.dispose();
  }

  async #hear(terminal: Terminal, execution: TerminalShellExecution): Promise<void> {
    const heard: Heard = {
      ...{ name: terminal.name, command: execution.commandLine.value, execution, sent: '' },
      over: Promise.withResolvers(),
      read: Promise.withResolvers(),
    };
    // The latest last.
    this.#last.delete(terminal);
    this.#last.set(terminal, heard);
    for await (const data of execution.read()) {
      heard.sent += data;
      if (heard.sent.length > 2 * mostCharacters) heard.sent = heard.sent.slice(-mostCharacters);
    }
    heard.read.resolve();
  }
}
