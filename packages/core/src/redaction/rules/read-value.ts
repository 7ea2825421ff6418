import { skipBlanks } from '../characters.ts';

/** A value of an assignment. */
export interface AssignedValue {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

const judged = 256;
const quotes = new Set(['"', "'", '`', '“', '„', '‘', '”']);
const closing: Readonly<Record<string, string>> = { '“': '”', '„': '“', '‘': '’' };
const stops = new Set([
  ' ',
  '\t',
  '\n',
  '\r',
  '"',
  "'",
  '`',
  '<',
  '>',
  ';',
  '\u001b',
  '”',
  '“',
  '’',
  '（',
  '）',
  '。',
  '、',
  '，',
  '|',
]);
// The escape character that begins a colour is what is looked for.
// oxlint-disable-next-line no-control-regex
const colour = /\u001b\[[\d;]{0,12}m|\\u001b\[[\d;]{0,12}m/y;

/** Returns the index after backslashes, codes of terminal colours and marks of emphasis. */
export function skipDecoration(text: string, from: number): number {
  let index = from;
  for (let step = 0; step < 6; step += 1) {
    const char = text[index];
    if (char === '\u001b' || (char === '\\' && text[index + 1] === 'u')) {
      colour.lastIndex = index;
      const match = colour.exec(text);
      if (match === null) return index;
      index += match[0].length;
    } else if (char === '*' || (char === '\\' && isQuoteOrEscape(text[index + 1]))) {
      index += 1;
    } else {
      return index;
    }
  }
  return index;
}

function isQuoteOrEscape(char: string | undefined): boolean {
  return char === '"' || char === "'" || char === '`' || char === '\\';
}

/** Returns true where a quotation mark stands. */
export function isQuote(text: string, index: number): boolean {
  return quotes.has(text.charAt(index));
}

/** Reads a value: between quotation marks, or up to what ends a word of a configuration. */
export function readValue(text: string, from: number, quotedOnly = false): AssignedValue | null {
  let index = skipDecoration(text, skipBlanks(text, from, 40));
  if (text[index - 1] === '*') index = skipBlanks(text, index, 4);
  // A letter before a string of Python or Rust.
  if (/[rbuf@]/.test(text.charAt(index)) && isQuote(text, index + 1)) index += 1;
  if (text.startsWith('&quot;', index)) return readUntil(text, index + 6, '&quot;');
  const quote = text.charAt(index);
  if (quotes.has(quote)) {
    const quoted = readUntil(text, index + 1, closing[quote] ?? quote);
    if (quoted !== null || quotedOnly) return quoted;
    index += 1;
  }
  if (quotedOnly) return null;
  const end = endOfWord(text, index);
  return end > index ? { start: index, end, quoted: false } : null;
}

function readUntil(text: string, start: number, mark: string): AssignedValue | null {
  const limit = Math.min(text.length, start + judged * 2);
  for (let index = start; index < limit; index += 1) {
    const char = text[index];
    if (char === '\n') return null;
    if (char === mark[0] && text.startsWith(mark, index)) {
      const end =
        text[index - 1] === '\\' && index > start ? escapedEnd(text, start, index) : index;
      return end > start ? { start, end, quoted: true } : null;
    }
  }
  return null;
}

/** Without the backslashes before the closing mark: they belong to the string around. */
function escapedEnd(text: string, start: number, index: number): number {
  let end = index;
  while (end > start && text[end - 1] === '\\') end -= 1;
  return end;
}

// The run of characters read last: who begins inside it ends where it ends. It keeps the time
// linear in a text that names a secret at every few characters of one long run.
const lastRun = { text: '', start: 0, end: 0 };

/** Forgets the text read last. */
export function forgetLastRun(): void {
  lastRun.text = '';
  lastRun.end = 0;
}

/** Returns where an unquoted value ends; marks of a sentence or a list at its end are outside. */
function endOfWord(text: string, start: number): number {
  if (lastRun.text !== text || start < lastRun.start || start >= lastRun.end) {
    let end = start;
    while (end < text.length && !stopsAt(text, end)) end += 1;
    lastRun.text = text;
    lastRun.start = start;
    lastRun.end = end;
  }
  let index = lastRun.end;
  const floor = Math.max(start, index - 8);
  while (index > floor && isClosing(text, start, index - 1)) index -= 1;
  return index;
}

const nextParameter = /&(?:amp;|&|$|\s|[\w.%[\]-]{1,40}=)/y;
const nextItem = /,(?:\s|$|["'{}[\])]|[\w.-]{1,40}[=:])/y;

function stopsAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  // Letters and digits, most of any text, need no look.
  if (code > 63 && code < 123 && code !== 92 && code !== 96) return false;
  if (code > 44 && code < 59) return false;
  const char = text.charAt(index);
  if (stops.has(char)) return true;
  if (char === '&') return test(nextParameter, text, index);
  if (char === ',') return test(nextItem, text, index);
  if (char === '%') return /^%(?:26|3[bB]|22|27|0[aAdD])/.test(text.slice(index, index + 3));
  // An escape inside a string: `\n`, `\"`.
  return char === '\\' && /[nrt"'\\u]/.test(text.charAt(index + 1));
}

function test(pattern: RegExp, text: string, index: number): boolean {
  pattern.lastIndex = index;
  return pattern.test(text);
}

const opening: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

function isClosing(text: string, start: number, index: number): boolean {
  const char = text.charAt(index);
  if ('.,:'.includes(char)) return true;
  const open = opening[char];
  return open !== undefined && !text.slice(Math.max(start, index - 256), index).includes(open);
}
