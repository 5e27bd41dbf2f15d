import { rules as ruleSet } from '@secretlint/secretlint-rule-preset-recommend';
import { kindOfRule, morePatterns } from './secret-kinds.ts';

/** Where in a text a secret stands. */
export interface SecretPlace {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
}

/** A rule of the set, as far as it is used here. */
interface Rule {
  readonly meta: { readonly id: string };
  create(context: RuleContext, options: object): { file?(source: RuleSource): unknown };
}
interface RuleContext {
  readonly sharedOptions: object;
  readonly createTranslator: () => (messageId: string) => { readonly messageId: string };
  readonly report: (found: { readonly range: readonly number[] }) => void;
  readonly ignore: () => void;
}
interface RuleSource {
  readonly content: string;
  readonly filePath: string;
  readonly ext: string;
  readonly contentType: 'text';
}

/** All but the one that lets a comment in the text switch the others off. */
const rules = (ruleSet as unknown as readonly Rule[]).filter(({ meta }) => !meta.id.endsWith('filter-comments'));

/** All secrets in a text, in order, none overlapping another. */
export function findSecrets(text: string): readonly SecretPlace[] {
  if (text.length < shortest) return [];
  const found: SecretPlace[] = [];
  const source: RuleSource = { content: text, filePath: 'text.txt', ext: '.txt', contentType: 'text' };
  for (const { meta, create } of rules) {
    const kind = kindOfRule(meta.id);
    const report: RuleContext['report'] = ({ range: [start = 0, end = 0] }) => {
      found.push({ ...wholeWord(text, start, end), kind });
    };
    const context = { sharedOptions: {}, createTranslator, report, ignore: () => undefined };
    create(context, {}).file?.(source);
  }
  for (const { kind, pattern, within } of morePatterns) {
    if (within !== undefined && !text.includes(within)) continue;
    for (const match of text.matchAll(pattern)) {
      const secret = match[1] ?? match[0];
      const start = match.index + match[0].indexOf(secret);
      found.push({ start, end: start + secret.length, kind });
    }
  }
  return withoutOverlaps(found);
}

/** No secret is shorter. */
const shortest = 12;

const createTranslator = () => (messageId: string) => ({ messageId });

/** What names the secret may be read; and a rule may have told less of it than there is. */
function wholeWord(text: string, start: number, end: number): Pick<SecretPlace, 'start' | 'end'> {
  const name = /^["']?[\w./-]*["']?\s*(?:=>|:=|=|:(?!\/\/))\s*["'`]?/.exec(text.slice(start, end))?.[0] ?? '';
  const rest = /^[A-Za-z0-9+/=_-]*/.exec(text.slice(end, end + 4096))?.[0] ?? '';
  return { start: start + name.length, end: end + rest.length };
}

function withoutOverlaps(found: readonly SecretPlace[]): readonly SecretPlace[] {
  const kept: SecretPlace[] = [];
  for (const place of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (!last || place.start >= last.end) kept.push(place);
    else if (place.end > last.end) kept[kept.length - 1] = { ...last, end: place.end };
  }
  return kept;
}
