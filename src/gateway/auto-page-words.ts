import { clockTime } from '../util/clock-time.ts';
import type { Decided } from './auto-chooser.ts';
import { criteria, type Scored } from './auto-decision.ts';

/** The last decisions of Auto as Markdown: what was asked for, what each model scored, and who could not serve. */
export function wordDecisions(decisions: readonly Decided[], now = Date.now()): string {
  const head = '# Auto\n\nAuto picks among the models of `tutti.auto`. Scores go from 0 to 1; weights are yours.\n';
  if (decisions.length === 0) return `${head}\nAuto has not been asked in this window yet.\n`;
  return [head, ...decisions.map((decision) => wordDecision(decision, now))].join('\n');
}

function wordDecision({ at, role, ranked, excluded, because, weights, needs }: Decided, now: number): string {
  const wanted = [
    `about ${needs.inputTokens} tokens in`,
    `${needs.outputTokens} out`,
    ...(needs.images ? ['images'] : []),
    ...(needs.tools ? ['tools'] : []),
    ...(needs.language === undefined ? [] : [needs.language]),
  ];
  const columns = criteria.map((name) => `${name} × ${weights[name]}`);
  const header = [
    `| model | total | ${columns.join(' | ')} | note |`,
    `|---|---|${columns.map(() => '---|').join('')}---|`,
  ];
  const others = excluded.map(
    ({ ref, because: why }) => `| ${ref} | – | ${columns.map(() => '–').join(' | ')} | ${why} |`,
  );
  return [
    `## ${clockTime(at, now)}, ${role} → ${ranked[0]?.ref ?? 'nobody'}`,
    '',
    `${because}. The request needs ${wanted.join(', ')}.`,
    '',
    ...header,
    ...ranked.map((scored) => row(scored, now)),
    ...others,
    '',
  ].join('\n');
}

function row({ ref, total, scores, held, cost, firstTokenMs }: Scored, now: number): string {
  const notes = [
    ...(held ? [`${held.because}${held.until === undefined ? '' : ` until ${clockTime(held.until, now)}`}`] : []),
    ...(cost === undefined ? [] : [cost === 0 ? 'free' : `≈$${cost.toPrecision(2)}`]),
    ...(firstTokenMs === undefined ? [] : [`first token ${(firstTokenMs / 1000).toFixed(1)} s`]),
  ];
  return `| ${ref} | ${total.toFixed(2)} | ${criteria.map((name) => scores[name].toFixed(2)).join(' | ')} | ${notes.join(', ')} |`;
}
