import type { LlamaModel, Token } from 'node-llama-cpp';
import type { InfillTokens } from './infill-prompt.ts';

/** How the model families spell the tokens that set files apart. */
const repositorySpellings = ['<|repo_name|>', '<repo_name>', '<reponame>'];
const fileSpellings = ['<|file_sep|>', '<file_sep>', '<|file_separator|>', '<filename>'];

/** The tokens a model fills holes with; undefined when it cannot. */
export function infillTokensOf(model: LlamaModel): InfillTokens<Token> | undefined {
  const { prefix, suffix, middle } = model.tokens.infill;
  if (prefix === null || suffix === null) return undefined;
  const repository = firstSingle(model, repositorySpellings);
  const file = firstSingle(model, fileSpellings);
  return {
    prefix,
    suffix,
    ...(middle !== null && { middle }),
    ...(repository !== undefined && { repository }),
    ...(file !== undefined && { file }),
  };
}

/** The first spelling that is one token in this vocabulary. */
function firstSingle(model: LlamaModel, spellings: readonly string[]): Token | undefined {
  for (const spelling of spellings) {
    const [token, ...more] = model.tokenize(spelling, true);
    if (token !== undefined && more.length === 0) return token;
  }
  return undefined;
}
