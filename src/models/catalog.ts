import type { ModelFacts, Price } from '../llm/model-facts.ts';
import type { Quirks } from '../llm/quirks.ts';
import snapshotJson from './catalog.json' with { type: 'json' };

/** As `scripts/make-catalog.ts` writes it. */
interface Snapshot {
  /** The day its source was published. */
  readonly date: string;
  readonly efforts: readonly (readonly string[])[];
  readonly quirks: readonly Quirks[];
  readonly vendors: Readonly<Record<string, readonly Row[]>>;
}

/** Efforts and quirks are numbers of what is told once for many; what is missing at the end is better known elsewhere. */
type Row = readonly [id: string, efforts: number, quirks: number, limits?: Limits, price?: readonly number[]];
type Limits = readonly [name: string, window: number, output: number, images: number];

// JSON knows no tuples; a test reads every row.
const snapshot = snapshotJson as unknown as Snapshot;

/** What is known of a vendor's models before anybody has been asked. */
export function catalogOf(vendor: string): ReadonlyMap<string, ModelFacts> {
  const rows = Object.hasOwn(snapshot.vendors, vendor) ? (snapshot.vendors[vendor] ?? []) : [];
  return new Map(rows.map((row) => [row[0], factsOf(row)]));
}

function factsOf([, efforts, quirks, limits, prices]: Row): ModelFacts {
  const price = prices && priceOf(prices);
  return {
    ...(limits && limitsOf(limits)),
    reasoningEfforts: snapshot.efforts[efforts] ?? [],
    quirks: snapshot.quirks[quirks] ?? {},
    ...(price && { price, priceFrom: `catalog ${snapshot.date}` }),
  };
}

/** The source lists none that cannot call tools. */
function limitsOf([name, contextWindow, maxOutputTokens, images]: Limits): ModelFacts {
  return { name, contextWindow, maxOutputTokens, images: images === 1, tools: true };
}

/** Nought stands for "not known". */
function priceOf([input, output, cachedInput, cacheWrite]: readonly number[]): Price | undefined {
  if (input === undefined || output === undefined) return undefined;
  return { input, output, ...(cachedInput && { cachedInput }), ...(cacheWrite && { cacheWrite }) };
}
