// Stands in for @vscode/spdlog, a native module that would have to be compiled. Without it VS Code's server writes no
// log files and an extension's output channel stays empty.
const { closeSync, mkdirSync, openSync, writeSync } = require('node:fs');
const { dirname } = require('node:path');

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'critical', 'off'];

class Logger {
  #file;
  #level = levels.indexOf('info');
  #plain = false;

  constructor(path) {
    mkdirSync(dirname(path), { recursive: true });
    this.#file = openSync(path, 'a');
    for (const [severity, name] of levels.entries()) this[name] = (message) => this.#write(severity, name, message);
  }

  #write(severity, name, message) {
    if (this.#file === undefined || severity < this.#level) return;
    const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
    writeSync(this.#file, this.#plain ? String(message) : `${time} [${name}] ${message}\n`);
  }

  getLevel() {
    return this.#level;
  }
  setLevel(level) {
    this.#level = level;
  }
  clearFormatters() {
    this.#plain = true;
  }
  drop() {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

// Every line is written at once, so there is nothing to flush; one pattern is enough to read a log.
const nothing = () => undefined;
Logger.prototype.flush = nothing;
Logger.prototype.setPattern = nothing;

exports.version = 11100;
exports.Logger = Logger;
exports.setLevel = nothing;
exports.setFlushOn = nothing;
exports.createRotatingLogger = async (_name, path) => new Logger(path);
exports.createAsyncRotatingLogger = async (_name, path) => new Logger(path);
