import { isWord, lengthAt, skipBlanks } from '../characters.ts';
import { type AssignedValue, isQuote, readValue, skipDecoration } from './read-value.ts';

/** How a value hangs on its name; the looser, the more the value itself must show. */
type Link = 'assigned' | 'exact' | 'argument' | 'sentence' | 'adjacent';

/** What a name is given, and how. */
export interface LinkedValue {
  readonly link: Link;
  readonly value: AssignedValue;
}

// What is taken where nothing was set: `process.env.X || '…'`, `getenv("X") or "…"`.
const otherwise = /["'`]?[\])]?\s{0,3}(?:\|\||\?\?|or(?= ))\s{0,3}(?=["'`])/y;
// What makes a key of a literal.
const conversion =
  /[ \t]{0,4}(?:\[\]byte|Buffer\.from|bytes|String|str|Secret(?:Str|String)?|sensitive|(?:\w{1,20}\.)?b64decode|(?:\w{1,20}\.){1,3}GetBytes)\(\s{0,2}(?=["'`])/y;
// Three names of twenty characters with their full stops, and the longest of those called.
const longestConversion = 75;
const listItem = /[ \t]{0,4}\r?\n[ \t]{0,16}- /y;
const operator = /(?:=>|:=|[:=：＝]|->|%3[AaDd])(?!=)/y;
const typeAnnotation = /:\s{0,2}(?:string|str|String|&str|Secret|const char ?\*)\s{0,2}=(?!=)/y;
const valueField = /[\s,"'\\}{]{1,40}(?:value|Value|defaultValue|default)["'\\]{0,4}\s{0,4}[:=]/y;
const sentence =
  / {1,2}(?:(?:for|of|to|on) [\w.@-]{1,40}(?: [\w.@-]{1,30}){0,3}[, ]{1,2})?(?:it )?(?:(?:is|was|are|has been|will be)(?: (?:now|still|currently|set to|changed to|just))?|now|(?:set|changed|reset|updated) to)[: ]{1,2}/y;
const blockScalar = /[ \t]{0,4}[|>][-+]?\n[ \t]{1,16}/y;
const scheme = /[ \t]{0,4}["']?(?:Bearer|Basic|Token|token|bearer|basic|ApiKey) /y;
const comma = /["'`]\s{0,2},\s{0,16}/y;
const call = /\(\s?$/;
const index = /["'`]?\]\s{0,2}=(?!=)/y;

/** Finds what a name is given: by a sign, as an argument, as a neighbour. */
export function findValue(text: string, start: number, end: number): LinkedValue | null {
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
  const fallback = lengthAt(otherwise, text, end);
  if (fallback !== -1) return linkedAt(text, end + fallback, 'argument', true);
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
  const begin = skipBlanks(text, from, 4);
  const first = text.charAt(begin);
  const converted = mayConvert(text, begin) ? lengthAt(conversion, text, from) : -1;
  if (converted !== -1) return linkedAt(text, from + converted, 'assigned', true);
  let skipped = 0;
  if (first === '[') return null;
  if (first === '\n' || first === '\r') skipped = Math.max(0, lengthAt(listItem, text, from));
  if (first === '|' || first === '>') skipped = Math.max(0, lengthAt(blockScalar, text, from));
  if ('BbTtA"\''.includes(first)) skipped = Math.max(0, lengthAt(scheme, text, from));
  const spread = linkedAt(text, from + skipped, 'assigned');
  if (spread === null) return null;
  const colon = sign === 1 && text[at] === ':';
  const equals = sign === 1 && text[at] === '=';
  return isExact(text, start, colon, equals, spread.value) ? { ...spread, link: 'exact' } : spread;
}

/** Whether a name stands there that is called, or a slice of bytes: most values are neither. */
function mayConvert(text: string, begin: number): boolean {
  if (text.startsWith('[]', begin)) return true;
  const limit = Math.min(text.length, begin + longestConversion);
  let at = begin;
  while (at < limit && isNamePart(text.charCodeAt(at))) at += 1;
  return text[at] === '(';
}

/** Letters, digits, `_` and `.`. */
function isNamePart(code: number): boolean {
  return isWord(code) || code === 95 || code === 46;
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
    const inCall = call.test(text.slice(Math.max(0, start - 3), start - 1));
    const quotedAt = inCall ? lengthAt(comma, text, end) : -1;
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
  const at = skipDash(text, skipBlanks(text, afterName(text, end), 24));
  return at === end ? null : linkedAt(text, at, 'adjacent');
}

/** A dash between blanks, as between a word and what it means. */
function skipDash(text: string, at: number): number {
  const isDash = text[at] === '\u2013' || text[at] === '\u2014';
  return isDash && text[at - 1] === ' ' ? skipBlanks(text, at + 1, 4) : at;
}

function linkedAt(text: string, from: number, link: Link, quotedOnly = false): LinkedValue | null {
  const value = readValue(text, from, quotedOnly);
  return value === null ? null : { link, value };
}

/** Returns what stands behind a value of a list, as another value of the same name; null where nothing does. */
export function nextInList(text: string, value: AssignedValue): AssignedValue | null {
  const before = text.slice(Math.max(0, value.start - 24), value.start);
  if (!/\n[ \t]{0,16}- ["']?$/.test(before)) return null;
  const end = value.quoted ? value.end + 1 : value.end;
  const next = lengthAt(listItem, text, end);
  return next === -1 ? null : readValue(text, end + next);
}
