/**
 * Spellings of control tokens that are no code in any language. Tokens that may also be code
 * (`<filename>`, `[PREFIX]`, `<PRE>`) stand with the family they belong to.
 */
export const specialTokens: readonly string[] = [
  ...['<|endoftext|>', '<|end_of_text|>', '<|begin_of_text|>', '<|eot_id|>', '<|eom_id|>', '<|EOT|>', '<|end|>'],
  ...['<|im_start|>', '<|im_end|>', '<|im_sep|>', '<|user|>', '<|assistant|>', '<|system|>', '<|observation|>'],
  ...['<|start_header_id|>', '<|end_header_id|>', '<|start_of_role|>', '<|end_of_role|>'],
  ...['<|fim_prefix|>', '<|fim_suffix|>', '<|fim_middle|>', '<|fim_pad|>', '<|fim_begin|>', '<|fim_hole|>'],
  ...['<|fim_end|>', '<|repo_name|>', '<|file_sep|>', '<|file_separator|>', '<|cursor|>'],
  ...['<|code_prefix|>', '<|code_suffix|>', '<|code_middle|>', '<|return|>', '<|channel|>', '<|message|>', '<|start|>'],
  ...['<fim_prefix>', '<fim_suffix>', '<fim_middle>', '<fim_pad>', '<fim-prefix>', '<fim-suffix>', '<fim-middle>'],
  ...['<file_sep>', '<repo_name>', '<issue_start>', '<jupyter_start>', '<jupyter_code>', '<empty_output>'],
  ...['<｜fim▁begin｜>', '<｜fim▁hole｜>', '<｜fim▁end｜>', '<｜begin▁of▁sentence｜>', '<｜end▁of▁sentence｜>'],
  ...['<｜User｜>', '<｜Assistant｜>', '<[fim-suffix]>', '<[fim-prefix]>', '<[fim-middle]>'],
  ...['<[end▁of▁sentence]>', '<[begin▁of▁sentence]>', '<end_of_turn>', '<start_of_turn>'],
  ...['<EOT>', '<SUF>', '<MID>', '[INST]', '[/INST]', '<<SYS>>', '<</SYS>>'],
];

/** Tokens that only announce the answer: at its very beginning they are dropped, not obeyed. */
export const openingTokens: ReadonlySet<string> = new Set([
  ...['<|fim_middle|>', '<fim_middle>', '<fim-middle>', '<｜fim▁end｜>', '<[fim-middle]>', '<MID>', '[MIDDLE]'],
  ...['<|code_middle|>', '<|begin_of_text|>', '<｜begin▁of▁sentence｜>', '<[begin▁of▁sentence]>', '<bos>'],
  ...['<|assistant|>', '<|im_start|>', '<|start|>', '<|fim_begin|>'],
]);
