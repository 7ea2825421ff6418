import { eachOccurrence, isWord, matchAt } from '../characters.ts';
import type { RedactionRule } from '../redaction-rule.ts';
import { shapeOf } from '../secret-value.ts';

const longestPrefix = 40;
const shortestBody = 36;
const body = /[A-Za-z0-9]{36,256}(?![A-Za-z0-9])/y;
const filler = /[xX]{6}|0{12}/;

/**
 * Tokens of issuers that nobody listed: a word, an underscore and so many characters of both cases and
 * digits as no name has and no digest, which are written in one case.
 */
export const prefixedTokens: RedactionRule = {
  id: 'token-prefixed',
  kind: 'secret',
  marker: '[secret]',
  level: 'off',
  begins: ['abc_', 'abc_aB3dE5fG7hJ9kL1mN3pQ5r'],
  needles: ['_'],
  needsDigit: true,
  find: (text, report) => {
    let seenUpTo = 0;
    eachOccurrence(text, '_', (index) => {
      const next = index + 1;
      if (next + shortestBody > text.length) return text.length;
      // Most names end sooner: a look at two characters spares the pattern.
      if (!isWord(text.charCodeAt(next)) || !isWord(text.charCodeAt(next + 24))) return undefined;
      const match = matchAt(body, text, next);
      if (match === null) return undefined;
      const end = next + match[0].length;
      const start = startOfPrefix(text, index, seenUpTo);
      seenUpTo = end;
      if (start === index || !isIssued(match[0])) return end;
      report('token/prefixed', start, end);
      return end;
    });
  },
};

function startOfPrefix(text: string, index: number, floor: number): number {
  const first = Math.max(floor, index - longestPrefix);
  let start = index;
  while (start > first && (isWord(text.charCodeAt(start - 1)) || text[start - 1] === '_'))
    start -= 1;
  return start;
}

/** Characters as a generator gives them: of each kind enough, and the kinds in no order. */
function isIssued(value: string): boolean {
  const { digits, upper, lower, distinct, changes, length } = shapeOf(value);
  const mixed = digits >= 2 && upper >= 6 && lower >= 6 && distinct >= 18;
  return mixed && changes * 5 >= length * 2 && !filler.test(value);
}
