/** A vendor's refusal of a request: its reason. */
export class Refused extends Error {}

export type Json = Readonly<Record<string, unknown>>;

export function must(holds: unknown, reason: string): asserts holds {
  if (!holds) throw new Refused(reason);
}

/** The value as an object that has all `needed` fields and no other than those and `allowed`. */
export function object(
  value: unknown,
  where: string,
  needed: readonly string[],
  allowed: readonly string[] = [],
): Json {
  must(typeof value === 'object' && value !== null && !Array.isArray(value), `${where} is no object`);
  const fields = Object.keys(value);
  for (const field of needed) must(fields.includes(field), `${where}: ${field} is missing`);
  for (const field of fields) must([...needed, ...allowed].includes(field), `${where}: unknown field ${field}`);
  return value as Json;
}

export function list(value: unknown, where: string): readonly unknown[] {
  must(Array.isArray(value) && value.length > 0, `${where} is no list, or empty`);
  return value;
}

export function words(value: unknown, where: string): string {
  must(typeof value === 'string' && value.trim() !== '', `${where} has no words`);
  return value;
}

/** JSON text of an object. */
export function argumentsText(value: unknown, where: string): void {
  must(typeof value === 'string', `${where} is no text`);
  const parsed: unknown = JSON.parse(value);
  must(typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed), `${where} holds no object`);
}

export function base64(value: unknown, where: string): void {
  must(typeof value === 'string' && /^[A-Za-z0-9+/]+=*$/.test(value), `${where} is no base64`);
}

export function alternate(roles: readonly string[], first: string): void {
  must(roles[0] === first, `the first turn is ${roles[0]}'s, not ${first}'s`);
  for (const [at, role] of roles.entries()) must(role !== roles[at - 1], `turn ${at}: ${role} speaks twice in a row`);
}

/** Ids of calls: well-formed, never used twice, each answered once. */
export class Ids {
  readonly #form: RegExp;
  readonly #seen = new Set<string>();
  #open = new Set<string>();

  constructor(form: RegExp) {
    this.#form = form;
  }

  call(id: unknown): void {
    must(
      typeof id === 'string' && this.#form.test(id),
      `the id ${JSON.stringify(id)} is not of the form ${this.#form}`,
    );
    must(!this.#seen.has(id), `the id ${id} is used twice`);
    this.#seen.add(id);
    this.#open.add(id);
  }

  result(id: unknown): void {
    must(typeof id === 'string' && this.#open.delete(id), `a result for ${JSON.stringify(id)}, which waits for none`);
  }

  allAnswered(): void {
    must(this.#open.size === 0, `no result for ${[...this.#open].join(', ')}`);
  }
}
