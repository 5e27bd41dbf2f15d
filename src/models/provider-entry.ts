import { isObject, type JsonObject, stringAt } from '../util/json.ts';

/** Where a provider is and how it is entered, as just asked for. */
export interface ProviderAccess {
  readonly vendor: string;
  readonly baseUrl?: string;
  readonly apiKey?: string;
  readonly signIn?: true;
}

/**
 * The entry of `tutti.providers` for a provider that is added, or added again with another key: what the user wrote of
 * it besides (headers, certificates, models) stays as long as the vendor is the same. The key itself is not in it.
 */
export function entryOf(before: unknown, { vendor, baseUrl, apiKey, signIn }: ProviderAccess): JsonObject {
  const isSame = isObject(before) && stringAt(before, 'vendor') === vendor;
  const { baseUrl: _, signIn: __, apiKey: reference, ...others } = isSame ? before : {};
  // A key that was just given is meant to be used, not the one in the environment.
  const keepsReference = apiKey === undefined && !signIn && reference !== undefined;
  return {
    ...others,
    vendor,
    ...(baseUrl !== undefined && { baseUrl }),
    ...(keepsReference && { apiKey: reference }),
    ...(signIn && { signIn: true }),
  };
}
