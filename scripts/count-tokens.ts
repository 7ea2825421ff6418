import { encode } from 'gpt-tokenizer/encoding/o200k_base';

/** Returns how many o200k tokens a text has. */
export function countTokens(text: string): number {
  return encode(text).length;
}
