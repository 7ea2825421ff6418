import { eachMatch, isWord, lengthAt, matchAt } from '../characters.ts';
import type { RedactionRule, ReportSpan } from '../redaction-rule.ts';
import { isOrdinary, isPasswordValue, isTokenValue, looksRandom } from '../secret-value.ts';
import { DenseRun } from './dense-run.ts';
import { findValue, type LinkedValue, nextInList } from './linked-values.ts';
import { forgetLastRun } from './read-value.ts';
import { judgeName, type NameStrength, secretWord } from './secret-names.ts';

const longestHead = 40;
const longestJudged = 256;
// In a text that names secrets at every turn, and means none, only so many are judged with care.
const charactersPerJudgement = 40;

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
    let judged = 0;
    eachMatch(text, secretWord, (match) => {
      if (judged >= mostJudgedBefore(match.index)) return judgeQuickly(text, match, report);
      judged += 1;
      return judge(text, match, dense, report);
    });
    forgetLastRun();
  },
};

/** By the place, not by the length of the text: what is masked further on changes nothing before it. */
function mostJudgedBefore(index: number): number {
  return 256 + index / charactersPerJudgement;
}

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
  return furtherItems(text, linked, strength, report);
}

/** Reports what stands below a value in its list, and returns where the last one ends. */
function furtherItems(
  text: string,
  linked: LinkedValue,
  strength: NameStrength,
  report: ReportSpan,
): number {
  let last = linked.value;
  for (let value = nextInList(text, last); value !== null; value = nextInList(text, last)) {
    const raw = text.slice(value.start, Math.min(value.end, value.start + longestJudged));
    if (!accepts(strength, raw, { ...linked, value })) break;
    report(`assignment/${strength}`, value.start, value.end);
    last = value;
  }
  return last.end;
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

// `Unseal Key 1: …`, one of several of its name.
const numberOfName = / #?\d{1,2}(?=["'*`]{0,3}\s?[:=])/y;

function endOfName(text: string, index: number): number {
  const limit = Math.min(text.length, index + 32);
  let end = index;
  while (end < limit && isNamePart(text.charCodeAt(end), false)) end += 1;
  return end + Math.max(0, lengthAt(numberOfName, text, end));
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
  if (link === 'sentence' && strength !== 'code')
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
