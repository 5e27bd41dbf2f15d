/** A name that stands around the cursor. */
export interface NearName {
  readonly name: string;
  /** 0 to 1: how near it stands and how seldom it is. */
  readonly weight: number;
}

const linesBefore = 60;
const linesAfter = 12;

/** Names around the cursor, nearest and rarest first. Cost depends on the window, not on the file. */
export function namesNear(prefix: string, suffix: string, most: number): readonly NearName[] {
  const before = prefix.slice(-6000).split('\n').slice(-linesBefore);
  const after = suffix.slice(0, 2000).split('\n').slice(0, linesAfter);
  const found = new Map<string, { nearness: number; count: number }>();
  const read = (line: string, distance: number): void => {
    const remark = /^\s*(?:\/\/|#|\*|\/\*|--|<!--)/.test(line) ? 0.3 : 1;
    const nearness = remark / (1 + distance / 8);
    for (const [name] of line.matchAll(identifier)) {
      if (name.length < 3 || keywords.has(name)) continue;
      const known = found.get(name);
      if (known) {
        known.count++;
        known.nearness = Math.max(known.nearness, nearness);
      } else found.set(name, { nearness, count: 1 });
    }
  };
  for (const [index, line] of before.entries()) read(line, before.length - 1 - index);
  // What follows the cursor tells a little less of what comes at it.
  for (const [index, line] of after.entries()) read(line, index === 0 ? 0 : 2 + index * 2);
  return [...found]
    .map(([name, { nearness, count }]) => ({ name, weight: (nearness * (isType(name) ? 1 : 0.85)) / count ** 0.25 }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, most);
}

export const identifier = /[A-Za-z_$\u00aa-\uffff][\w$\u00aa-\uffff]*/g;

/** Written like the name of a type in most languages. */
export function isType(name: string): boolean {
  return /^[A-Z]\w*[a-z]/.test(name);
}

/** Words that name nothing, in whichever language. */
export const keywords: ReadonlySet<string> = new Set(
  [
    'abstract and any argument arguments array as assert async await base bool boolean break byte case catch chan char class',
    'const constructor continue crate debugger declare def default defer del delete do double dyn elif else elsif end enum',
    'ensure except export extends extern false final finally float fn for foreach from func function get global go goto',
    'if impl implements import in include infer inout instanceof int interface internal is keyof lambda let local long loop',
    'match mod module mut namespace never new nil none None not null number object of operator or out override package',
    'pass private protected protocol pub public raise readonly record ref require require_relative return satisfies',
    'sealed select self Self set short sizeof static str string String struct sub super switch symbol synchronized template',
    'then this throw throws trait true True False try type typedef typename typeof undefined union unique unknown unless',
    'unsafe until use using val var virtual void volatile when where while with yield',
  ].flatMap((line) => line.split(' ')),
);
