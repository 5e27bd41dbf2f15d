import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Hole } from '../../src/completion/asked.ts';
import { budgetFor } from '../../src/completion/budget.ts';
import { fimTemplates } from '../../src/completion/fim-templates.ts';
import { holeAt } from '../../src/completion/hole-at.ts';
import { PromptSpeed } from '../../src/completion/prompt-speed.ts';
import { askFor } from '../../src/completion/template.ts';
import type { Model } from '../../src/llm/model.ts';
import { DrawnDocument } from './drawn.ts';
import { infillModel } from './scripted-models.ts';
import '../support/property-seed.ts';

const families = fimTemplates.map(({ family }) => family);
const forms: readonly (readonly [string, Model])[] = [
  ...[...families, 'infill', 'chat'].map((fim) => [fim, { ...infillModel, facts: { fim } }] as const),
  ['llama.cpp', { ...infillModel, completion: 'llamacpp-infill' }],
];

const line = fc.stringMatching(/^[ -z]{0,60}$/).map((text) => `${text}\n`);
const lines = fc.array(line, { maxLength: 150 }).map((texts) => texts.join(''));
const files = fc.array(fc.record({ filename: fc.constantFrom('a.ts', 'src/b.py'), text: lines }), { maxLength: 3 });
const typing = fc.record({ before: lines, after: lines, typed: fc.stringMatching(/^[a-z ().=]{1,40}$/), files });

/** What the model is shown at each key, and where in it the text before the cursor ends. */
function shownAt({ model, before, typed, after, files: extra }: Typing): readonly Shown[] {
  const budget = budgetFor(model);
  return Array.from({ length: typed.length + 1 }, (_, keys) => {
    const document = new DrawnDocument(`${before}${typed.slice(0, keys)}|${after}`);
    const hole = holeAt(document, document, document.offset, model, 20, extra, budget);
    const asked = askFor(model, hole);
    if ('unsupported' in asked) throw new Error(asked.unsupported);
    return {
      prompt: asked.prompt,
      prefix: hole.prefix,
      cursor: asked.prompt.indexOf(hole.prefix) + hole.prefix.length,
    };
  });
}

interface Typing {
  readonly model: Model;
  readonly before: string;
  readonly typed: string;
  readonly after: string;
  readonly files: Hole['extra'];
}

interface Shown {
  readonly prompt: string;
  readonly prefix: string;
  readonly cursor: number;
}

function commonLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}

describe('from key to key a prompt stays the same up to the cursor', () => {
  it.each(forms)('%s', (_, model) => {
    fc.assert(
      fc.property(typing, (typed) => {
        const shown = shownAt({ model, ...typed });
        let moved = 0;
        shown.slice(1).forEach((next, key) => {
          const last = shown[key];
          if (!last) return;
          // The head of the window moves on by a quarter of it, once in many keys.
          if (next.prefix.startsWith(last.prefix)) {
            expect(commonLength(last.prompt, next.prompt)).toBeGreaterThanOrEqual(last.cursor);
          } else moved++;
        });
        expect(moved).toBeLessThanOrEqual(1);
      }),
      { numRuns: 40 },
    );
  });
});

describe('nine tenths of the prompt are the same at the next key', () => {
  const code = Array.from({ length: 400 }, (_, number) => `const value${number} = compute(${number});\n`).join('');
  const related = Array.from({ length: 12 }, (_, file) => ({ filename: `${file}.ts`, text: code.slice(0, 1000) }));

  it.each(families.flatMap((family) => [4, 10, 40].map((speed) => [family, speed] as const)))(
    '%s, at %i characters a millisecond',
    (family, rate) => {
      const model: Model = { ...infillModel, facts: { fim: family } };
      const speed = new PromptSpeed();
      for (let request = 0; request < 4; request++) {
        speed.observe({ model: model.ref, promptCharacters: 4000, cachedCharacters: 0, firstTextMs: 4000 / rate });
      }
      const budget = budgetFor(model, speed);
      const prompts = ['const next = ', 'const next = c', 'const next = co'].map((typed) => {
        const document = new DrawnDocument(`${code}${typed}|\n${code}`);
        const asked = askFor(model, holeAt(document, document, document.offset, model, 20, related, budget));
        return 'prompt' in asked ? asked.prompt : '';
      });
      const shares = prompts.slice(1).map((next, key) => commonLength(prompts[key] ?? '', next) / next.length);
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0.9);
    },
  );
});
