import { expect, it } from 'vitest';
import { isOnHost } from '../../src/util/host-pattern.ts';

it.each<[string, readonly string[], boolean]>([
  ['https://models.corp.example/v1', ['models.corp.example'], true],
  ['https://MODELS.corp.example/v1', ['Models.Corp.Example'], true],
  ['https://models.corp.example:8443/v1', ['models.corp.example'], true],
  ['https://models.corp.example:8443/v1', ['models.corp.example:8443'], true],
  ['https://models.corp.example/v1', ['models.corp.example:8443'], false],
  ['https://models.corp.example/v1', ['models.corp.example:443'], true],
  ['http://models.corp.example/v1', ['models.corp.example:443'], false],
  ['https://a.b.corp.example', ['*.corp.example'], true],
  ['https://corp.example', ['*.corp.example'], false],
  ['https://evilcorp.example', ['*.corp.example'], false],
  ['https://corp.example.evil.example', ['corp.example', '*.corp.example'], false],
  ['https://corp.example@evil.example/', ['corp.example'], false],
  ['http://10.0.0.7:8000/v1', ['10.0.0.7'], true],
  ['http://[fd00::7]:8000/v1', ['[fd00::7]'], true],
  ['http://[fd00::7]:8000/v1', ['[fd00::7]:8000'], true],
  ['ftp://corp.example', ['corp.example'], false],
  ['corp.example', ['corp.example'], false],
  ['https://corp.example', ['', ' ', '*'], false],
  ['https://corp.example', [], false],
])('%s is on one of %j: %s', (url, patterns, expected) => {
  expect(isOnHost(url, patterns)).toBe(expected);
});
