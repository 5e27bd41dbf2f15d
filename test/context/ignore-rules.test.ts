import { describe, expect, it } from 'vitest';
import { type GlobList, globRules, type IgnoreFile, ignoreRules } from '../../src/context/ignore-rules.ts';

const none = ignoreRules([], []);
const user = (...globs: readonly string[]): GlobList => ({ globs, reason: 'the user' });
const workspace = (...globs: readonly string[]): GlobList => ({ globs, reason: 'the workspace' });
const root = (text: string): IgnoreFile => ({ folder: '', text });

describe('files that hold secrets are hidden from every model', () => {
  const hidden = [
    ...['.env', 'app/.env.production', 'deploy/server.pem', 'id_rsa', '.ssh/config', 'a/b/.npmrc', 'prod.tfvars'],
    ...['/home/me/.aws/credentials', 'DEPLOY/SERVER.PEM', 'a\\b\\.env', 'x/.envrc', '.git-credentials', '.netrc'],
    ...['infra/terraform.tfstate', 'k8s/kubeconfig', 'certs/client.p12', 'a/service-account-prod.json', 'my.kdbx'],
    ...['config/master.key', 'home/.docker/config.json', '.kube/config', 'secrets.yaml', 'sub/credentials.json'],
  ];
  it.each(hidden)('%s', (path) => {
    expect(none(path)).toMatch(/secrets/);
  });

  it.each([
    ...['.env.example', 'src/environment.ts', 'keys.ts', 'id_rsa.pub', 'secrets.ts', '', '../..'],
    ...['src/.envelope', 'docker/config.json', 'monkey.ts', 'config.json', 'credentials.ts'],
  ])('not %s', (path) => {
    expect(none(path)).toBeUndefined();
  });

  it('whatever a repository or a setting says', () => {
    const rules = ignoreRules([root('!.env\n!*')], [user('!.env')]);
    expect(rules('.env')).toMatch(/secrets/);
  });
});

const own = '.tuttiignore keeps this file from every model.';

describe('who keeps a file from models', () => {
  it.each<[string, readonly IgnoreFile[], readonly GlobList[], string, string | undefined]>([
    ['a folder', [root('private/')], [], 'private/a.ts', own],
    ['a folder anywhere below', [root('private/')], [], 'src/private/deep/a.ts', own],
    ['not a file of that name', [root('private/')], [], 'src/private', undefined],
    ['an ending', [root('*.log')], [], 'src/x.log', own],
    ['one that is taken back', [root('*.log\n!kept.log')], [], 'src/kept.log', undefined],
    ['taken back and closed again', [root('*.log\n!kept.log\nkept.log')], [], 'kept.log', own],
    ['nothing in a closed folder is taken back', [root('private/\n!private/a.ts')], [], 'private/a.ts', own],
    ['but where only its content is closed', [root('private/*\n!private/a.ts')], [], 'private/a.ts', undefined],
    ['anchored, at the root', [root('/top.ts')], [], 'top.ts', own],
    ['anchored, not below', [root('/top.ts')], [], 'src/top.ts', undefined],
    ['a slash inside anchors, too', [root('src/top.ts')], [], 'a/src/top.ts', undefined],
    ['two stars', [root('**/gen/**')], [], 'a/b/gen/c/d.ts', own],
    ['one star stays in its folder', [root('a/*.ts')], [], 'a/b/c.ts', undefined],
    ['a question mark', [root('a?.ts')], [], 'ab.ts', own],
    ['a set of characters', [root('[ab].ts')], [], 'b.ts', own],
    ['a comment is none', [root('# *.ts')], [], 'a.ts', undefined],
    ['an escaped sign is a name', [root('\\#a.ts')], [], '#a.ts', own],
    ['line ends of Windows', [root('a.ts\r\nb.ts\r\n')], [], 'a.ts', own],
    ['whatever its case', [root('Private/')], [], 'PRIVATE/A.TS', own],
    ['names beyond ASCII', [root('größe/')], [], 'größe/a.ts', own],
    [
      'a file of its own folder',
      [{ folder: 'packages/one', text: 'data/' }],
      [],
      'packages/one/data/a',
      `packages/one/${own}`,
    ],
    ['not of the next folder', [{ folder: 'packages/one', text: 'data/' }], [], 'packages/two/data/a', undefined],
    ['not of a folder whose name begins so', [{ folder: 'one', text: '*' }], [], 'one-more/a.ts', undefined],
    [
      'a file below cannot open what one above has closed',
      [root('*.sql'), { folder: 'db', text: '!*.sql' }],
      [],
      'db/a.sql',
      own,
    ],
    ['the user', [], [user('**/*.sql')], 'db/schema.sql', 'the user'],
    ['a workspace cannot open what the user has closed', [], [user('*.sql'), workspace('!*.sql')], 'a.sql', 'the user'],
    ['a workspace may close more', [], [user('*.sql'), workspace('*.csv')], 'a.csv', 'the workspace'],
    ['a repository cannot open what a setting has closed', [root('!*.sql')], [user('*.sql')], 'a.sql', 'the user'],
    ['a setting cannot open what a repository has closed', [root('*.sql')], [user('!*.sql')], 'a.sql', own],
    ['an empty line closes nothing', [root('\n\n')], [user('')], 'a.sql', undefined],
    ['a place outside, by its name', [], [user('outside.ts')], '/elsewhere/outside.ts', 'the user'],
    ['a way around by dots is the same file', [root('private/')], [], './private/../private/a.ts', own],
  ])('%s', (_, files, lists, path, expected) => {
    expect(ignoreRules(files, lists)(path)).toBe(expected);
  });
});

it('globs alone, without the built-in list', () => {
  const rules = globRules([user('src/**'), workspace('.env')]);
  expect([rules('src/a.ts'), rules('.env'), rules('b.ts')]).toEqual(['the user', 'the workspace', undefined]);
});
