import { eachMatch, isWord, lengthAt, matchAt, skipBlanks } from '../characters.ts';
import type { RedactionRule, ReportSpan } from '../redaction-rule.ts';
import { isOrdinary, isPasswordValue, isTokenValue, looksRandom } from '../secret-value.ts';
import { DenseRun } from './dense-run.ts';
import {
  type AssignedValue,
  forgetLastRun,
  isQuote,
  readValue,
  skipDecoration,
} from './read-value.ts';
import { judgeName, type NameStrength, secretWord } from './secret-names.ts';

const longestHead = 40;
const longestJudged = 256;
// In a text that names secrets at every turn, and means none, only so many are judged with care.
const charactersPerJudgement = 40;

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
  begins: ['password=', 'token: ', 'api_key="', 'secret', 'pat=', '"password": "'],
  needles: [],
  find: (text, report) => {
    const dense = new DenseRun();
    let budget = 256 + text.length / charactersPerJudgement;
    eachMatch(text, secretWord, (match) => {
      if (budget <= 0) return judgeQuickly(text, match, report);
      const end = judge(text, match, dense, report);
      budget -= 1;
      return end;
    });
    forgetLastRun();
  },
};

const quickValue = /["'\]]{0,2} ?[:=]{1,2} ?["']?([^\s"'&;,[<{$(][^\s"'&;,]{7,255})/y;
const restOfQuickValue = /[^\s"'&;,]*/y;

/** Without care, so in doubt it is a secret: whatever follows a sign and holds a digit. */
function judgeQuickly(
  text: string,
  match: RegExpExecArray,
  report: ReportSpan,
): number | undefined {
  const from = match.index + match[0].length;
  const found = matchAt(quickValue, text, from);
  if (found === null) return undefined;
  const judged = from + found[0].length;
  if (!/\d/.test(found[1] ?? '')) return judged;
  const end = judged + Math.max(0, lengthAt(restOfQuickValue, text, judged));
  report('assignment/dense', judged - (found[1] ?? '').length, end);
  return end;
}

function judge(
  text: string,
  match: RegExpExecArray,
  dense: DenseRun,
  report: ReportSpan,
): number | undefined {
  const wordEnd = match.index + match[0].length;
  if (goesOn(text.charCodeAt(wordEnd))) return undefined;
  const end = endOfName(text, wordEnd);
  if (!mayLink(text, end)) return undefined;
  const start = startOfName(text, match.index);
  // The kind of a resource in its full name: `arn:aws:secretsmanager:eu-west-1:1:secret:name`.
  if (text[start - 1] === ':' && resourceName.test(text.slice(Math.max(0, start - 80), start)))
    return undefined;
  const tail = text.slice(wordEnd, end);
  const strength = judgeName(match[0], headOf(text, start, match.index), tail);
  if (strength === null) return undefined;
  const linked = findValue(text, start, end);
  if (linked === null) return undefined;
  const { value } = linked;
  const raw = text.slice(value.start, Math.min(value.end, value.start + longestJudged));
  const crowded = dense.isCrowded(value.end);
  // A word that names secret after secret is not worth the time: a digit in it, and it goes whole.
  if (crowded && !/\d/.test(raw)) return Math.min(value.end, value.start + longestJudged);
  if (!crowded && !accepts(strength, raw, linked)) {
    dense.reject(value.end);
    return undefined;
  }
  report(`assignment/${strength}`, value.start, value.end);
  return value.end;
}

const resourceName = /(?:^|[\s"'])arn:[\w:-]{4,76}$/;

/** `keyboard`, `tokenizer`: another word, of which there are many. */
function goesOn(code: number): boolean {
  return code >= 97 && code <= 122 && code !== 115 && code !== 101;
}

/** Nothing is assigned where a name is followed by a letter of another script or a full stop. */
function mayLink(text: string, end: number): boolean {
  const char = text.charAt(end);
  return char !== '' && !'.,;!?/'.includes(char);
}

function startOfName(text: string, index: number): number {
  const floor = Math.max(0, index - longestHead);
  let start = index;
  while (start > floor && isNamePart(text.charCodeAt(start - 1), true)) start -= 1;
  return start;
}

function endOfName(text: string, index: number): number {
  const limit = Math.min(text.length, index + 32);
  let end = index;
  while (end < limit && isNamePart(text.charCodeAt(end), false)) end += 1;
  return end;
}

/** Letters, digits, `_`, `-`, and before the word also `.`. */
function isNamePart(code: number, dots: boolean): boolean {
  return isWord(code) || code === 95 || code === 45 || (dots && code === 46);
}

/** What stands before the word, with one word apart from it: `api key`, `next page token`. */
function headOf(text: string, start: number, index: number): string {
  const attached = text.slice(start, index);
  if (/[A-Za-z]/.test(attached) || text[start - 1] !== ' ') return attached;
  return `${text.slice(startOfName(text, start - 1), start)}${attached}`;
}

function accepts(strength: NameStrength, raw: string, linked: LinkedValue): boolean {
  const { link, value } = linked;
  if (link === 'adjacent') return isAdjacentSecret(strength, raw, value.quoted);
  if (link === 'sentence')
    return isTyped(raw) && isPasswordValue(raw, { quoted: false, exact: false });
  if (strength === 'code') return /^\d{4,8}$/.test(raw);
  if (strength === 'password') {
    return isPasswordValue(raw, { quoted: value.quoted, exact: link === 'exact' });
  }
  if (strength === 'token') return isTokenValue(raw, value.quoted);
  return looksRandom(raw) && isTokenValue(raw, value.quoted);
}

/** Nothing but a space joins them: the value alone must show what it is. */
function isAdjacentSecret(strength: NameStrength, raw: string, quoted: boolean): boolean {
  if (strength === 'code' || raw.length < 8) return false;
  if (strength === 'password' && quoted) {
    return /\d/.test(raw) && /[A-Z!?#%&*+=$^~]/.test(raw) && isPasswordValue(raw, typed);
  }
  const long = /^[a-f0-9]{30,128}$/.test(raw) && strength === 'token';
  return (long || isStrong(raw)) && !isOrdinary(raw, quoted);
}

const typed = { quoted: true, exact: false };

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
const blockScalar = /[ \t]{0,4}[|>][-+]?\n[ \t]{1,16}/y;
const scheme = /[ \t]{0,4}["']?(?:Bearer|Basic|Token|token|bearer|basic|ApiKey) /y;
const comma = /["'`]\s{0,2},\s{0,2}/y;
const index = /["'`]?\]\s{0,2}=(?!=)/y;

/** Finds what a name is given: by a sign, as an argument, as a neighbour. */
function findValue(text: string, start: number, end: number): LinkedValue | null {
  const after = skipBlanks(text, afterName(text, end), 24);
  const char = text[after];
  if (char === ':') {
    const annotation = lengthAt(typeAnnotation, text, after);
    if (annotation !== -1) return linkedAt(text, after + annotation, 'assigned', true);
  }
  const next = text[end];
  if (next === ']' || next === '"' || next === "'" || next === '`') {
    const indexed = lengthAt(index, text, end);
    if (indexed !== -1) return linkedAt(text, end + indexed, 'assigned');
  }
  const sign = lengthAt(operator, text, after);
  if (sign !== -1) return afterSign(text, start, after, sign);
  return withoutSign(text, start, end);
}

function afterName(text: string, end: number): number {
  let at = skipDecoration(text, end);
  if (isQuote(text, at)) at += 1;
  if (text.startsWith('&quot;', at)) at += 6;
  return skipDecoration(text, at);
}

function afterSign(text: string, start: number, at: number, sign: number): LinkedValue | null {
  const from = at + sign;
  const first = text.charAt(skipBlanks(text, from, 4));
  let skipped = 0;
  if (first === '[') return null;
  if (first === '|' || first === '>') skipped = Math.max(0, lengthAt(blockScalar, text, from));
  if ('BbTtA"\''.includes(first)) skipped = Math.max(0, lengthAt(scheme, text, from));
  const spread = linkedAt(text, from + skipped, 'assigned');
  if (spread === null) return null;
  const colon = sign === 1 && text[at] === ':';
  const equals = sign === 1 && text[at] === '=';
  return isExact(text, start, colon, equals, spread.value) ? { ...spread, link: 'exact' } : spread;
}

/** A quoted field with a quoted value, or a line of an environment file. */
function isExact(
  text: string,
  start: number,
  colon: boolean,
  equals: boolean,
  value: AssignedValue,
): boolean {
  if (value.quoted) return colon && isQuote(text, start - 1);
  if (!equals) return false;
  const near = text.slice(Math.max(0, start - 12), start);
  const lead = near.slice(near.lastIndexOf('\n') + 1);
  return /^(?:export )?$/.test(lead) && /^[A-Z]/.test(text.charAt(start));
}

function withoutSign(text: string, start: number, end: number): LinkedValue | null {
  const next = text[end];
  if (next === '>' && opensElement(text, start)) return linkedAt(text, end + 1, 'assigned');
  if (next === '(') return linkedAt(text, end + 1, 'argument', true);
  if (next === undefined || !linksWithoutSign.has(next)) return null;
  const field = lengthAt(valueField, text, end);
  if (field !== -1) return linkedAt(text, end + field, 'assigned');
  if (next !== ' ' && next !== '\t') {
    const quotedAt = text[start - 2] === '(' ? lengthAt(comma, text, end) : -1;
    return quotedAt === -1 ? beside(text, end) : linkedAt(text, end + quotedAt, 'argument', true);
  }
  if (text[start] === '-') return linkedAt(text, end, 'assigned');
  const said = lengthAt(sentence, text, end);
  return said === -1 ? beside(text, end) : linkedAt(text, end + said, 'sentence');
}

const linksWithoutSign = new Set([' ', '\t', '"', "'", '`', '\\', ',', '\n', '\u001b', '*', '&']);

/** `<password>`, `<db:password>`. */
function opensElement(text: string, start: number): boolean {
  if (text[start - 1] === '<') return true;
  return /<[\w:.-]{1,20}$/.test(text.slice(Math.max(0, start - 21), start));
}

function beside(text: string, end: number): LinkedValue | null {
  const at = skipBlanks(text, afterName(text, end), 24);
  return at === end ? null : linkedAt(text, at, 'adjacent');
}

function linkedAt(text: string, from: number, link: Link, quotedOnly = false): LinkedValue | null {
  const value = readValue(text, from, quotedOnly);
  return value === null ? null : { link, value };
}
