import { readFile, rm, writeFile } from 'node:fs/promises';
import { isObject } from '../util/json.ts';

/** Runs `work` unless another living process holds the lock; a lock whose holder is gone is taken over. */
export async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T | 'locked'> {
  if (!(await acquire(path))) return 'locked';
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function acquire(path: string): Promise<boolean> {
  if (await create(path)) return true;
  const holder = Number(await readFile(path, 'utf8').catch(() => ''));
  if (isAlive(holder)) return false;
  await rm(path, { force: true });
  return await create(path);
}

async function create(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (isObject(error) && error['code'] === 'EEXIST') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It lives, but belongs to someone else.
    return isObject(error) && error['code'] === 'EPERM';
  }
}
