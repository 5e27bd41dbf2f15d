import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../src/gateway/secret-scan.ts';

/** What the scanner leaves of a text. */
function cleaned(text: string): string {
  let clean = '';
  let done = 0;
  for (const { start, end, kind } of findSecrets(text)) {
    clean += `${text.slice(done, start)}<${kind}>`;
    done = end;
  }
  return clean + text.slice(done);
}

const letters = 'aB3dE6gH9j';
const many = (times: number): string => letters.repeat(times);
const pem = `-----BEGIN RSA PRIVATE KEY-----\n${`${many(6)}\n`.repeat(8)}-----END RSA PRIVATE KEY-----`;

describe('what opens something is found, and no more than that', () => {
  it.each<[string, string]>([
    [`const id = "AKIAQ7T5YUI2PAS3DFGH";`, 'const id = "<AWS key>";'],
    [`aws_secret_access_key = ${many(4)}`, 'aws_secret_access_key = <AWS key>'],
    [`aws_secret_access_key = "${many(4)}" # old`, 'aws_secret_access_key = "<AWS key>" # old'],
    [`token: ghp_${many(3)}abcdef`, 'token: <GitHub token>'],
    [`glpat-${many(2)}`, '<GitLab token>'],
    [`x xoxb-123456789012-123456789012-${many(2)}abcd y`, 'x <Slack token> y'],
    [`key=sk-ant-api03-${many(9)}abcAA`, 'key=<Anthropic key>'],
    [`OPENAI_API_KEY=sk-proj-${many(6)}`, 'OPENAI_API_KEY=<OpenAI key>'],
    [`sk-or-v1-${'0123456789abcdef'.repeat(4)}`, '<OpenRouter key>'],
    [`?key=AIza${many(3)}abcde`, '?key=<Google key>'],
    [`xai-${many(6)}`, '<xAI key>'],
    [`gsk_${many(5)}ab`, '<Groq key>'],
    [`hf_${'abcdefghij'.repeat(3)}abcd`, '<Hugging Face token>'],
    [`//registry.npmjs.org/:_authToken=npm_${many(3)}abcdef`, '//registry.npmjs.org/:_authToken=<npm token>'],
    [`sk_live_${many(3)}`, '<Stripe key>'],
    [`postgres://app:hunter2secret@db.example.com:5432/app`, '<database password>'],
    [`AccountKey=${many(8)}abcdef==;End`, 'AccountKey=<Azure key>;End'],
    [`Authorization: Bearer ${many(3)}`, 'Authorization: Bearer <bearer token>'],
    [`eyJ${many(2)}.eyJ${many(3)}.${many(3)}`, '<web token>'],
  ])('%s', (text, expected) => {
    expect(cleaned(text)).toBe(expected);
  });

  it('a private key, whole or cut off by a window, with line ends or escaped ones', () => {
    for (const text of [pem, pem.slice(0, 200), pem.slice(120), pem.replaceAll('\n', '\\n')]) {
      expect(cleaned(text)).toContain('<private key>');
      expect(cleaned(text)).not.toContain(letters);
    }
  });

  it.each([
    'const key = process.env.OPENAI_API_KEY;',
    'headers: { Authorization: `Bearer ${token}` },',
    'AKIAIOSFODNN7EXAMPLE',
    'https://user@example.com/path',
    'git commit 9fceb02d0ae598e95dc970b74767f19372d61af8',
    'sk-1234',
    'import { isSecretsMode } from "./secrets-mode.ts";',
    '.sk-fading-circle-with-a-long-class-name-in-css { color: red }',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '',
  ])('not: %s', (text) => {
    expect(cleaned(text)).toBe(text);
  });

  it('a comment cannot switch it off', () => {
    expect(cleaned(`// secretlint-disable\nghp_${many(3)}abcdef`)).toContain('<GitHub token>');
  });
});
