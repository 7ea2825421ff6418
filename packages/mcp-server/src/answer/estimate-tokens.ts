// Counted against o200k in scripts/tokens.test.ts: the estimate errs to the high side. A real
// tokenizer would cost a megabyte and a slow start for what only has to keep an answer bounded.
const classes = [
  { characters: 'abcdefghijklmnopqrstuvwxyz', charactersPerToken: 4 },
  { characters: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', charactersPerToken: 1.5 },
  { characters: '0123456789', charactersPerToken: 3 },
  { characters: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~', charactersPerToken: 2 },
  { characters: '\n\t', charactersPerToken: Number.POSITIVE_INFINITY },
] as const;
const lower = 1;
const upper = 2;
const otherTokens = 2;

const classOf = new Uint8Array(128);
for (const [index, { characters }] of classes.entries()) {
  for (const character of characters) classOf[character.charCodeAt(0)] = index + 1;
}

/** Returns about how many tokens a model reads in a text, never far below the truth. */
export function estimateTokens(text: string): number {
  let tokens = 0;
  let run = 0;
  let runClass = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const next = code < 128 ? (classOf[code] ?? 0) : 0;
    if (code >= 128) tokens += otherTokens;
    if (next === runClass || (runClass === upper && run === 1 && next === lower)) run += 1;
    else {
      tokens += tokensOfRun(runClass, run);
      run = 1;
    }
    runClass = next;
  }
  return tokens + tokensOfRun(runClass, run);
}

function tokensOfRun(runClass: number, length: number): number {
  const found = classes[runClass - 1];
  return found === undefined ? 0 : Math.max(1, Math.ceil(length / found.charactersPerToken));
}
