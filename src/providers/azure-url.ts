import type { Address } from '../llm/vendor.ts';

/**
 * Any address that Azure's pages show for a resource: its endpoint, a project's, a deployment's "Target URI", with or
 * without `api-version`. All lead to the one API without versions; a deployment is named by it, not by its model.
 */
export function readAzureAddress(pasted: string): Address {
  const url = new URL(pasted);
  const form = forms.find(({ path }) => path.test(url.pathname));
  const deployment = /\/deployments\/([^/]+)/.exec(url.pathname)?.[1];
  return {
    baseUrl: url.origin + (form?.base ?? ''),
    ...(form?.chat && { chat: form.chat }),
    ...(deployment !== undefined && { model: decodeURIComponent(deployment) }),
  };
}

interface Form extends Pick<Address, 'chat'> {
  readonly path: RegExp;
  readonly base: string;
}

/** First match wins. */
const forms: readonly Form[] = [
  { path: /^\/anthropic(\/|$)/, base: '/anthropic', chat: 'anthropic-messages' },
  // The address names the older of the two wires, and what is deployed behind it may know no other.
  { path: /\/chat\/completions$/, base: '/openai/v1', chat: 'openai-chat' },
  { path: /^/, base: '/openai/v1' },
];
