import { describe, expect, it } from 'vitest';
import { PolicyGate } from '../../src/gateway/policy-gate.ts';
import { PolicyInForce, type PrivacySettings } from '../../src/gateway/policy-in-force.ts';
import { type Policy, type PolicyReading, readPolicy } from '../../src/gateway/policy-read.ts';
import type { Model } from '../../src/llm/model.ts';

const path = '/etc/tutti/policy.json';
const usual: PrivacySettings = { zeroEgress: false, ownHosts: [], secrets: 'redact' };

function inForce(policy: Policy | 'broken' | 'none', settings: Partial<PrivacySettings> = {}): PolicyInForce {
  const reading: PolicyReading =
    policy === 'none'
      ? { kind: 'none' }
      : policy === 'broken'
        ? { kind: 'broken', path, reason: '"x" is no part of a policy.' }
        : { kind: 'policy', path, policy };
  return new PolicyInForce(
    () => reading,
    () => ({ ...usual, ...settings }),
  );
}

function modelAt(baseUrl: string, ref: Model['ref'] = 'p/m', local = false): Model {
  return {
    ...{ ref, id: 'm', chat: 'openai-chat', facts: {} },
    endpoint: {
      ...{ provider: 'p', vendor: 'v', baseUrl, keyHeader: 'none', headers: {}, quirks: {}, local },
      timeouts: { connectMs: 1, firstTokenMs: 1, idleMs: 1 },
    },
  };
}

const cloud = modelAt('https://api.cloud.example/v1', 'cloud/big');
const lan = modelAt('http://gpu.corp.example:8000/v1', 'lan/qwen');
const loopback = modelAt('http://127.0.0.1:11434', 'ollama/qwen', true);
const inside = modelAt('', 'embedded/tiny', true);
const others = modelAt('', 'vscode/copilot/gpt', false);
const all = { cloud, lan, loopback, inside, others };

/** The names of those that may be asked. */
function allowed(policy: PolicyInForce): string {
  return Object.entries(all)
    .filter(([, model]) => policy.modelRefused(model) === undefined)
    .map(([name]) => name)
    .join(' ');
}

describe('who may be asked', () => {
  it.each<[string, Policy | 'broken' | 'none', Partial<PrivacySettings>, string]>([
    ['without a word, all', 'none', {}, 'cloud lan loopback inside others'],
    ['an empty policy, all', {}, {}, 'cloud lan loopback inside others'],
    ['the user’s switch: this machine', 'none', { zeroEgress: true }, 'loopback inside'],
    ['and hosts of his own', 'none', { zeroEgress: true, ownHosts: ['gpu.corp.example'] }, 'lan loopback inside'],
    ['the administrator’s switch', { zeroEgress: true }, {}, 'loopback inside'],
    [
      'under which hosts the user calls his own do not count',
      { zeroEgress: true },
      { ownHosts: ['api.cloud.example', 'gpu.corp.example'] },
      'loopback inside',
    ],
    ['but the administrator’s do', { zeroEgress: true, ownHosts: ['*.corp.example'] }, {}, 'lan loopback inside'],
    ['a user cannot switch it off', { zeroEgress: true }, { zeroEgress: false }, 'loopback inside'],
    ['hosts that are allowed, and this machine', { allowedHosts: ['*.corp.example'] }, {}, 'lan loopback inside'],
    ['models of other extensions, by name', { allowedHosts: ['vscode'] }, {}, 'loopback inside others'],
    [
      'both the administrator and the user have to agree',
      { allowedHosts: ['*.corp.example', 'api.cloud.example'] },
      { zeroEgress: true, ownHosts: ['gpu.corp.example'] },
      'lan loopback inside',
    ],
    ['models by name', { allowedModels: ['*/qwen', 'EMBEDDED/*'] }, {}, 'lan loopback inside'],
    ['a name is no pattern of another kind', { allowedModels: ['cloud.big', 'cloud/bi'] }, {}, ''],
    ['none', { allowedModels: [] }, {}, ''],
    ['a policy nobody can read: only this machine', 'broken', { ownHosts: ['gpu.corp.example'] }, 'loopback inside'],
  ])('%s', async (_, policy, settings, expected) => {
    const rules = inForce(policy, settings);
    expect(allowed(rules)).toBe(expected);
    const gate = new PolicyGate(rules);
    const request = { kind: 'chat', messages: [], parameters: {} } as const;
    for (const model of Object.values(all)) {
      const admission = await gate.admit({ role: 'chat', request }, model, request);
      const isAllowed = rules.modelRefused(model) === undefined;
      expect(admission).toMatchObject(
        isAllowed ? { kind: 'admitted' } : { error: { code: 'policy' }, nextMayServe: true },
      );
    }
  });

  it.each<[string, string | undefined, string]>([
    ['the user’s switch', inForce('none', { zeroEgress: true }).modelRefused(cloud), 'tutti.privacy.zeroEgress'],
    ['the administrator', inForce({ allowedModels: [] }).modelRefused(cloud), 'not allowed by your administrator'],
    ['the host', inForce({ allowedHosts: [] }).modelRefused(lan), 'gpu.corp.example:8000'],
    ['the broken file', inForce('broken').modelRefused(cloud), path],
  ])('the reason names %s', (_, reason, part) => {
    expect(reason).toContain(part);
  });
});

