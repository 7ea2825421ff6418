// Counted against o200k in scripts/tokens.test.ts: the estimate errs to the high side. A real
// tokenizer would cost a megabyte and a slow start for what only has to keep an answer bounded.
const lettersPerToken = 4;
const digitsPerToken = 3;
const tokensPerOtherCharacter = 2;
const piece = /[A-Za-z]+|[0-9]+|[ \t\n]+|[!-/:-@[-`{-~]+|[^\u0000-\u007f]/g;

/** Returns about how many tokens a model reads in a text, never far below the truth. */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const [match] of text.matchAll(piece)) {
    const first = match.charCodeAt(0);
    if (first > 0x7f) tokens += tokensPerOtherCharacter;
    else if (first >= 0x30 && first <= 0x39) tokens += Math.ceil(match.length / digitsPerToken);
    else if (isLetter(first)) tokens += Math.ceil(match.length / lettersPerToken);
    else if (first > 0x20) tokens += Math.ceil(match.length / 2);
    else if (match !== ' ') tokens += 1;
  }
  return tokens;
}

function isLetter(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}
