import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, tail } from './run.ts';
import { SetupError, type StepResult } from './step.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'];

const { PROGRAMFILES = 'C:\\Program Files', LOCALAPPDATA = '', HOME = '' } = process.env;
const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  join(HOME, 'Applications/Google Chrome.app/Contents/MacOS/Google Chrome'),
  join(PROGRAMFILES, 'Google\\Chrome\\Application\\chrome.exe'),
  join(LOCALAPPDATA, 'Google\\Chrome\\Application\\chrome.exe'),
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** A Chromium of this machine: TUTTI_CHROMIUM if set, else from the PATH, else from where installers put it. */
export function findChromium(): string | undefined {
  const named = process.env['TUTTI_CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
  return [...onPath, ...usualPlaces].find((path) => existsSync(path));
}

/** Finds the browser that the tests look at VS Code with; on Debian and as root it is installed when missing. */
export async function prepareChromium(): Promise<StepResult> {
  const found = findChromium();
  if (found !== undefined && existsSync(found)) return false;
  if (found !== undefined)
    throw new SetupError(`TUTTI_CHROMIUM names ${found}, which does not exist.`, 'Correct it or unset it.');

  const byHand = 'Install Chromium or Chrome, or name one in the environment variable TUTTI_CHROMIUM.';
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    throw new SetupError('No Chromium was found, and it cannot be installed from here.', byHand);
  await aptGet(['update'], byHand);
  await aptGet(['install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], byHand);
  return 'installed by apt-get';
}

async function aptGet(parameters: readonly string[], nextStep: string): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { code, output } = await run('apt-get', parameters, { env });
  if (code !== 0) throw new SetupError(tail(output), nextStep);
}
