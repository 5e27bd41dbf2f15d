import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RemoteFile } from './download.ts';
import manifest from './runtime-files.json' with { type: 'json' };

/** llama.cpp compiled for one kind of machine. */
interface Platform {
  readonly package: string;
  /** Where the compiled files are in the package. */
  readonly folder: string;
  /** Made for the graphics card of this kind of machine. */
  readonly gpu: boolean;
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
}

export type Runtime =
  /** `binaries`: the folder of the compiled files. */
  | { readonly kind: 'ready'; readonly binaries: string; readonly gpu: 'auto' | false }
  | { readonly kind: 'missing'; readonly files: readonly RemoteFile[] }
  | { readonly kind: 'unsupported'; readonly message: string };

export interface RuntimeOptions {
  /** Files of other versions are beside those of this one. */
  readonly folder: string;
  readonly baseUrl: string;
  /** An unpacked package to use instead of fetching one. */
  readonly packageFolder?: string;
  readonly platform?: string;
}

/** Serves the files of public npm packages one by one. */
export const runtimeUrl = 'https://cdn.jsdelivr.net/npm';

const platforms: Readonly<Record<string, Platform>> = manifest.platforms;

/** Where llama.cpp's compiled files are on this machine, or what has to be fetched. */
export async function findRuntime(options: RuntimeOptions): Promise<Runtime> {
  const name = options.platform ?? `${process.platform}-${process.arch}`;
  const platform = platforms[name];
  if (!platform) return { kind: 'unsupported', message: `The model inside does not run on ${name}.` };
  const packageFolder = options.packageFolder ?? join(options.folder, manifest.version, name);
  const missing: RemoteFile[] = [];
  for (const { name: file, bytes, sha256 } of platform.files) {
    const target = join(packageFolder, platform.folder, file);
    const found = await stat(target).catch(() => undefined);
    const url = `${options.baseUrl}/${platform.package}@${manifest.version}/${platform.folder}/${file}`;
    if (found?.size !== bytes) missing.push({ url, target, bytes, sha256 });
  }
  if (missing.length === 0) {
    return { kind: 'ready', binaries: join(packageFolder, platform.folder), gpu: platform.gpu ? 'auto' : false };
  }
  if (options.packageFolder === undefined) return { kind: 'missing', files: missing };
  const message = `${options.packageFolder} is not ${platform.package} ${manifest.version}: ${missing[0]?.target} is not as it should be.`;
  return { kind: 'unsupported', message };
}
