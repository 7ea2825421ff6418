/** Returns true for an ASCII digit. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Returns true for an ASCII letter. */
export function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** Returns true for an ASCII letter or digit; false past the end of a text. */
export function isWord(code: number): boolean {
  return isDigit(code) || isLetter(code);
}

function isHexDigit(code: number): boolean {
  return isDigit(code) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
}

/**
 * Returns true where something new begins: after what is no letter and no digit, after an escape
 * such as `\n`, after a percent-encoded character, after the code of a terminal colour.
 */
export function startsWord(text: string, index: number): boolean {
  if (index === 0 || !isWord(text.charCodeAt(index - 1))) return true;
  if (index >= 2 && text[index - 2] === '\\' && 'nrt'.includes(text.charAt(index - 1))) return true;
  if (index >= 3 && text[index - 3] === '%') {
    return isHexDigit(text.charCodeAt(index - 2)) && isHexDigit(text.charCodeAt(index - 1));
  }
  return text[index - 1] === 'm' && endsColour(text, index);
}

function endsColour(text: string, index: number): boolean {
  for (let back = 2; back <= 10; back += 1) {
    if (text[index - back] === '[') return text.charCodeAt(index - back - 1) === 27;
  }
  return false;
}

/** Returns the index after at most `most` spaces and tabs. */
export function skipBlanks(text: string, from: number, most: number): number {
  let index = from;
  while (index - from < most && (text[index] === ' ' || text[index] === '\t')) index += 1;
  return index;
}

/** Calls back for each occurrence of a literal; what it returns is where the search goes on. */
export function eachOccurrence(
  text: string,
  literal: string,
  visit: (index: number) => number | undefined,
): void {
  let index = text.indexOf(literal);
  while (index !== -1) {
    const next = visit(index) ?? 0;
    index = text.indexOf(literal, Math.max(next, index + literal.length));
  }
}

/** Calls back for each match of a global pattern; what it returns is where the search goes on. */
export function eachMatch(
  text: string,
  pattern: RegExp,
  visit: (match: RegExpExecArray) => number | undefined,
): void {
  // The place is kept here: a look inside `visit` may move the pattern's own.
  let from = 0;
  for (;;) {
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    if (match === null) return;
    const next = visit(match);
    from = Math.max(next ?? 0, match.index + Math.max(1, match[0].length));
  }
}

/** Returns what a sticky pattern matches at an index. */
export function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

const shortestCut = 64;
const restOfWord = /[^\s"'`,;]{1,4096}/y;

/** Returns where a value ends that was read up to a bound: judged by its head, masked to its end. */
export function endOfWord(text: string, end: number, length: number): number {
  return length < shortestCut ? end : end + Math.max(0, lengthAt(restOfWord, text, end));
}

/** Returns how many characters a sticky pattern covers at an index, or -1. */
export function lengthAt(pattern: RegExp, text: string, index: number): number {
  pattern.lastIndex = index;
  return pattern.test(text) ? pattern.lastIndex - index : -1;
}
