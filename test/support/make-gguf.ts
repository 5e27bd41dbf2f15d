import { special, Vocabulary } from './byte-vocabulary.ts';
import { type GgufTensor, type GgufValue, writeGguf } from './gguf-writer.ts';

// Tiny models that llama.cpp really runs: architecture "llama", one token a byte, Qwen2.5-Coder's special tokens.

/** ChatML: a reply begins after the line break that follows "assistant". */
const chatTemplate =
  "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}" +
  "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

export interface Script {
  /** What follows the end of a chat prompt. */
  readonly reply: readonly string[];
  /** What follows the end of an infill prompt. */
  readonly infill: readonly string[];
  /** The last piece of the reply follows itself, so that it never ends. */
  readonly endless?: boolean;
  readonly contextTokens?: number;
}

export const helloReply = 'Hello from llama.cpp!';
export const addInfill = 'return a + b;\n}';

const hello: Script = {
  reply: ['Hello ', 'from ', 'llama.cpp', '!'],
  infill: ['return a', ' + b', ';', '\n}'],
};

/**
 * A model that says what its script says, piece by piece, and nothing else; pieces have to differ from one another.
 * Each token has a dimension of its own, so the output matrix is a table: which token follows which.
 */
export function scriptedModel(script: Script = hello): Buffer {
  const pieces = [...new Set([...script.reply, ...script.infill])].filter((piece) => piece.length > 1);
  const vocabulary = new Vocabulary(pieces);
  const size = vocabulary.tokens.length;
  // Divisible by the number of heads, and by twice that for the rotation of positions.
  const width = Math.ceil(size / 64) * 64;
  const strength = 1 / Math.sqrt(width);
  const embedding = new Float32Array(size * width);
  const output = new Float32Array(size * width).fill(-8 * strength);
  const follow = (token: string, next: string): void => {
    output[vocabulary.id(next) * width + vocabulary.id(token)] = 20 * strength;
  };
  for (let id = 0; id < size; id++) {
    embedding[id * width + id] = 1;
    output[vocabulary.id(special.endOfText) * width + id] = 0;
  }
  chain(['\n', ...script.reply], script.endless === true, follow);
  chain([special.middle, ...script.infill], false, follow);
  const shape = { width, layers: 1, heads: 4, hidden: 32, contextTokens: script.contextTokens ?? 4096 };
  const layers = layerTensors(shape, (length) => new Float32Array(length));
  return assemble('tiny-scripted', vocabulary, shape, embedding, output, layers);
}

/** A model that says nothing sensible but computes like a real one. The same bytes every time. */
export function randomModel(): Buffer {
  const vocabulary = new Vocabulary([]);
  const shape = { width: 64, layers: 2, heads: 4, hidden: 128, contextTokens: 4096 };
  const random = gaussian(42);
  const length = vocabulary.tokens.length * shape.width;
  const embedding = Float32Array.from({ length }, random);
  const output = Float32Array.from({ length }, () => random() / Math.sqrt(shape.width));
  const layers = layerTensors(shape, (size, inputs) =>
    Float32Array.from({ length: size }, () => random() / Math.sqrt(inputs)),
  );
  return assemble('tiny-random', vocabulary, shape, embedding, output, layers);
}

interface Shape {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly hidden: number;
  readonly contextTokens: number;
}

function chain(pieces: readonly string[], endless: boolean, follow: (token: string, next: string) => void): void {
  pieces.forEach((piece, index) => {
    follow(piece, pieces[index + 1] ?? (endless ? piece : special.turnEnd));
  });
}

function layerTensors(
  { layers, width, hidden }: Shape,
  matrix: (length: number, inputs: number) => Float32Array,
): GgufTensor[] {
  const ones = new Float32Array(width).fill(1);
  return Array.from({ length: layers }).flatMap((_, layer) => {
    const named = (name: string, dimensions: readonly number[], data: Float32Array): GgufTensor => ({
      name: `blk.${layer}.${name}.weight`,
      dimensions,
      data,
    });
    const square = (name: string): GgufTensor => named(name, [width, width], matrix(width * width, width));
    return [
      named('attn_norm', [width], ones),
      ...['attn_q', 'attn_k', 'attn_v', 'attn_output'].map(square),
      named('ffn_norm', [width], ones),
      named('ffn_gate', [width, hidden], matrix(width * hidden, width)),
      named('ffn_up', [width, hidden], matrix(width * hidden, width)),
      named('ffn_down', [hidden, width], matrix(width * hidden, hidden)),
    ];
  });
}

function assemble(
  name: string,
  vocabulary: Vocabulary,
  shape: Shape,
  embedding: Float32Array,
  output: Float32Array,
  layers: readonly GgufTensor[],
): Buffer {
  const dimensions = [shape.width, vocabulary.tokens.length];
  return writeGguf(metadata(name, vocabulary, shape), [
    { name: 'token_embd.weight', dimensions, data: embedding },
    { name: 'output_norm.weight', dimensions: [shape.width], data: new Float32Array(shape.width).fill(1) },
    { name: 'output.weight', dimensions, data: output },
    ...layers,
  ]);
}

function metadata(name: string, vocabulary: Vocabulary, shape: Shape): Record<string, GgufValue> {
  const uint32 = (value: number): GgufValue => ({ type: 'uint32', value });
  const string = (value: string): GgufValue => ({ type: 'string', value });
  const token = (text: string): GgufValue => uint32(vocabulary.id(text));
  return {
    'general.architecture': string('llama'),
    'general.name': string(name),
    'general.file_type': uint32(0),
    'general.quantization_version': uint32(2),
    'llama.vocab_size': uint32(vocabulary.tokens.length),
    'llama.context_length': uint32(shape.contextTokens),
    'llama.embedding_length': uint32(shape.width),
    'llama.block_count': uint32(shape.layers),
    'llama.feed_forward_length': uint32(shape.hidden),
    'llama.attention.head_count': uint32(shape.heads),
    'llama.attention.head_count_kv': uint32(shape.heads),
    'llama.attention.layer_norm_rms_epsilon': { type: 'float32', value: 1e-5 },
    'llama.rope.dimension_count': uint32(shape.width / shape.heads),
    'tokenizer.ggml.model': string('gpt2'),
    'tokenizer.ggml.pre': string('qwen2'),
    'tokenizer.ggml.tokens': { type: 'strings', value: vocabulary.tokens },
    'tokenizer.ggml.token_type': { type: 'int32s', value: vocabulary.types },
    'tokenizer.ggml.merges': { type: 'strings', value: [] },
    'tokenizer.ggml.bos_token_id': token(special.endOfText),
    'tokenizer.ggml.eos_token_id': token(special.turnEnd),
    'tokenizer.ggml.eot_token_id': token(special.turnEnd),
    'tokenizer.ggml.padding_token_id': token(special.endOfText),
    'tokenizer.ggml.add_bos_token': { type: 'bool', value: false },
    'tokenizer.ggml.fim_pre_token_id': token(special.prefix),
    'tokenizer.ggml.fim_suf_token_id': token(special.suffix),
    'tokenizer.ggml.fim_mid_token_id': token(special.middle),
    'tokenizer.ggml.fim_pad_token_id': token(special.pad),
    'tokenizer.ggml.fim_rep_token_id': token(special.repository),
    'tokenizer.ggml.fim_sep_token_id': token(special.file),
    'tokenizer.chat_template': string(chatTemplate),
  };
}

/** Normally distributed numbers, the same for the same seed. */
function gaussian(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    // A linear congruential generator: plenty for weights that mean nothing.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 1) / 4294967297;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
