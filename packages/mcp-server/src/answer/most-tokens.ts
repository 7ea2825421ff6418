const tokensOfCharacter = 2;
const quotesAndSeparator = 6;
const longestNumber = 26;

/**
 * Returns more tokens than either form of an answer is estimated at. Most answers are far below any
 * budget, and this is a fraction of the cost of making them JSON to see it.
 * @unit tokens
 */
export function mostTokens(answer: Readonly<Record<string, unknown>>): number {
  return mostTokensOf(answer, 0);
}

/** As text, a field is written with the names of those that it stands in: its path. */
function mostTokensOf(value: unknown, pathCharacters: number): number {
  if (typeof value === 'string') return value.length * tokensOfCharacter + quotesAndSeparator;
  let tokens = quotesAndSeparator;
  if (Array.isArray(value)) {
    for (const item of value) tokens += mostTokensOf(item, pathCharacters);
    return tokens;
  }
  if (!isFields(value)) return longestNumber;
  for (const name of Object.keys(value)) {
    const path = pathCharacters + name.length;
    tokens += path * tokensOfCharacter + quotesAndSeparator + mostTokensOf(value[name], path);
  }
  return tokens;
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
