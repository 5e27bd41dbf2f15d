import { numberAt, stringAt } from '../util/json.ts';

type Holder = Record<string, unknown> | unknown[];

/** Arguments of a call that come value by value, each with its JSON path (`$.place.names[0]`). */
export class PartialArguments {
  /** Without a prototype, so that no name in a path can reach one. */
  readonly whole: Record<string, unknown> = Object.create(null);

  /** One member of `partialArgs`; a text is added to what has come of it. A path that leads nowhere says nothing. */
  add(piece: unknown): void {
    const path = pathOf(stringAt(piece, 'jsonPath') ?? '');
    const last = path.at(-1);
    if (last === undefined) return;
    let holder: Holder | undefined = this.whole;
    for (const [at, step] of path.slice(0, -1).entries()) {
      holder = holder && inside(holder, step, typeof path[at + 1] === 'number');
    }
    if (holder === undefined || !takes(holder, last)) return;
    const before: unknown = Reflect.get(holder, last);
    const text = stringAt(piece, 'stringValue');
    if (text !== undefined) Reflect.set(holder, last, typeof before === 'string' ? before + text : text);
    else Reflect.set(holder, last, plainValue(piece));
  }
}

function plainValue(piece: unknown): unknown {
  const number = numberAt(piece, 'numberValue');
  if (number !== undefined) return number;
  const flag: unknown = typeof piece === 'object' && piece !== null ? Reflect.get(piece, 'boolValue') : undefined;
  return typeof flag === 'boolean' ? flag : null;
}

/** `.name`, `['name']` and `[0]` after the root `$`. */
function pathOf(text: string): readonly (string | number)[] {
  const steps = text.matchAll(/\.([^.[\]]+)|\[(\d+)\]|\[['"]([^'"]*)['"]\]/g);
  return Array.from(steps, ([, name, index, quoted]) => (index === undefined ? (name ?? quoted ?? '') : Number(index)));
}

/** What lies at `step`; made where nothing is there yet. */
function inside(holder: Holder, step: string | number, isList: boolean): Holder | undefined {
  if (!takes(holder, step)) return undefined;
  const found: unknown = Reflect.get(holder, step);
  if (typeof found === 'object' && found !== null) return found as Holder;
  const made: Holder = isList ? [] : (Object.create(null) as Record<string, unknown>);
  Reflect.set(holder, step, made);
  return made;
}

/** A list grows by one member at a time, so that no index makes it endless. */
function takes(holder: Holder, step: string | number): boolean {
  return Array.isArray(holder) ? typeof step === 'number' && step <= holder.length : typeof step === 'string';
}
