import { eachMatch, matchAt, skipBlanks } from '../characters.ts';
import type { RedactionRule, ReportSpan } from '../redaction-rule.ts';
import { isOrdinary, isPasswordValue, isTokenValue, looksRandom } from '../secret-value.ts';
import { type AssignedValue, endOfWord, isQuote, readValue, skipDecoration } from './read-value.ts';
import { judgeName, type NameStrength, secretWord } from './secret-names.ts';

const namePart = /[\w.-]/;
const longestHead = 40;

/** How a value hangs on its name; the looser, the more the value itself must show. */
type Link = 'assigned' | 'exact' | 'argument' | 'sentence' | 'adjacent';

interface LinkedValue {
  readonly link: Link;
  readonly value: AssignedValue;
}

/** Values of what is called password, token, key and the like, wherever something is assigned. */
export const assignments: RedactionRule = {
  id: 'assignment',
  kind: 'secret',
  marker: '[secret]',
  level: 'off',
  needles: [],
  find: (text, report) => eachMatch(text, secretWord, (match) => judge(text, match, report)),
};

function judge(text: string, match: RegExpExecArray, report: ReportSpan): number | undefined {
  const wordEnd = match.index + match[0].length;
  const start = startOfName(text, match.index);
  const end = endOfName(text, wordEnd);
  const tail = text.slice(wordEnd, end);
  const named = judgeName(match[0], headOf(text, start, match.index), tail);
  if (named === null) return undefined;
  const linked = findValue(text, start, end);
  if (linked === null) return undefined;
  const value = linked.value;
  const raw = text.slice(value.start, value.end);
  if (!accepts(named.strength, raw, linked)) return undefined;
  const valueEnd = value.quoted ? value.end : endOfWord(text, value.start, text.length);
  report(`assignment/${named.strength}`, value.start, valueEnd);
  return valueEnd;
}

function startOfName(text: string, index: number): number {
  let start = index;
  while (start > 0 && index - start < longestHead && namePart.test(text.charAt(start - 1))) start -= 1;
  return start;
}

function endOfName(text: string, index: number): number {
  let end = index;
  while (end - index < 32 && /[\w-]/.test(text.charAt(end))) end += 1;
  return end;
}

/** What stands before the word, with one word apart from it: `api key`, `next page token`. */
function headOf(text: string, start: number, index: number): string {
  const attached = text.slice(start, index);
  if (/[A-Za-z]/.test(attached) || text[start - 1] !== ' ') return attached;
  return `${text.slice(startOfName(text, start - 1), start)}${attached}`;
}

function accepts(strength: NameStrength, raw: string, linked: LinkedValue): boolean {
  const { link, value } = linked;
  if (link === 'adjacent') return isStrong(raw) && !isOrdinary(raw, value.quoted);
  if (link === 'sentence') return isTyped(raw) && isPasswordValue(raw, { quoted: false, exact: false });
  if (strength === 'code') return /^\d{4,8}$/.test(raw);
  if (strength === 'password') {
    return isPasswordValue(raw, { quoted: value.quoted, exact: link === 'exact' });
  }
  if (strength === 'token') return isTokenValue(raw, value.quoted);
  return looksRandom(raw) && isTokenValue(raw, value.quoted);
}

/** Random beyond doubt: of both cases and digits, and long. */
function isStrong(raw: string): boolean {
  return /[a-z]/.test(raw) && /[A-Z]/.test(raw) && /\d/.test(raw) && looksRandom(raw, 20);
}

/** In a sentence the word behind `is` must look like nothing that a sentence contains. */
function isTyped(raw: string): boolean {
  return raw.length >= 8 && /\d/.test(raw) && /[A-Za-z]/.test(raw) && !/^[a-f0-9]{7,12}$/.test(raw);
}

