import { describe, expect, it } from 'vitest';
import { readPromptFile } from '../../src/context/prompt-file.ts';

describe('a prompt file', () => {
  it('says in its front matter what it is', () => {
    const text = `---
description: "Plan: a feature"
model: [p/large, 'p/small']
mode: agent
argument-hint: which one
---

Plan \${input:feature}.
`;
    expect(readPromptFile('plan.prompt.md', text)).toEqual({
      name: 'plan',
      description: 'Plan: a feature',
      models: ['p/large', 'p/small'],
      mode: 'agent',
      hint: 'which one',
      body: 'Plan ${input:feature}.',
    });
  });

  it.each<[string, string, object]>([
    ['no front matter', 'Just do it.', { name: 'a', models: [], body: 'Just do it.' }],
    ['an empty front matter', '---\n---\nDo.', { models: [], body: 'Do.' }],
    [
      'Windows line ends and a byte order mark',
      '\uFEFF---\r\nmodel: p/m\r\n---\r\nDo.\r\n',
      { models: ['p/m'], body: 'Do.' },
    ],
    ['values of other types', '---\ndescription: 7\nmodel: {a: 1}\n---\nDo.', { models: [], body: 'Do.' }],
    ['a name with spaces', '---\nname: My plan\n---\nDo.', { name: 'My-plan' }],
    ['a rule in its text', 'One\n---\nTwo', { body: 'One\n---\nTwo' }],
  ])('with %s is read', (_, text, expected) => {
    const read = readPromptFile('a.prompt.md', text);
    expect(read).toMatchObject(expected);
    expect(read.problem).toBeUndefined();
  });

  it.each([
    ['broken YAML', '---\ndescription: "half\nmodel: p/m\nmode: : [\n---\nDo.'],
    ['a list', '---\n- a\n- b\n---\nDo.'],
    [
      'aliases that grow without end',
      `---\na: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c, *c, *c]\nmodel: p/m\n---\nDo.`,
    ],
  ])('with %s in front can be sent all the same, and says so', (_, text) => {
    const read = readPromptFile('a.prompt.md', text);
    expect(read.body).toBe('Do.');
    expect(read.problem).toMatch(/\S/);
  });

  it('with broken YAML keeps what plainly stands there', () => {
    const { models } = readPromptFile('a.prompt.md', '---\nmodel: "p/m"\nmode: : [\n---\nDo.');
    expect(models).toEqual(['p/m']);
  });
});
