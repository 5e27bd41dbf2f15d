// Runs in the extension host: types ten characters a second and watches the event loop meanwhile.
import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import { statement } from '../cpu-text.ts';

export interface EventLoop {
  readonly keys: number;
  /** Changes of the file that the extension host was told of. */
  readonly changes: number;
  /** What Tutti says of its last answer. */
  readonly lastAnswer?: string;
  /** The longest times between two turns of the loop that were to come every 5 ms, longest first. */
  readonly blocks: readonly number[];
  /** The same, but only what this thread itself computed: a busy machine is not in it. */
  readonly busy: readonly number[];
  readonly blockP99: number;
  readonly cpuSeconds: number;
  readonly heapGrowthMegabytes: number;
  readonly residentGrowthMegabytes: number;
}

const tickMs = 5;
const keyMs = 100;

export default async function (): Promise<EventLoop> {
  const { TUTTI_BENCH_FILE: file = '', TUTTI_BENCH_LINE: line = '', TUTTI_BENCH_SECONDS: seconds = '' } = process.env;
  setFlagsFromString('--expose-gc');
  const document = await vscode.workspace.openTextDocument(file);
  const editor = await vscode.window.showTextDocument(document);
  const end = document.lineAt(Number(line)).range.end;
  editor.selection = new vscode.Selection(end, end);
  editor.revealRange(new vscode.Range(end, end), vscode.TextEditorRevealType.InCenter);
  await vscode.extensions.getExtension('tutti.tutti')?.activate();
  await type(5000 / keyMs); // what is used first is loaded and compiled
  await pause(5000);

  const session = await startProfile();
  const before = memory();
  const cpuBefore = process.threadCpuUsage();
  let changes = 0;
  const listener = vscode.workspace.onDidChangeTextDocument(() => changes++);
  const loop = watchLoop();
  const keys = await type((Number(seconds) * 1000) / keyMs);
  const { walls, cpus } = loop.stop();
  const cpu = process.threadCpuUsage(cpuBefore);
  if (session) await writeProfile(session);
  listener.dispose();
  const lastAnswer = await explanation();
  await pause(2000);
  const after = memory();
  const longest = (values: readonly number[]): number[] => values.toSorted((one, other) => other - one).slice(0, 8);
  return {
    keys,
    changes,
    ...(lastAnswer !== undefined && { lastAnswer }),
    blocks: longest(walls),
    busy: longest(cpus),
    blockP99: walls.toSorted((one, other) => one - other)[Math.floor(walls.length * 0.99)] ?? 0,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    heapGrowthMegabytes: (after.heapUsed - before.heapUsed) / 1e6,
    residentGrowthMegabytes: (after.rss - before.rss) / 1e6,
  };
}

async function explanation(): Promise<string | undefined> {
  const commands = await vscode.commands.getCommands(true);
  const isThere = commands.includes('tutti.explainCompletion');
  return isThere ? String(await vscode.commands.executeCommand('tutti.explainCompletion')) : undefined;
}

/** Keys at their times, however long the editor takes for one. */
async function type(count: number): Promise<number> {
  const text = Array.from({ length: Math.ceil(count / 20) }, (_, nth) => statement(nth)).join('');
  const start = performance.now();
  for (let key = 0; key < count; key++) {
    await pause(Math.max(0, start + key * keyMs - performance.now()));
    void vscode.commands.executeCommand('type', { text: text[key] });
  }
  return count;
}

function watchLoop(): { stop(): { readonly walls: readonly number[]; readonly cpus: readonly number[] } } {
  const walls: number[] = [];
  const cpus: number[] = [];
  let at = performance.now();
  let cpu = process.threadCpuUsage();
  const timer = setInterval(() => {
    const now = performance.now();
    const used = process.threadCpuUsage(cpu);
    walls.push(now - at - tickMs);
    cpus.push((used.user + used.system) / 1000);
    at = now;
    cpu = process.threadCpuUsage();
  }, tickMs);
  return {
    stop() {
      clearInterval(timer);
      return { walls, cpus };
    },
  };
}

async function startProfile(): Promise<Session | undefined> {
  if (process.env['TUTTI_BENCH_PROFILE'] === undefined) return undefined;
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 250 });
  await session.post('Profiler.start');
  return session;
}

async function writeProfile(session: Session): Promise<void> {
  const { profile } = await session.post('Profiler.stop');
  await writeFile(process.env['TUTTI_BENCH_PROFILE'] ?? '', JSON.stringify(profile));
}

function memory(): NodeJS.MemoryUsage {
  runInNewContext('gc')();
  return process.memoryUsage();
}