const operator = /(?:=>|:=|[:=：＝]|->|%3[AaDd])(?!=)/y;
const typeAnnotation = /:\s{0,2}(?:string|str|String|&str|Secret|const char ?\*)\s{0,2}=(?!=)/y;
const valueField = /[\s,"'\\}{]{1,40}(?:value|Value|defaultValue|default)["'\\]{0,4}\s{0,4}[:=]/y;
const sentence =
  / {1,2}(?:(?:for|of|to|on) [\w.@-]{1,40}(?: [\w.@-]{1,30}){0,3}[, ]{1,2})?(?:it )?(?:(?:is|was|are|has been|will be)(?: (?:now|still|currently|set to|changed to|just))?|now|(?:set|changed|reset|updated) to)[: ]{1,2}/y;
const comma = /["'`]\s{0,2},\s{0,2}/y;
const index = /["'`]?\]\s{0,2}=(?!=)/y;

/** Finds what a name is given: by a sign, as an argument, as a neighbour. */
function findValue(text: string, start: number, end: number): LinkedValue | null {
  const after = skipBlanks(text, afterName(text, end), 24);
  const typed = matchAt(typeAnnotation, text, after);
  if (typed !== null) return linkedAt(text, after + typed[0].length, 'assigned', true);
  const indexed = matchAt(index, text, end);
  if (indexed !== null) return linkedAt(text, end + indexed[0].length, 'assigned');
  const sign = matchAt(operator, text, after);
  if (sign !== null) return afterSign(text, start, after, sign[0]);
  return withoutSign(text, start, end);
}

function afterName(text: string, end: number): number {
  let at = skipDecoration(text, end);
  if (isQuote(text, at)) at += 1;
  if (text.startsWith('&quot;', at)) at += 6;
  return skipDecoration(text, at);
}

function afterSign(text: string, start: number, at: number, sign: string): LinkedValue | null {
  const from = at + sign.length;
  const block = matchAt(/[ \t]{0,4}[|>][-+]?\n[ \t]{1,16}/y, text, from);
  if (block !== null) return linkedAt(text, from + block[0].length, 'assigned');
  const scheme = matchAt(/[ \t]{0,4}["']?(?:Bearer|Basic|Token|token|bearer|basic|ApiKey) /y, text, from);
  const spread = linkedAt(text, scheme === null ? from : from + scheme[0].length, 'assigned');
  if (spread === null) return null;
  return isExact(text, start, sign, spread.value) ? { ...spread, link: 'exact' } : spread;
}

/** A quoted field with a quoted value, or a line of an environment file. */
function isExact(text: string, start: number, sign: string, value: AssignedValue): boolean {
  if (value.quoted) return isQuote(text, start - 1) && sign === ':';
  const line = text.lastIndexOf('\n', start) + 1;
  const lead = text.slice(Math.max(line, start - 12), start);
  return sign === '=' && /^(?:export )?$/.test(lead) && /^[A-Z]/.test(text.charAt(start));
}

function withoutSign(text: string, start: number, end: number): LinkedValue | null {
  const opened = text[start - 1] === '<' || /<[\w:.-]{1,20}$/.test(text.slice(Math.max(0, start - 21), start));
  if (opened && text[end] === '>') return linkedAt(text, end + 1, 'assigned');
  const field = matchAt(valueField, text, end);
  if (field !== null) return linkedAt(text, end + field[0].length, 'assigned');
  const quotedAt = matchAt(comma, text, end);
  if (quotedAt !== null && /\($/.test(text.slice(Math.max(0, start - 2), start - 1))) {
    return linkedAt(text, end + quotedAt[0].length, 'argument', true);
  }
  if (text[end] === '(') return linkedAt(text, end + 1, 'argument', true);
  if (text[end] !== ' ' && text[end] !== '\t') return beside(text, end);
  if (text[start] === '-') return linkedAt(text, end, 'assigned');
  const said = matchAt(sentence, text, end);
  if (said !== null) return linkedAt(text, end + said[0].length, 'sentence');
  return beside(text, end);
}

function beside(text: string, end: number): LinkedValue | null {
  const at = skipBlanks(text, afterName(text, end), 24);
  return at === end ? null : linkedAt(text, at, 'adjacent');
}

function linkedAt(text: string, from: number, link: Link, quotedOnly = false): LinkedValue | null {
  const value = readValue(text, from, quotedOnly);
  return value === null ? null : { link, value };
}
