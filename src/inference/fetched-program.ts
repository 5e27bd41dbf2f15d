import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../util/message-of.ts';
import { download, type RemoteFile } from './download.ts';
import type { DownloadDisplay } from './preparation.ts';

/** One file of a public npm package that few ask for: it is not in the extension's package. */
export interface Program {
  readonly name: string;
  readonly license: string;
  readonly package: string;
  readonly version: string;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What draws diagrams in the chat. */
export const mermaid: Program = {
  name: 'Mermaid',
  license: 'MIT',
  package: '@mermaid-js/tiny',
  version: '11.17.2',
  file: 'dist/mermaid.tiny.js',
  bytes: 2_555_146,
  sha256: '7a644017d37f93c8359790884e6b67fb1f747c78eb20475952404bd87190a3f8',
};

export type ProgramFile = { readonly path: string } | { readonly problem: string };

/** Where the program is on this machine: asked for and fetched the first time, checked to the last bit, then kept. */
export async function fetchedProgram(
  program: Program,
  ports: {
    readonly folder: string;
    readonly baseUrl: string;
    readonly display: DownloadDisplay;
    readonly fetch: typeof fetch;
  },
): Promise<ProgramFile> {
  const { name, bytes, sha256, license } = program;
  const path = join(ports.folder, program.package.replace('/', '-'), program.version, 'program.js');
  const found = await stat(path).catch(() => undefined);
  if (found?.size === bytes) return { path };
  const item = { name, bytes, license };
  if (!(await ports.display.confirm(item))) return { problem: `${name} has not been fetched.` };
  const url = `${ports.baseUrl}/${program.package}@${program.version}/${program.file}`;
  const file: RemoteFile = { url, target: path, bytes, sha256 };
  try {
    const outcome = await ports.display.show(item, (report, signal) =>
      download(file, { fetch: ports.fetch, report, signal }),
    );
    return outcome === 'aborted' ? { problem: `Fetching ${name} was cancelled.` } : { path };
  } catch (error) {
    return { problem: messageOf(error) };
  }
}
