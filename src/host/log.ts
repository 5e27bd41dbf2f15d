import * as vscode from 'vscode';

/** Tutti's output channel, made when there is first something to say. */
export class Log implements vscode.Disposable {
  #channel: vscode.LogOutputChannel | undefined;

  readonly warn = (sentence: string): void => this.#open().warn(sentence);
  readonly error = (sentence: string): void => this.#open().error(sentence);

  show(): void {
    this.#open().show();
  }

  dispose(): void {
    this.#channel?.dispose();
  }

  #open(): vscode.LogOutputChannel {
    this.#channel ??= vscode.window.createOutputChannel('Tutti', { log: true });
    return this.#channel;
  }
}
