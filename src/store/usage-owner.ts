import { hostname } from 'node:os';

/**
 * Names the process that waits for a request's end. The number of a process comes again one day, so each has a word of
 * its own besides; a folder may be shared by containers, whose numbers say nothing to each other.
 */
export const thisProcess = `${hostname()} ${process.pid} ${crypto.randomUUID()}`;

/** No request takes longer: what began before that is over, whoever waits for it. */
const longestMs = 6 * 60 * 60 * 1000;

/** Whether the process may still be there to tell how a request ended that began `at`. */
export function maySettle(owner: string, at: number, now: number): boolean {
  if (owner === thisProcess) return true;
  if (now - at > longestMs) return false;
  const [host, pid] = owner.split(' ');
  if (host !== hostname()) return true;
  // This number is ours, so whoever had it before is gone.
  if (Number(pid) === process.pid) return false;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
