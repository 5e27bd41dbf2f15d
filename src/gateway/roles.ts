import * as l10n from '@vscode/l10n';
import { type Chain, isEmpty, type ModelChoice, noChain, readChain } from '../llm/model-choice.ts';
import { type ModelRef, parseModelRef } from '../llm/model-ref.ts';
import { isObject } from '../util/json.ts';

/** Jobs that need a model. */
export const roles = ['chat', 'completion', 'edit', 'agent', 'commit', 'utility'] as const;
export type Role = (typeof roles)[number];

export function isRole(value: unknown): value is Role {
  return roles.some((role) => role === value);
}

/** The chain the setting `tutti.roles` gives a role; empty = none chosen. Jobs without a chain of their own use chat's. */
export function chainOf(setting: unknown, role: Role): Chain {
  const own = readChain(settingOf(setting, role));
  if (!isEmpty(own) || role === 'chat' || role === 'completion') return own;
  return chainOf(setting, 'chat');
}

/** What is chosen for a role, in a word for people; undefined = nothing is. */
export function choiceName(setting: unknown, role: Role): string | undefined {
  const { models, auto } = chainOf(setting, role);
  return auto ? l10n.t('Auto') : models[0];
}

/**
 * The chain a chat's own choice stands for. A single model that is in the role's chain has the others of that chain
 * behind it; any other stands alone.
 */
export function chainFor(setting: unknown, role: Role, choice: ModelChoice | undefined): Chain {
  const ofRole = chainOf(setting, role);
  if (choice === undefined) return ofRole;
  const own = readChain(choice);
  const [single, ...more] = own.models;
  if (typeof choice !== 'string' || single === undefined || more.length > 0) return own;
  if (!ofRole.models.includes(single)) return own;
  return { ...ofRole, models: [single, ...ofRole.models.filter((other) => other !== single)] };
}

/** Nobody but this model. */
export function only(model: ModelRef): Chain {
  return { ...noChain, models: [model] };
}

/** The role's value after the user chose: one model goes to the head of a chain, anything else takes its place. */
export function chosen(setting: unknown, role: Role, choice: ModelChoice): ModelChoice {
  const before = settingOf(setting, role);
  if (typeof choice !== 'string' || choice === 'auto') return choice;
  const models = [choice, ...readChain(before).models.filter((other) => other !== choice)];
  return Array.isArray(before) || isObject(before) ? withModels(before, models) : choice;
}

/** The roles that name a model of `provider`, each with what is left of its value; undefined = nothing is. */
export function withoutProvider(setting: unknown, provider: string): ReadonlyMap<Role, ModelChoice | undefined> {
  const left = new Map<Role, ModelChoice | undefined>();
  for (const role of roles) {
    const value = settingOf(setting, role);
    const { models } = readChain(value);
    const others = models.filter((ref) => parseModelRef(ref)?.provider !== provider);
    if (others.length < models.length) left.set(role, others.length === 0 ? undefined : withModels(value, others));
  }
  return left;
}

/** A chain with other models, in the form it was written in. */
function withModels(before: unknown, models: readonly ModelRef[]): ModelChoice {
  return isObject(before) && !Array.isArray(before) ? { ...before, chain: models } : models;
}

function settingOf(setting: unknown, role: Role): unknown {
  return isObject(setting) ? setting[role] : undefined;
}
