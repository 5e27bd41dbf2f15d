import type { Endpoint } from '../llm/endpoint.ts';
import type { LlmError } from '../llm/llm-error.ts';

/** Shorter values are no secrets, and blotting them out would eat ordinary words. */
const shortestSecret = 8;

/** Some vendors repeat the key they refuse; it must not get into a message, a log or the database. */
export function withoutSecrets(error: LlmError, { apiKey, headers }: Endpoint): LlmError {
  // A header's secret comes after a word such as "Bearer".
  const words = [apiKey ?? '', ...Object.values(headers)].flatMap((value) => value.split(/\s+/));
  const secrets = words.filter((word) => word.length >= shortestSecret);
  return { ...error, message: secrets.reduce((text, secret) => text.replaceAll(secret, '…'), error.message) };
}
