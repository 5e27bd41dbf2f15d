import { expect, it } from 'vitest';
import { imageTypeOf } from '../../src/context/image-type.ts';

it.each([
  ['image/png', '89504e470d0a1a0a00'],
  ['image/jpeg', 'ffd8ffe000'],
  ['image/gif', '474946383961'],
  ['image/webp', '524946460000000057454250'],
  [undefined, '3c73766720'],
  [undefined, '524946460000000041564920'],
  [undefined, ''],
])('%s', (type, hex) => {
  expect(imageTypeOf(Uint8Array.from(Buffer.from(hex, 'hex')))).toBe(type);
});
