import type { ModelDirectory } from '../gateway/model-directory.ts';
import type { SecretKeyStore } from './key-store.ts';

/** All keys of the user's providers, from the secret store and from the environment. Never rejects: what cannot be read is left out. */
export async function ownKeys(store: SecretKeyStore, directory: ModelDirectory): Promise<readonly string[]> {
  const [kept, providers] = await Promise.all([store.all().catch(() => []), directory.providers().catch(() => [])]);
  const named = providers.flatMap(({ config }) => process.env[config.keyVariable ?? ''] ?? []);
  return [...new Set([...kept, ...named])].filter((key) => key !== '');
}
