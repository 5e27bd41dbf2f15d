import * as l10n from '@vscode/l10n';
import { isObject, type JsonObject } from '../util/json.ts';
import { messageOf } from '../util/message-of.ts';
import { isRole } from './roles.ts';
import { isSecretsMode, type SecretsMode } from './secrets-mode.ts';

/** What whoever administers a machine has laid down for it. Absent = nothing is said. */
export interface Policy {
  /** `host`, `*.suffix`, either with `:port`; `vscode` = models of other extensions. */
  readonly allowedHosts?: readonly string[];
  /** Model refs, `*` stands for any characters. */
  readonly allowedModels?: readonly string[];
  /** Hosts that count as local; those the user names do not any more. */
  readonly ownHosts?: readonly string[];
  /** As `tutti.roles`: for users who have chosen nothing. */
  readonly roles?: JsonObject;
  readonly budget?: BudgetCeiling;
  readonly zeroEgress?: boolean;
  /** Least care with secrets. */
  readonly secrets?: SecretsMode;
  readonly ignore?: readonly string[];
  readonly localOnly?: readonly string[];
}

/** US dollars. */
export interface BudgetCeiling {
  readonly perDay?: number;
  readonly perMonth?: number;
}

export type PolicyReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'policy'; readonly path: string; readonly policy: Policy }
  /** It is there, and nobody can say what it demands. */
  | { readonly kind: 'broken'; readonly path: string; readonly reason: string };

/** The policy a file holds. Whatever is not understood makes it broken: a misspelt rule must not pass for none. */
export function readPolicy(path: string, text: string): PolicyReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { kind: 'broken', path, reason: messageOf(error) };
  }
  if (!isObject(value) || Array.isArray(value))
    return { kind: 'broken', path, reason: l10n.t('it holds no JSON object.') };
  for (const [name, entry] of Object.entries(value)) {
    const field = Object.hasOwn(fields, name) ? fields[name as keyof Policy] : undefined;
    if (!field) return { kind: 'broken', path, reason: l10n.t('"{0}" is no part of a policy.', name) };
    if (!field.fits(entry)) return { kind: 'broken', path, reason: l10n.t('"{0}" has to be {1}.', name, field.form()) };
  }
  // Each field was looked at above.
  return { kind: 'policy', path, policy: value as Policy };
}

interface Field {
  readonly form: () => string;
  readonly fits: (value: unknown) => boolean;
}

const texts: Field = {
  form: () => l10n.t('a list of texts'),
  fits: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string' && item.trim() !== ''),
};

const fields: Readonly<Record<keyof Policy, Field>> = {
  allowedHosts: texts,
  allowedModels: texts,
  ownHosts: texts,
  ignore: texts,
  localOnly: texts,
  roles: {
    form: () => l10n.t('an object with roles'),
    fits: (value) => isObject(value) && Object.keys(value).every(isRole),
  },
  budget: { form: () => l10n.t('an object with perDay and perMonth in US dollars'), fits: isCeiling },
  zeroEgress: { form: () => l10n.t('true or false'), fits: (value) => typeof value === 'boolean' },
  secrets: { form: () => l10n.t('"redact", "ask", "block" or "off"'), fits: isSecretsMode },
};

function isCeiling(value: unknown): boolean {
  if (!isObject(value)) return false;
  return Object.entries(value).every(
    ([name, amount]) => (name === 'perDay' || name === 'perMonth') && typeof amount === 'number' && amount >= 0,
  );
}
