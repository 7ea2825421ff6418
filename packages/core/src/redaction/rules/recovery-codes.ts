import { eachMatch, matchAt } from '../characters.ts';
import type { RedactionRule } from '../redaction-rule.ts';

const heading =
  /(?:recovery|back-?up|scratch|emergency|rescue|one[-_ ]?time|single[-_ ]?use|two[-_ ]?factor|2fa|mfa|otp|totp|bypass)[-_ ]?(?:login[-_ ]|verification[-_ ]|access[-_ ]|recovery[-_ ]|backup[-_ ]|security[-_ ])?(?:pass)?(?:codes|keys)(?![a-z])/gi;
// What may stand between the words and the first code, and between two codes: few words, no number.
const lead =
  /(?:[^\S\n]|[A-Za-z'’"`*_(),.\\–—-]){0,120}?(?:["'`\\\])]{0,3}\s{0,4}(?::|=>?|\n)[^\S\n]{0,8}|(?=\[))/y;
const gap =
  /(?:\\[nrt]|[\s,;|"'`\\[\]{}()*•·>☐□✓+]|- |– |(?:\d{1,2}|#\d{1,2})[.):]\s|<\/?(?:li|ul|ol|br|code|pre|td|tr|p|div)\s?\/?>){0,24}/y;
const code =
  /[A-Za-z0-9]{3,16}(?:[-‐–][A-Za-z0-9]{2,8}){0,7}(?![\w@/:=.-])|[A-Za-z0-9]{3,16}(?:[-‐–][A-Za-z0-9]{2,8}){0,7}(?=\.?(?:\s|$))/y;
const pair = / \d{3,4}(?![\w-])/y;
const mostCodes = 64;

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Codes that let somebody in who has lost what else would: several in a row, announced as such. */
export const recoveryCodes: RedactionRule = {
  id: 'recovery-code',
  kind: 'secret',
  marker: '[secret]',
  level: 'off',
  needles: ['odes', 'ODES', 'eys', 'EYS'],
  begins: ['recovery codes:', 'backup codes: ', '"backup_codes":[', 'scratch codes\n'],
  find: (text, report) =>
    eachMatch(text, heading, (match) => {
      const codes = codesAfter(text, match.index + match[0].length);
      if (!areCodes(codes.map(({ start, end }) => text.slice(start, end)))) return undefined;
      for (const { start, end } of codes) report('recovery-code/list', start, end);
      return codes.at(-1)?.end;
    }),
};

function codesAfter(text: string, from: number): Place[] {
  const opened = matchAt(lead, text, from);
  const codes: Place[] = [];
  if (opened === null) return codes;
  let at = from + opened[0].length;
  while (codes.length < mostCodes) {
    at += matchAt(gap, text, at)?.[0].length ?? 0;
    const match = matchAt(code, text, at);
    if (match === null) break;
    let end = at + match[0].length;
    if (/^\d{3,4}$/.test(match[0])) end += matchAt(pair, text, end)?.[0].length ?? 0;
    const word = text.slice(at, end);
    if (/^[A-Z]?[a-z]{1,16}$/.test(word) || /^\d{1,5}$/.test(word) || isDate(word)) break;
    codes.push({ start: at, end });
    at = end;
  }
  return codes;
}

function isDate(word: string): boolean {
  return /^\d{4}-\d\d-\d\d/.test(word);
}

/** Several of one shape, of which most have a digit; a single one must be beyond doubt. */
function areCodes(codes: readonly string[]): boolean {
  const [first = ''] = codes;
  if (codes.length === 1) return first.length >= 9 && /\d/.test(first) && /-/.test(first);
  const shapes = new Set(codes.map((one) => one.replaceAll(/[A-Za-z0-9]/g, 'a')));
  const numbered = codes.filter((one) => /\d/.test(one)).length;
  if (codes.length < 2 || first.length < 6) return false;
  return (
    numbered * 2 >= codes.length || (codes.length >= 3 && shapes.size === 1 && /-/.test(first))
  );
}
