import * as l10n from '@vscode/l10n';
import { clockTime } from '../util/clock-time.ts';
import { hundredths, tenths } from '../util/in-language.ts';
import type { Decided } from './auto-chooser.ts';
import { criteria, type Scored } from './auto-decision.ts';
import { costWords, heldUntil } from './auto-words.ts';

/** The last decisions of Auto as Markdown: what was asked for, what each model scored, and who could not serve. */
export function wordDecisions(decisions: readonly Decided[], now = Date.now()): string {
  const head = `# ${l10n.t('Auto')}\n\n${l10n.t('Auto picks among the models of `tutti.auto`. Scores go from 0 to 1; weights are yours.')}\n`;
  if (decisions.length === 0) return `${head}\n${l10n.t('Auto has not been asked in this window yet.')}\n`;
  return [head, ...decisions.map((decision) => wordDecision(decision, now))].join('\n');
}

function wordDecision({ at, role, ranked, excluded, because, weights, needs }: Decided, now: number): string {
  const wanted = [
    l10n.t('about {0} tokens in', needs.inputTokens),
    l10n.t('{0} out', needs.outputTokens),
    ...(needs.images ? [l10n.t('images')] : []),
    ...(needs.tools ? [l10n.t('tools')] : []),
    ...(needs.language === undefined ? [] : [needs.language]),
  ];
  const columns = criteria.map((name) => `${name} × ${weights[name]}`);
  const header = [
    `| ${[l10n.t('model'), l10n.t('total'), ...columns, l10n.t('note')].join(' | ')} |`,
    `|---|---|${columns.map(() => '---|').join('')}---|`,
  ];
  const others = excluded.map(
    ({ ref, because: why }) => `| ${ref} | – | ${columns.map(() => '–').join(' | ')} | ${why} |`,
  );
  return [
    `## ${clockTime(at, now)}, ${role} → ${ranked[0]?.ref ?? l10n.t('nobody')}`,
    '',
    l10n.t('{0}. The request needs {1}.', because, wanted.join(', ')),
    '',
    ...header,
    ...ranked.map((scored) => row(scored, now)),
    ...others,
    '',
  ].join('\n');
}

function row({ ref, total, scores, held, cost, firstTokenMs }: Scored, now: number): string {
  const notes = [
    ...(held ? [heldUntil(held, now)] : []),
    ...(cost === undefined ? [] : [costWords(cost)]),
    ...(firstTokenMs === undefined ? [] : [l10n.t('first token {0}', `${tenths(firstTokenMs / 1000)} s`)]),
  ];
  return `| ${ref} | ${hundredths(total)} | ${criteria.map((name) => hundredths(scores[name])).join(' | ')} | ${notes.join(', ')} |`;
}