describe('what else a policy holds', () => {
  it('secrets are handled at least as carefully', () => {
    expect(inForce({ secrets: 'block' }, { secrets: 'off' }).secretsMode()).toBe('block');
    expect(inForce({ secrets: 'redact' }, { secrets: 'block' }).secretsMode()).toBe('block');
    expect(inForce('none', { secrets: 'off' }).secretsMode()).toBe('off');
    expect(inForce('broken', { secrets: 'off' }).secretsMode()).toBe('redact');
  });

  it('roles are for those who have chosen nothing', () => {
    const rules = inForce({ roles: { chat: ['lan/qwen'], completion: 'lan/coder' } });
    expect(rules.roles({ chat: 'cloud/big' })).toEqual({ chat: 'cloud/big', completion: 'lan/coder' });
    expect(rules.roles(undefined)).toEqual({ chat: ['lan/qwen'], completion: 'lan/coder' });
    expect(inForce('none').roles(undefined)).toBeUndefined();
  });

  it('a ceiling for budgets, and globs', () => {
    const rules = inForce({ budget: { perDay: 2 }, ignore: ['*.sql'], localOnly: ['src/**'] });
    expect([rules.budget(), rules.ignore(), rules.localOnly()]).toEqual([{ perDay: 2 }, ['*.sql'], ['src/**']]);
    expect([inForce('none').budget(), inForce('broken').ignore()]).toEqual([{}, []]);
  });
});

describe('a policy file', () => {
  it.each<[string, object]>([
    ['{}', { kind: 'policy', policy: {} }],
    [
      '{"allowedHosts":["a"],"zeroEgress":false,"budget":{"perDay":1},"secrets":"ask","roles":{"chat":"a/b"}}',
      { kind: 'policy', policy: { allowedHosts: ['a'], secrets: 'ask' } },
    ],
    ['', { kind: 'broken' }],
    ['[]', { kind: 'broken', reason: 'it holds no JSON object.' }],
    ['null', { kind: 'broken' }],
    ['{"allowedHost":["a"]}', { kind: 'broken', reason: '"allowedHost" is no part of a policy.' }],
    ['{"constructor":1}', { kind: 'broken', reason: '"constructor" is no part of a policy.' }],
    ['{"allowedHosts":"a"}', { kind: 'broken', reason: '"allowedHosts" has to be a list of texts.' }],
    ['{"allowedHosts":[""]}', { kind: 'broken' }],
    ['{"zeroEgress":"yes"}', { kind: 'broken', reason: '"zeroEgress" has to be true or false.' }],
    ['{"budget":{"perYear":1}}', { kind: 'broken' }],
    ['{"budget":{"perDay":-1}}', { kind: 'broken' }],
    ['{"secrets":"maybe"}', { kind: 'broken' }],
    ['{"roles":{"boss":"a/b"}}', { kind: 'broken' }],
  ])('%s', (text, expected) => {
    expect(readPolicy(path, text)).toMatchObject({ path, ...expected });
  });
});
