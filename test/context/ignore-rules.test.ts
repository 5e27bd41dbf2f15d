import { describe, expect, it } from 'vitest';
import { ignoreRules } from '../../src/context/ignore-rules.ts';

const none = ignoreRules([], []);

describe('files that hold secrets are hidden from every model', () => {
  const hidden = [
    '.env',
    'app/.env.production',
    'deploy/server.pem',
    'id_rsa',
    '.ssh/config',
    'a/b/.npmrc',
    'prod.tfvars',
  ];
  it.each([...hidden, '/home/me/.aws/credentials', 'DEPLOY/SERVER.PEM', 'a\\b\\.env'])('%s', (path) => {
    expect(none(path)).toMatch(/secrets/);
  });

  it.each(['.env.example', 'src/environment.ts', 'keys.ts', 'id_rsa.pub', 'secrets.ts', '', '../..'])(
    'not %s',
    (path) => {
      expect(none(path)).toBeUndefined();
    },
  );

  it('whatever a repository or a setting says', () => {
    const rules = ignoreRules([{ folder: '', text: '!.env\n!*' }], ['!.env']);
    expect(rules('.env')).toMatch(/secrets/);
  });
});

describe('a .tuttiignore', () => {
  it('hides what it names, as .gitignore does', () => {
    const rules = ignoreRules([{ folder: '', text: 'private/\n*.log\n!kept.log\n/top.ts\n' }], []);
    expect(rules('private/a.ts')).toBe('.tuttiignore keeps this file from every model.');
    expect(rules('src/x.log')).toBeDefined();
    expect(rules('src/kept.log')).toBeUndefined();
    expect(rules('top.ts')).toBeDefined();
    expect(rules('src/top.ts')).toBeUndefined();
  });

  it('holds for its own folder', () => {
    const rules = ignoreRules([{ folder: 'packages/one', text: 'data/' }], []);
    expect(rules('packages/one/data/a.json')).toBe('packages/one/.tuttiignore keeps this file from every model.');
    expect(rules('packages/two/data/a.json')).toBeUndefined();
  });
});

it('the setting hides what it names', () => {
  expect(ignoreRules([], ['**/*.sql'])('db/schema.sql')).toMatch(/tutti\.privacy\.ignore/);
});
