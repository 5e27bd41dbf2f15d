/** Finds files and folders of a workspace by a few letters of their path; a hundred thousand of them within a key's time. */
export class PathSearch {
  readonly paths: readonly string[];
  readonly #lower: readonly string[];

  /** Paths with `/`, folders ending in one. */
  constructor(paths: readonly string[]) {
    this.paths = paths;
    this.#lower = paths.map((path) => path.toLowerCase());
  }

  /** The best first. Among equals the ones in `recent` (the latest first), then the shorter. */
  search(query: string, most: number, recent: readonly string[] = []): readonly string[] {
    const wanted = query.toLowerCase().replaceAll('\\', '/');
    const bonus = new Map(recent.map((path, index) => [path, recentBonus / (index + 1)]));
    const best: Found[] = [];
    for (let index = 0; index < this.paths.length; index++) {
      const lower = this.#lower[index] ?? '';
      const fit = scoreOf(lower, wanted);
      if (fit === 0) continue;
      const path = this.paths[index] ?? '';
      const score = fit + (bonus.get(path) ?? 0) - lower.length / 1000;
      const worst = best.at(-1);
      // Most of a hundred thousand fall here: sorting them all would take longer than finding them.
      if (best.length === most && worst && isBetter(worst, { path, score })) continue;
      const found = { path, score };
      const place = best.findIndex((other) => isBetter(found, other));
      best.splice(place < 0 ? best.length : place, 0, found);
      if (best.length > most) best.pop();
    }
    return best.map(({ path }) => path);
  }
}

interface Found {
  readonly path: string;
  readonly score: number;
}

const isBetter = (one: Found, other: Found): boolean =>
  one.score > other.score || (one.score === other.score && one.path < other.path);

/** A file one has open beats one that fits a little better, not one that fits in another way. */
const recentBonus = 8;

/** 0 = the letters are not there in this order. */
function scoreOf(path: string, wanted: string): number {
  const end = path.endsWith('/') ? path.length - 1 : path.length;
  const name = path.lastIndexOf('/', end - 1) + 1;
  const inName = path.indexOf(wanted, name);
  if (inName === name) return path.length === name + wanted.length || end === name + wanted.length ? 100 : 90;
  if (inName > name) return isWordStart(path, inName) ? 80 : 70;
  const inPath = path.indexOf(wanted);
  if (inPath >= 0) return isWordStart(path, inPath) ? 60 : 50;
  return spread(path, name, wanted) ? 40 : spread(path, 0, wanted) ? 20 : 0;
}

const isWordStart = (path: string, at: number): boolean => at === 0 || '/._- '.includes(path[at - 1] ?? '');

/** Whether all letters stand in this order, others between them. */
function spread(path: string, from: number, wanted: string): boolean {
  let at = from;
  for (const letter of wanted) {
    at = path.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
