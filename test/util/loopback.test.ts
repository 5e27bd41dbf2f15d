import { expect, it } from 'vitest';
import { isLoopback } from '../../src/util/loopback.ts';

it.each([
  ['http://127.0.0.1:8080/v1', true],
  ['http://127.9.8.7', true],
  ['http://localhost:11434', true],
  ['http://models.localhost', true],
  ['http://[::1]:8000/v1', true],
  // The parser writes it out as 127.0.0.1.
  ['http://2130706433/', true],
  ['http://127.0.0.1.example.com', false],
  ['http://localhost.example.com', false],
  ['https://10.0.0.7/v1', false],
  ['https://api.example.com', false],
  ['', false],
])('%s is on this machine: %s', (url, expected) => {
  expect(isLoopback(url)).toBe(expected);
});
