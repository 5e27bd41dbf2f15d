/** What a secret is called for people, by the part of a rule's name that says whose it is; the first that fits. */
const names: readonly (readonly [RegExp, string])[] = [
  [/aws/i, 'AWS key'],
  [/private-?key|gcp/i, 'private key'],
  [/database/i, 'database password'],
  [/basicauth/i, 'password in an address'],
  [/slack/i, 'Slack token'],
  [/github/i, 'GitHub token'],
  [/gitlab/i, 'GitLab token'],
  [/openai/i, 'OpenAI key'],
  [/anthropic/i, 'Anthropic key'],
  [/huggingface/i, 'Hugging Face token'],
  [/npm/i, 'npm token'],
  [/hashicorp/i, 'Vault token'],
  [/1password/i, '1Password token'],
  [/sendgrid/i, 'SendGrid key'],
  [/stripe/i, 'Stripe key'],
];

export const ownKeyKind = 'key of a provider';

/** A word or two for what the rule of this id finds, e.g. `AWS key`. */
export function kindOfRule(ruleId: string): string {
  const known = names.find(([part]) => part.test(ruleId));
  if (known) return known[1];
  const vendor = ruleId.slice(ruleId.lastIndexOf('rule-') + 'rule-'.length).replaceAll('-', ' ');
  return `${vendor.charAt(0).toUpperCase()}${vendor.slice(1)} key`;
}

/** A secret that the rule set does not know. With a group in it, only the group is the secret. */
export interface SecretPattern {
  readonly kind: string;
  readonly pattern: RegExp;
  /** Looked for first, where the pattern is slow. */
  readonly within?: string;
}

/** Keys of model vendors above all: those are what lies about where models are used. */
export const morePatterns: readonly SecretPattern[] = [
  // A key id alone opens nothing, but it stands beside what does.
  { kind: 'AWS key', pattern: /\b(?:AKIA|ASIA)(?![A-Z2-7]*EXAMPLE\b)[A-Z2-7]{16}\b/g },
  { kind: 'OpenRouter key', pattern: /\bsk-or-v1-[0-9a-f]{48,}\b/g },
  { kind: 'Anthropic key', pattern: /(?<![\w-])sk-ant-[A-Za-z0-9_-]{24,}/g },
  { kind: 'OpenAI key', pattern: /(?<![\w-])sk-(?:proj-|svcacct-|admin-)?(?=[A-Za-z_-]{0,40}\d)[A-Za-z0-9_-]{32,}/g },
  { kind: 'Google key', pattern: /\bAIza[0-9A-Za-z_-]{35}/g },
  { kind: 'Google key', pattern: /\bGOCSPX-[A-Za-z0-9_-]{24,}/g },
  { kind: 'xAI key', pattern: /\bxai-[A-Za-z0-9]{40,}/g },
  { kind: 'Perplexity key', pattern: /\bpplx-[A-Za-z0-9]{32,}/g },
  { kind: 'Fireworks key', pattern: /\bfw_[A-Za-z0-9]{22,}/g },
  { kind: 'Replicate key', pattern: /\br8_[A-Za-z0-9]{32,}/g },
  { kind: 'PyPI token', pattern: /\bpypi-AgE[A-Za-z0-9_-]{48,}/g },
  { kind: 'DigitalOcean token', pattern: /\bdo[opr]_v1_[a-f0-9]{48,}/g },
  { kind: 'Stripe key', pattern: /\b[rs]k_live_[A-Za-z0-9]{20,}/g },
  { kind: 'Telegram token', pattern: /\b\d{8,10}:AA[A-Za-z0-9_-]{32,}/g },
  { kind: 'Azure key', pattern: /\b(?:AccountKey|SharedAccessKey)=([A-Za-z0-9+/]{40,}={0,2})/g },
  { kind: 'web token', pattern: /(?<![\w-])eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{16,}/g },
  { kind: 'bearer token', pattern: /\bBearer\s+([A-Za-z0-9._~+/-]{24,}=*)/g },
  // Also of a key of which the window shows only the beginning or only the end.
  {
    kind: 'private key',
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----((?:\s|\\[nr])*[A-Za-z0-9+/=\s\\]{24,})/g,
  },
  {
    kind: 'private key',
    pattern: /(?<![A-Za-z0-9+/=])((?:[A-Za-z0-9+/=]{24,}(?:\s|\\[nr])+){1,200})-----END [A-Z ]*PRIVATE KEY/g,
    within: '-----END ',
  },
];
