import * as l10n from '@vscode/l10n';
import type { Model } from '../llm/model.ts';
import type { ModelRef } from '../llm/model-ref.ts';
import type { Request } from '../llm/request.ts';
import type { Ask } from './ask.ts';
import type { Admission, Gate } from './gate.ts';
import { ownKeyKind } from './secret-kinds.ts';
import type { SecretPlace } from './secret-scan.ts';
import type { SecretsMode } from './secrets-mode.ts';
import { withTexts } from './texts-of.ts';

export interface SecretPorts {
  readonly mode: () => SecretsMode;
  /** Keys of the user's own providers: never sent within a text, whatever the mode. Must not reject. */
  readonly ownKeys: () => Promise<readonly string[]>;
  /** What the user wants done with what was found; only asked for a chat somebody looks at. */
  readonly ask: (kinds: readonly string[], model: ModelRef) => Promise<'remove' | 'send' | 'stop'>;
}

type FindSecrets = (text: string) => readonly SecretPlace[];

/** Shorter ones are words like `ollama` or `lm-studio` that servers take for a key. */
const shortestOwnKey = 12;
/** Texts whose secrets are remembered: those of a long chat. */
const mostRemembered = 400;
const longestRemembered = 200_000;

/**
 * Nothing that opens something leaves inside of other text: it is removed, or the request is.
 * The model inside reads all: nothing leaves. A server on this machine does not, for it may pass on what it gets.
 */
export class SecretGate implements Gate {
  readonly #ports: SecretPorts;
  readonly #remembered = new Map<string, readonly SecretPlace[]>();
  /** Per chat, what the user has said of which secret. */
  readonly #answers = new Map<string, 'remove' | 'send'>();

  constructor(ports: SecretPorts) {
    this.#ports = ports;
  }

  async admit(ask: Ask, model: Model, request: Request): Promise<Admission> {
    if (isInside(model, request)) return { kind: 'admitted', request };
    const removed: string[] = [];
    const keys = (await this.#ports.ownKeys()).filter((key) => key.length >= shortestOwnKey);
    let current = withTexts(request, (text) => withoutOwnKeys(text, keys, removed));
    const mode = this.#ports.mode();
    if (mode !== 'off') {
      const { findSecrets } = await import('./secret-scan.ts');
      const find: FindSecrets = (text) => this.#find(text, findSecrets);
      const found = secretsIn(current, find);
      if (found.size > 0 && mode === 'block') return refused(found);
      const kept = mode === 'ask' ? await this.#askedFor(found, ask, model.ref) : none;
      if (kept === 'stop') return refused(found);
      current = withTexts(current, (text) => withoutSecrets(text, find(text), kept, removed));
    }
    if (removed.length === 0) return { kind: 'admitted', request: current };
    const notice = { kind: 'redacted', count: removed.length, kinds: [...new Set(removed)] } as const;
    return { kind: 'admitted', request: current, notices: [notice] };
  }

  #find(text: string, find: FindSecrets): readonly SecretPlace[] {
    const known = this.#remembered.get(text);
    if (known) return known;
    const found = find(text);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size >= mostRemembered && oldest !== undefined) this.#remembered.delete(oldest);
    if (text.length <= longestRemembered) this.#remembered.set(text, found);
    return found;
  }

  /** The secrets that may go, because the user has said so. Asked at most once a request, and of no secret twice. */
  async #askedFor(
    found: ReadonlyMap<string, string>,
    { chatId }: Ask,
    model: ModelRef,
  ): Promise<ReadonlySet<string> | 'stop'> {
    if (chatId === undefined) return none;
    const nameOf = (secret: string): string => `${chatId}\n${secret}`;
    const unanswered = [...found].filter(([secret]) => !this.#answers.has(nameOf(secret)));
    if (unanswered.length > 0) {
      const answer = await this.#ports.ask([...new Set(unanswered.map(([, kind]) => kind))], model);
      if (answer === 'stop') return 'stop';
      for (const [secret] of unanswered) this.#answers.set(nameOf(secret), answer);
    }
    return new Set([...found.keys()].filter((secret) => this.#answers.get(nameOf(secret)) === 'send'));
  }
}

const none: ReadonlySet<string> = new Set();

function isInside({ chat, completion }: Model, { kind }: Request): boolean {
  return (kind === 'chat' ? chat : completion) === 'embedded';
}

/** Each secret with its kind. */
function secretsIn(request: Request, find: FindSecrets): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  withTexts(request, (text) => {
    for (const { start, end, kind } of find(text)) found.set(text.slice(start, end), kind);
    return text;
  });
  return found;
}

function withoutSecrets(
  text: string,
  places: readonly SecretPlace[],
  kept: ReadonlySet<string>,
  removed: string[],
): string {
  let clean = '';
  let done = 0;
  for (const { start, end, kind } of places) {
    if (kept.has(text.slice(start, end))) continue;
    clean += text.slice(done, start) + placeholder(kind);
    done = end;
    removed.push(kind);
  }
  return done === 0 ? text : clean + text.slice(done);
}

function withoutOwnKeys(text: string, keys: readonly string[], removed: string[]): string {
  let clean = text;
  for (const key of keys) {
    const pieces = clean.split(key);
    if (pieces.length === 1) continue;
    clean = pieces.join(placeholder(ownKeyKind));
    for (let index = 1; index < pieces.length; index++) removed.push(ownKeyKind);
  }
  return clean;
}

function placeholder(kind: string): string {
  return `[secret removed: ${kind}]`;
}

function refused(found: ReadonlyMap<string, string>): Admission {
  const kinds = [...new Set(found.values())].join(', ');
  const message = l10n.t('What would be sent holds a secret ({0}). Nothing was sent.', kinds);
  return { kind: 'refused', error: { code: 'privacy', message, retryable: false }, nextMayServe: true };
}
