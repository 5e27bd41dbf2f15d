import * as l10n from '@vscode/l10n';
import { wordError } from '../chat/wording.ts';
import { heldWords } from '../gateway/auto-chooser.ts';
import type { Health } from '../gateway/fuse.ts';
import type { Gateway, Resolution } from '../gateway/gateway.ts';
import type { ProviderModels } from '../gateway/model-directory.ts';
import type { Model } from '../llm/model.ts';
import { parseModelRef } from '../llm/model-ref.ts';
import { describeModel } from '../models/describe-model.ts';
import type { Ability, ModelView } from '../protocol/chat-view.ts';
import { clockTime } from '../util/clock-time.ts';

/** Models and their settings as the chat webview shows them. */

export function viewOfModel(model: Model, providerLabel: string): ModelView {
  const { name, contextWindow, price } = model.facts;
  const abilities = abilitiesOf(model);
  return {
    ref: model.ref,
    label: name ?? model.id,
    provider: providerLabel,
    detail: describeModel(model.facts),
    ...(abilities.length > 0 && { abilities }),
    ...(contextWindow !== undefined && { contextWindow }),
    ...(price && { price: { input: price.input, output: price.output } }),
  };
}

function abilitiesOf({ facts }: Model): readonly Ability[] {
  const can: readonly (readonly [Ability, boolean])[] = [
    ['images', facts.images === true],
    ['tools', facts.tools === true],
    ['reasoning', (facts.reasoningEfforts?.length ?? 0) > 0],
    ['fim', facts.fim !== undefined && facts.fim !== 'chat'],
  ];
  return can.flatMap(([ability, is]) => (is ? [ability] : []));
}

/** The choice, with the reason where it cannot serve. Without any choice there is a label to click on. */
export function viewOfResolution(resolution: Resolution): ModelView {
  if (resolution.auto) return viewOfAuto(resolution);
  if (resolution.kind === 'model') return viewOfModel(resolution.model, resolution.model.endpoint.provider);
  const { ref, error } = resolution;
  const parsed = ref && parseModelRef(ref);
  const { cause } = wordError(error, ref ?? l10n.t('the model'));
  return {
    ref: ref ?? '',
    label: parsed?.id ?? l10n.t('Choose a model'),
    provider: parsed?.provider ?? '',
    detail: '',
    unavailable: cause,
  };
}

/** Auto, with whom it would take for a usual question. */
function viewOfAuto(resolution: Resolution): ModelView {
  const view = { ref: 'auto', label: l10n.t('Auto'), provider: l10n.t('Several models'), kind: 'auto' } as const;
  if (resolution.kind === 'model') return { ...view, detail: l10n.t('{0} for a usual question', resolution.ref) };
  return { ...view, detail: '', unavailable: wordError(resolution.error, l10n.t('Auto')).cause };
}

/** What stands for several models, before all of them: Auto, the chain of the chat's role, presets. */
export function viewsOfChoices(
  autoModels: readonly string[],
  chain: readonly string[],
  presets: readonly (readonly [name: string, models: string])[],
): readonly ModelView[] {
  const several = l10n.t('Several models');
  return [
    ...(autoModels.length === 0
      ? []
      : [
          {
            ref: 'auto',
            label: l10n.t('Auto'),
            provider: several,
            kind: 'auto',
            detail: autoModels.join(', '),
          } as const,
        ]),
    ...(chain.length < 2
      ? []
      : [
          {
            ref: JSON.stringify(chain),
            label: chain.map((ref) => parseModelRef(ref)?.id ?? ref).join(' → '),
            provider: several,
            kind: 'chain',
            detail: l10n.t('the first that can serve'),
          } as const,
        ]),
    ...presets.map(
      ([name, models]) =>
        ({ ref: `preset:${name}`, label: name, provider: several, kind: 'preset', detail: models }) as const,
    ),
  ];
}

/** Chat models of all providers; those that cannot be asked carry the reason. */
export function viewsOfProviders(
  providers: readonly ProviderModels[],
  gateway: Pick<Gateway, 'health'>,
  firstTokens: ReadonlyMap<string, number> = new Map(),
): readonly ModelView[] {
  return providers.flatMap((provider) =>
    provider.models
      .filter((model) => model.chat !== undefined)
      .map((model): ModelView => {
        const held = healthWords(gateway.health(model));
        const firstTokenMs = firstTokens.get(model.ref);
        const unavailable =
          provider.refused.get(model.ref) ?? (provider.error && wordError(provider.error, model.ref).cause);
        return {
          ...viewOfModel(model, provider.label),
          ...(held !== undefined && { held }),
          ...(firstTokenMs !== undefined && { firstTokenMs }),
          ...(unavailable !== undefined && { unavailable }),
        };
      }),
  );
}

/** e.g. "has used up its quota until 14:32"; undefined = nothing is known against it. */
export function healthWords(health: Health): string | undefined {
  if (health.kind !== 'held') return undefined;
  return l10n.t('{0} until {1}', heldWords(health.error), clockTime(health.until, Date.now()));
}
