import { join, resolve } from 'node:path';

/** The repository. */
export const root = resolve(import.meta.dirname, '../..');

/** Everything the set-up makes; can be deleted at any time. */
export const developmentFolder = join(root, '.dev');

/** What `npm run package` makes. */
export const vsixFile = join(root, 'tutti.vsix');

/** Reports and screenshots of the last test run. */
export const testResults = join(root, 'test-results');
