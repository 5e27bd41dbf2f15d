import { describe, expect, it } from 'vitest';
import type { LocalModel } from '../../src/inference/model-files.ts';
import { preferredModel } from '../../src/inference/preferred-model.ts';

const giga = 1e9;

function model(id: string, gigabytes: number, fim: 'infill' | 'chat', present = true): LocalModel {
  const fileBytes = gigabytes * giga;
  return { id, path: id, present, facts: { fim, fileBytes, memoryBytes: fileBytes + giga } };
}

const tiny = model('tiny', 0.1, 'chat');
const small = model('small', 0.7, 'infill');
const middle = model('middle', 2, 'infill');
const large = model('large', 4.7, 'infill');

describe('the preferred model on disk', () => {
  it.each<[string, readonly LocalModel[], 'chat' | 'completion', number, string | undefined]>([
    ['for a chat is the largest', [tiny, small, large], 'chat', 32, 'large'],
    ['for a chat is the largest that fits memory', [tiny, small, large], 'chat', 8, 'small'],
    [
      'for a completion is the largest quick one that fills holes',
      [tiny, small, middle, large],
      'completion',
      32,
      'middle',
    ],
    ['for a completion is any quick one when none fills holes', [tiny, large], 'completion', 32, 'tiny'],
    ['is the smallest when none fits', [small, large], 'chat', 1, 'small'],
    ['is none that is not fetched', [tiny, model('absent', 1, 'infill', false)], 'completion', 32, 'tiny'],
    ['is none when there is none', [model('absent', 1, 'infill', false)], 'chat', 32, undefined],
  ])('%s', (_, models, kind, gigabytes, expected) => {
    expect(preferredModel(models, kind, gigabytes * giga)?.id).toBe(expected);
  });
});
