import { type ChildProcess, fork } from 'node:child_process';
import type { FromInference } from '../protocol/from-inference.ts';
import type { ToInference } from '../protocol/to-inference.ts';
import { binariesVariable } from './native-addon.ts';
import { type ProcessArguments, writeArguments } from './process-arguments.ts';

export interface ChildOptions extends ProcessArguments {
  /** The bundled `main.ts`. */
  readonly mainPath: string;
  /** Folder of llama.cpp's compiled files. */
  readonly binaries: string;
}

export interface ChildHandlers {
  readonly message: (message: FromInference) => void;
  /** Called once, however the process ended, with its own last words. */
  readonly exit: (description: string) => void;
}

export interface Child {
  readonly pid: number | undefined;
  send(message: ToInference): void;
  kill(): void;
}

const keptWords = 2000;

/** Starts the process of `main.ts`. It ends by itself when this process goes away. */
export function startChild(options: ChildOptions, { message, exit }: ChildHandlers): Child {
  const child = fork(options.mainPath, writeArguments(options), {
    execPath: process.execPath,
    execArgv: [],
    env: {
      ...process.env,
      // In VS Code's desktop the running program is Electron, which has to be told to be Node.
      ELECTRON_RUN_AS_NODE: '1',
      // A debugger that attaches itself to every Node process has nothing to find here.
      NODE_OPTIONS: '',
      [binariesVariable]: options.binaries,
    },
    // llama.cpp also looks for compiled files in the current folder: that must never be the user's.
    cwd: options.binaries,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let lastWords = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-keptWords);
  });
  child.on('message', (received) => message(received as FromInference));
  onceEnded(child, (how) => exit([how, lastWords.trim()].filter(Boolean).join(': ')));
  return {
    pid: child.pid,
    send: (sent) => {
      // A process that just went away reports its exit; there is nothing to add here.
      if (child.connected) child.send(sent, () => undefined);
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}

function onceEnded(child: ChildProcess, report: (how: string) => void): void {
  let reported = false;
  const reportOnce = (how: string): void => {
    if (!reported) report(how);
    reported = true;
  };
  // 'close' comes after 'exit', when the last words have arrived too.
  child.on('close', (code, signal) => reportOnce(signal ? `killed by ${signal}` : `exit code ${code}`));
  child.on('error', (error) => reportOnce(error.message));
}
