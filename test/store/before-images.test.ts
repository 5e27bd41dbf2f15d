import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BeforeImages, mostBytesOfFile } from '../../src/store/before-images.ts';
import { databaseAt } from '../../src/store/database.ts';

describe('files as they were before edits', () => {
  let folder: string;
  let open: ReturnType<typeof databaseAt>;
  let images: BeforeImages;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tutti-images-'));
    open = databaseAt(join(folder, 'tutti.db'));
    images = new BeforeImages(open);
  });

  afterEach(async () => {
    open[Symbol.dispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it('are kept to the byte; the first one of a turn counts, with the last text', async () => {
    const bytes = Uint8Array.of(0xff, 0, 0x0d, 0x0a);
    await images.keep(
      't',
      [
        { uri: 'file:///a', before: bytes, after: 'x' },
        { uri: 'file:///new', after: 'n' },
      ],
      1,
    );
    await images.keep(
      't',
      [
        { uri: 'file:///a', before: Uint8Array.of(1), after: 'y' },
        { uri: 'file:///gone', before: Uint8Array.of() },
      ],
      2,
    );
    expect(await images.of('t')).toEqual([
      { uri: 'file:///a', before: bytes, after: 'y' },
      { uri: 'file:///gone', before: Uint8Array.of() },
      { uri: 'file:///new', after: 'n' },
    ]);
    expect(await images.latest()).toBe('t');
    await images.forget('t');
    expect(await images.of('t')).toEqual([]);
  });

  it('of an edit that was not made are as before it', async () => {
    await images.keep('t', [{ uri: 'file:///a', before: Uint8Array.of(1), after: 'x' }], 1);
    const unkeep = await images.keep(
      't',
      [
        { uri: 'file:///a', before: Uint8Array.of(2), after: 'y' },
        { uri: 'file:///b', after: 'z' },
      ],
      2,
    );
    unkeep();
    expect(await images.of('t')).toEqual([{ uri: 'file:///a', before: Uint8Array.of(1), after: 'x' }]);
    (await images.keep('u', [{ uri: 'file:///a', after: 'x' }], 3))();
    expect(await images.latest()).toBe('t');
  });

  it('of the oldest turns go when there are too many bytes, never those of the turn at hand', async () => {
    const big = new Uint8Array(mostBytesOfFile);
    for (let turn = 0; turn < 10; turn++)
      await images.keep(`t${turn}`, [{ uri: 'file:///a', before: big, after: '' }], turn);
    expect(await images.of('t0')).toEqual([]);
    expect(await images.of('t9')).toHaveLength(1);
    const kept = await Promise.all(Array.from({ length: 10 }, async (_, turn) => (await images.of(`t${turn}`)).length));
    expect(kept).toEqual([0, 0, 1, 1, 1, 1, 1, 1, 1, 1]);
  });

  it('of a file that is too big are not kept', async () => {
    await images.keep('t', [{ uri: 'file:///a', before: new Uint8Array(mostBytesOfFile + 1), after: '' }], 1);
    expect(await images.of('t')).toEqual([]);
  });
});
