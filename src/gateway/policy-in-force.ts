import * as l10n from '@vscode/l10n';
import type { Endpoint } from '../llm/endpoint.ts';
import type { Model } from '../llm/model.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import { isOnHost } from '../util/host-pattern.ts';
import { isObject } from '../util/json.ts';
import { isLoopback } from '../util/loopback.ts';
import type { BudgetCeiling, Policy, PolicyReading } from './policy-read.ts';
import { atLeast, type SecretsMode } from './secrets-mode.ts';

/** What the user's own settings say; a workspace has no say here. */
export interface PrivacySettings {
  readonly zeroEgress: boolean;
  readonly ownHosts: readonly string[];
  readonly secrets: SecretsMode;
}

/** What holds now: the administrator's policy, and within it the user's settings. */
export class PolicyInForce {
  readonly #reading: () => PolicyReading;
  readonly #settings: () => PrivacySettings;

  /** Both are asked each time, so they have to be cheap. */
  constructor(reading: () => PolicyReading, settings: () => PrivacySettings) {
    this.#reading = reading;
    this.#settings = settings;
  }

  /** This very machine, or a host of one's own. */
  isLocal(url: string): boolean {
    return isLoopback(url) || isOnHost(url, this.#ownHosts());
  }

  /** Why nothing may be sent to an address, as a sentence; undefined = it may. */
  addressRefused(url: string): string | undefined {
    if (isLoopback(url)) return undefined;
    const host = URL.parse(url)?.host || l10n.t('This address');
    const reading = this.#reading();
    if (reading.kind === 'broken') return brokenReason(host, reading);
    const { zeroEgress, allowedHosts } = this.#policy;
    if (zeroEgress && !this.isLocal(url))
      return l10n.t('{0} is not allowed by your administrator: only local hosts are.', host);
    if (allowedHosts && !isOnHost(url, allowedHosts)) return l10n.t('{0} is not allowed by your administrator.', host);
    if (this.#settings().zeroEgress && !this.isLocal(url)) {
      return l10n.t(
        '{0} is not asked: tutti.privacy.zeroEgress allows only this machine and the hosts in tutti.privacy.ownHosts.',
        host,
      );
    }
    return undefined;
  }

  /** Why an endpoint may not be spoken to, whatever the model. */
  endpointRefused(endpoint: Pick<Endpoint, 'vendor' | 'baseUrl' | 'local'>): string | undefined {
    if (endpoint.baseUrl !== '') return this.addressRefused(endpoint.baseUrl);
    return endpoint.local ? undefined : this.othersRefused();
  }

  /** Why a model may not be asked. */
  modelRefused({ ref, endpoint }: Pick<Model, 'ref' | 'endpoint'>): string | undefined {
    const { allowedModels } = this.#policy;
    if (allowedModels && !allowedModels.some((pattern) => isLike(ref, pattern))) {
      return l10n.t('{0} is not allowed by your administrator.', ref);
    }
    return this.endpointRefused(endpoint);
  }

  /** Why models of other extensions may not be asked: nobody knows where their requests go. */
  othersRefused(): string | undefined {
    const reading = this.#reading();
    if (reading.kind === 'broken') return brokenReason(l10n.t('Models of other extensions'), reading);
    const { zeroEgress, allowedHosts } = this.#policy;
    if (zeroEgress || (allowedHosts && !allowedHosts.includes('vscode'))) {
      return l10n.t('Models of other extensions are not allowed by your administrator.');
    }
    if (!this.#settings().zeroEgress) return undefined;
    return l10n.t(
      'Models of other extensions are not asked: with tutti.privacy.zeroEgress nothing leaves this machine, and theirs would.',
    );
  }

  secretsMode(): SecretsMode {
    const reading = this.#reading();
    return atLeast(this.#settings().secrets, reading.kind === 'broken' ? 'redact' : this.#policy.secrets);
  }

  /** Globs of files no model may see. */
  ignore(): readonly string[] {
    return this.#policy.ignore ?? [];
  }

  /** Globs of files only local models may see. */
  localOnly(): readonly string[] {
    return this.#policy.localOnly ?? [];
  }

  /** The setting `tutti.roles`, over what the administrator gives those who have chosen nothing. */
  roles(setting: unknown): unknown {
    const { roles } = this.#policy;
    if (!roles) return setting;
    return { ...roles, ...(isObject(setting) && setting) };
  }

  /** No budget of the user's counts beyond these. */
  budget(): BudgetCeiling {
    return this.#policy.budget ?? {};
  }

  /** Who would let requests leave under another name may not say what is local. */
  #ownHosts(): readonly string[] {
    const { ownHosts, zeroEgress, localOnly } = this.#policy;
    const isRuled = ownHosts !== undefined || zeroEgress === true || localOnly !== undefined;
    if (this.#reading().kind === 'broken') return [];
    return isRuled ? (ownHosts ?? []) : this.#settings().ownHosts;
  }

  get #policy(): Policy {
    const reading = this.#reading();
    return reading.kind === 'policy' ? reading.policy : {};
  }
}

function brokenReason(who: string, { path, reason }: Extract<PolicyReading, { kind: 'broken' }>): string {
  return l10n.t(
    '{0} may not be asked: the policy of this machine, {1}, cannot be read: {2} Until your administrator has put it right, only models on this machine are asked.',
    who,
    path,
    reason,
  );
}

function isLike(ref: ModelRef, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'is').test(ref);
}
