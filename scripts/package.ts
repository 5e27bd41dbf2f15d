// npm run package: builds, then packs tutti.vsix.
import { buildForRelease } from './build/build.ts';
import { packageExtension } from './build/package.ts';
import { step } from './setup/step.ts';

await step('Build', buildForRelease);
await step('Package', packageExtension);
