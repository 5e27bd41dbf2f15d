import { readFileSync, statSync } from 'node:fs';
import { type PolicyReading, readPolicy } from '../gateway/policy-read.ts';
import { messageOf } from '../util/message-of.ts';

/** Where an administrator puts a machine's policy: places that users cannot write to. The first that is there counts. */
export function policyPlaces(
  platform: NodeJS.Platform = process.platform,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): readonly string[] {
  // What the environment says comes last: the user can say it, too, and may only bind himself.
  const further = environment['TUTTI_POLICY_FILE'];
  const own = further === undefined || further === '' ? [] : [further];
  switch (platform) {
    case 'win32': {
      const folder = environment['ProgramData'] ?? 'C:\\ProgramData';
      return [...new Set(['C:\\ProgramData', folder])].map((each) => `${each}\\Tutti\\policy.json`).concat(own);
    }
    case 'darwin':
      return ['/Library/Application Support/Tutti/policy.json', ...own];
    default:
      return ['/etc/tutti/policy.json', ...own];
  }
}

/** A change is seen this late. */
const freshMs = 2000;

/** The policy of this machine, read on first need and again when its file changes. One that cannot be read is broken, not absent. */
export class PolicyFile {
  readonly #places: readonly string[];
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  #reading: PolicyReading = { kind: 'none' };
  #version: string | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(places: readonly string[] = policyPlaces(), now: () => number = () => performance.now()) {
    this.#places = places;
    this.#now = now;
  }

  /** Cheap enough to be asked for at every request. */
  readonly current = (): PolicyReading => {
    if (this.#now() - this.#lookedAt < freshMs) return this.#reading;
    this.#lookedAt = this.#now();
    const isFirst = this.#version === undefined;
    const found = this.#find();
    if (found.version === this.#version) return this.#reading;
    this.#version = found.version;
    this.#reading = found.read();
    if (!isFirst) for (const listener of this.#listeners) listener();
    return this.#reading;
  };

  /** Called when another policy holds than the one read before. */
  onDidChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  #find(): { readonly version: string; readonly read: () => PolicyReading } {
    for (const path of this.#places) {
      try {
        const stats = statSync(path, { throwIfNoEntry: false });
        if (stats) return { version: `${path} ${stats.mtimeMs} ${stats.size} ${stats.ino}`, read: () => readAt(path) };
      } catch (error) {
        const reason = messageOf(error);
        return { version: `${path} ${reason}`, read: () => ({ kind: 'broken', path, reason }) };
      }
    }
    return { version: 'none', read: () => ({ kind: 'none' }) };
  }
}

function readAt(path: string): PolicyReading {
  try {
    return readPolicy(path, readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    return { kind: 'broken', path, reason: messageOf(error) };
  }
}
