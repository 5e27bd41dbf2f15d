import type { CompletionProtocol, FimForm } from '../llm/model-facts.ts';

/** Published models that were taught to fill in the middle, whatever their size, quantization and who hosts them. */
interface Row {
  /** Names a row of `completion/fim-templates.ts`. */
  readonly family: string;
  /** Of an id without maker and file ending, in lower case with hyphens. Each may stand after a maker's name. */
  readonly ids: RegExp;
  /** Relatives of the same name that were not taught it, or lost it when they were taught to chat. */
  readonly except?: RegExp;
  /** Where the maker says so. */
  readonly source: string;
}

const rows: readonly Row[] = [
  {
    // Base and instruct: the maker shows the middle with both, and for the third generation with the instruct model alone.
    family: 'qwen',
    ids: /qwen-?2\.5(\.1)?-coder|qwen-?3-coder|qwen-coder-turbo/,
    except: /qwen-?3-coder-(plus|flash)/,
    source: 'github.com/QwenLM/Qwen3-Coder README; Qwen2.5-Coder technical report',
  },
  {
    family: 'codeqwen',
    ids: /codeqwen-?1\.5|codeqwen:.*code/,
    except: /chat/,
    source: 'github.com/QwenLM/CodeQwen1.5 README, "File-Level Code Completion"',
  },
  {
    family: 'starcoder2',
    ids: /starcoder-?2/,
    except: /instruct|chat/,
    source: 'arxiv.org/abs/2402.19173, section 5.1',
  },
  {
    family: 'starcoder',
    ids: /starcoder(base|plus)?([-:]|$)|tiny-starcoder/,
    except: /starcoder-?2|instruct|chat/,
    source: 'huggingface.co/bigcode/starcoder, "Fill-in-the-middle"',
  },
  {
    family: 'santacoder',
    ids: /santacoder/,
    source: 'huggingface.co/bigcode/santacoder, "Fill-in-the-middle"',
  },
  {
    // Its tokenizer is StarCoder's.
    family: 'starcoder',
    ids: /refact-1[-.]6b-fim/,
    source: 'huggingface.co/smallcloudai/Refact-1_6B-fim',
  },
  {
    family: 'stable-code',
    ids: /stable-code-3b|stable-code:3b-code|stablecode-completion/,
    except: /instruct/,
    source: 'huggingface.co/stabilityai/stable-code-3b',
  },
  {
    // Only these two sizes, and not those specialized for Python.
    family: 'codellama',
    ids: /codellama[-:](7|13)b|codellama:code$/,
    except: /python/,
    source: 'github.com/meta-llama/codellama README, "Code Infilling"',
  },
  {
    family: 'deepseek',
    ids: /deepseek-coder-v2|deepseek-coder[-:].*base/,
    source: 'github.com/deepseek-ai/DeepSeek-Coder README; DeepSeek-Coder-V2 README, "Code Insertion"',
  },
  {
    family: 'codestral',
    ids: /codestral/,
    except: /mamba|embed/,
    source:
      'github.com/mistralai/cookbook, tokenization; huggingface.co/mistralai/Mamba-Codestral-7B-v0.1/discussions/2',
  },
  {
    family: 'granite',
    ids: /granite-?4/,
    except: /vision|speech|embed|docling/,
    source: 'ibm.com/granite/docs, prompt engineering guide for Granite 4.0',
  },
  {
    family: 'granite-code',
    ids: /granite-(3b|8b|20b|34b)-code-base|granite-code:.*base/,
    source: 'huggingface.co/ibm-granite/granite-3b-code-base-2k',
  },
  {
    // What is called 7b at Ollama is the one that chats.
    family: 'codegemma',
    ids: /codegemma-(1\.1-)?[27]b|codegemma:(2b|(7b-)?code)/,
    except: /-it([-:.]|$)|instruct/,
    source: 'ai.google.dev/gemma/docs/codegemma/prompt-structure',
  },
  {
    family: 'seed-coder',
    ids: /seed-coder-8b-base/,
    source: 'huggingface.co/ByteDance-Seed/Seed-Coder-8B-Base',
  },
  {
    family: 'mellum',
    ids: /mellum-4b/,
    source: 'huggingface.co/JetBrains/Mellum-4b-base; arxiv.org/abs/2510.05788',
  },
  {
    family: 'codegeex4',
    ids: /codegeex-?4/,
    source: 'github.com/THUDM/CodeGeeX4, guides/Infilling_guideline.md',
  },
  {
    family: 'aixcoder',
    ids: /aixcoder-7b/,
    except: /v2|instruct/,
    source: 'github.com/aixcoder-plugin/aiXcoder-7B, hf_mini/utils.py',
  },
];

/** Made from a model that fills in the middle, for other work. */
const otherWork = /embed|rerank|reward|distill/;

/** The family of FIM tokens a published model was taught; undefined = none is known. */
export function publishedFamily(id: string): string | undefined {
  const name = plainName(id);
  if (otherWork.test(name)) return undefined;
  return rows.find(({ ids, except }) => matches(ids, name) && except?.test(name) !== true)?.family;
}

/** A name within another word is another name. */
function matches(ids: RegExp, name: string): boolean {
  return new RegExp(`(?:^|[-.:])(?:${ids.source})`).test(name);
}

/** `hf.co/Qwen/Qwen2.5-Coder-1.5B-GGUF:Q8_0`, a file's path and a host's own spelling name the same model. */
function plainName(id: string): string {
  const last = id.split(/[\\/]/).findLast((part) => part !== '') ?? '';
  return last
    .toLowerCase()
    .replace(/\.gguf$/, '')
    .replaceAll('_', '-')
    .replace(/(\d)p(\d)/g, '$1.$2');
}

/** Whose word counts more, where a model's family is published and the endpoint's list says something else. */
const knowsBetter: Readonly<Record<CompletionProtocol, 'list' | 'family' | 'endpoint'>> = {
  'openai-completions': 'list',
  // The list tells of the template of prompt and suffix only; a raw prompt goes past that and carries other files.
  'ollama-generate': 'family',
  // Makes the prompt itself, from the tokens in the model's own file.
  'llamacpp-infill': 'endpoint',
  embedded: 'endpoint',
};

export interface CompletionDoor {
  readonly protocol: CompletionProtocol;
  /** The address takes a prefix and a suffix and forms the prompt itself. */
  readonly ownForm: boolean;
}

/** How a published model takes completions behind such a door; undefined = as the door or its list says. */
export function publishedForm(id: string, door: CompletionDoor, listed: FimForm | undefined): FimForm | undefined {
  const better = knowsBetter[door.protocol];
  if (better === 'endpoint' || (better === 'list' && listed !== undefined)) return undefined;
  const family = publishedFamily(id);
  return family !== undefined && door.ownForm ? 'infill' : family;
}
