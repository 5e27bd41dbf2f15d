import * as vscode from 'vscode';
import { onceEach } from '../util/once-each.ts';

/** Tutti's output channel, made when there is first something to say. */
export class Log implements vscode.Disposable {
  #channel: vscode.LogOutputChannel | undefined;

  /** The same sentence is written once: what goes wrong with each key would drown all else. */
  readonly warn = onceEach((sentence) => this.#open().warn(sentence));
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
