// Counted against o200k in scripts/tokens.test.ts: the estimate errs to the high side. A real
// tokenizer would cost a megabyte and a slow start for what only has to keep an answer bounded.
const kinds: readonly { pattern: string; charactersPerToken: number }[] = [
  { pattern: '[A-Z]?[a-z]+', charactersPerToken: 4 },
  { pattern: '[A-Z]+', charactersPerToken: 1.5 },
  { pattern: '[0-9]+', charactersPerToken: 3 },
  { pattern: '[!-/:-@[-`{-~]+', charactersPerToken: 2 },
  { pattern: '[\\n\\t]+', charactersPerToken: Number.POSITIVE_INFINITY },
  { pattern: '[^\\u0000-\\u007f]', charactersPerToken: 0.5 },
];
const piece = new RegExp(kinds.map(({ pattern }) => `(${pattern})`).join('|'), 'g');

/** Returns about how many tokens a model reads in a text, never far below the truth. */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const match of text.matchAll(piece)) {
    const kind = kinds.find((_, index) => match[index + 1] !== undefined);
    if (kind !== undefined)
      tokens += Math.max(1, Math.ceil(match[0].length / kind.charactersPerToken));
  }
  return tokens;
}
