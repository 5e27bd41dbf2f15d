import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PolicyFile, policyPlaces } from '../../src/host/policy-file.ts';

describe('where an administrator puts a policy', () => {
  it.each<[NodeJS.Platform, Record<string, string>, readonly string[]]>([
    ['linux', {}, ['/etc/tutti/policy.json']],
    ['darwin', {}, ['/Library/Application Support/Tutti/policy.json']],
    ['win32', {}, ['C:\\ProgramData\\Tutti\\policy.json']],
    // What a user can say of the environment does not hide what stands in the usual place.
    ['win32', { ProgramData: 'D:\\Mine' }, ['C:\\ProgramData\\Tutti\\policy.json', 'D:\\Mine\\Tutti\\policy.json']],
    ['linux', { TUTTI_POLICY_FILE: '/tmp/p.json' }, ['/etc/tutti/policy.json', '/tmp/p.json']],
  ])('%s %j', (platform, environment, expected) => {
    expect(policyPlaces(platform, environment)).toEqual(expected);
  });
});

describe('reading it', () => {
  let folder: string;
  let now = 0;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tutti-policy-'));
    now = 0;
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const at = (name: string): string => join(folder, name);
  const open = (...names: readonly string[]): PolicyFile => new PolicyFile(names.map(at), () => now);

  it('none is there', () => {
    expect(open('a', 'b').current()).toEqual({ kind: 'none' });
  });

  it('the first that is there counts, with or without a mark of its encoding', async () => {
    await writeFile(at('b'), '\uFEFF{"zeroEgress":true}');
    await writeFile(at('c'), '{"zeroEgress":false}');
    expect(open('a', 'b', 'c').current()).toEqual({ kind: 'policy', path: at('b'), policy: { zeroEgress: true } });
  });

  it('one that cannot be read is broken, and does not make room for the next', async () => {
    await writeFile(at('c'), '{}');
    await writeFile(at('a'), '{"zeroEgress":');
    expect(open('a', 'c').current()).toMatchObject({ kind: 'broken', path: at('a') });
    // A folder in the place of the file.
    expect(new PolicyFile([folder, at('c')], () => now).current()).toMatchObject({ kind: 'broken', path: folder });
  });

  it('a change is seen, and told once', async () => {
    const file = open('a');
    let told = 0;
    file.onDidChange(() => told++);
    expect(file.current()).toEqual({ kind: 'none' });
    await writeFile(at('a'), '{"secrets":"block"}');
    expect(file.current()).toEqual({ kind: 'none' });
    now += 2000;
    expect(file.current()).toMatchObject({ policy: { secrets: 'block' } });
    now += 2000;
    expect([file.current().kind, told]).toEqual(['policy', 1]);
    await rm(at('a'));
    now += 2000;
    expect([file.current().kind, told]).toEqual(['none', 2]);
  });
});
