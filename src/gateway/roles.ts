import { isModelRef, type ModelRef, parseModelRef } from '../llm/model-ref.ts';
import { isObject } from '../util/json.ts';

/** Jobs that need a model. */
export const roles = ['chat', 'completion', 'edit', 'agent', 'commit', 'utility'] as const;
export type Role = (typeof roles)[number];

export function isRole(value: unknown): value is Role {
  return roles.some((role) => role === value);
}

/** The chain the setting `tutti.roles` gives a role; empty = none chosen. Jobs without a chain of their own use chat's. */
export function chainOf(setting: unknown, role: Role): readonly ModelRef[] {
  const own = readChain(isObject(setting) ? setting[role] : undefined);
  if (own.length > 0 || role === 'chat' || role === 'completion') return own;
  return chainOf(setting, 'chat');
}

/** The role's value after the user chose `ref`: a chain keeps its other members, behind it. */
export function chosen(setting: unknown, role: Role, ref: ModelRef): ModelRef | readonly ModelRef[] {
  const before = isObject(setting) ? setting[role] : undefined;
  if (!Array.isArray(before)) return ref;
  return [ref, ...readChain(before).filter((other) => other !== ref)];
}

/** The roles that name a model of `provider`, each with what is left of its value; undefined = nothing is. */
export function withoutProvider(
  setting: unknown,
  provider: string,
): ReadonlyMap<Role, ModelRef | readonly ModelRef[] | undefined> {
  const left = new Map<Role, ModelRef | readonly ModelRef[] | undefined>();
  for (const role of roles) {
    const chain = readChain(isObject(setting) ? setting[role] : undefined);
    const others = chain.filter((ref) => parseModelRef(ref)?.provider !== provider);
    if (others.length < chain.length) left.set(role, others.length === 0 ? undefined : others);
  }
  return left;
}

function readChain(value: unknown): readonly ModelRef[] {
  if (isModelRef(value)) return [value];
  return Array.isArray(value) ? value.filter(isModelRef) : [];
}
