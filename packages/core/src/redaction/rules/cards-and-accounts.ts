import { eachMatch, isWord, startsWord } from '../characters.ts';
import type { RedactionRule, ReportSpan } from '../redaction-rule.ts';
import { passesLuhn, remainder97 } from './checksums.ts';

const groupedCard = /\d{4}(?:[ -](?:\d{4}[ -]\d{4}[ -]\d{1,7}|\d{6}[ -]\d{4,5})|\d{10,15})/g;
const issuers: readonly [RegExp, readonly number[]][] = [
  [/^4/, [16]],
  [/^(?:5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720))/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|65|64[4-9])/, [16, 19]],
  [/^35(?:2[89]|[3-8])/, [16]],
  [/^3(?:0[0-5]|[689])/, [14]],
  [/^62/, [16, 17, 18, 19]],
  [/^(?:50[1-8]|5[6-8]|60[4-9]|63|67)/, [16]],
];

/** Numbers of payment cards: the range of an issuer, its length, and Luhn. */
export const paymentCards: RedactionRule = {
  id: 'card',
  kind: 'personal_data',
  marker: '[card]',
  level: 'standard',
  begins: ['4', '4242 ', '4242-'],
  needles: [],
  needsDigit: true,
  find: (text, report) =>
    eachMatch(text, groupedCard, (match) => {
      const end = match.index + match[0].length;
      if (!standsFree(text, match.index, end)) return undefined;
      const digits = match[0].replace(/[ -]/g, '');
      if (!isCard(digits)) return undefined;
      report('card/number', match.index, end);
      return end;
    }),
};

function standsFree(text: string, start: number, end: number): boolean {
  if (!startsWord(text, start) || isWord(text.charCodeAt(end))) return false;
  const before = text.slice(Math.max(0, start - 2), start);
  if (/\d[ .,:-]$|[_/#-]$|\.$/.test(before)) return false;
  return !/^[_/-]|^[.,:]\d|^ \d{4}(?!\d)/.test(text.slice(end, end + 6));
}

function isCard(digits: string): boolean {
  if (/^(\d)\1{1,30}$/.test(digits)) return false;
  const issued = issuers.some(
    ([range, lengths]) => range.test(digits) && lengths.includes(digits.length),
  );
  return issued && passesLuhn(digits);
}

const lengthByCountry = new Map(
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const),
);

/** Numbers of bank accounts (IBAN): the length of the country, and modulo 97. */
export const bankAccounts: RedactionRule = {
  id: 'iban',
  kind: 'personal_data',
  marker: '[bank account]',
  level: 'standard',
  begins: ['DE39', 'DE39 9999 '],
  needles: [],
  needsDigit: true,
  find: (text, report) =>
    eachMatch(text, /[A-Za-z]{2}\d{2}[ A-Za-z0-9-]/g, (match) =>
      accountAt(text, match.index, report),
    ),
};

function accountAt(text: string, start: number, report: ReportSpan): number | undefined {
  const length = lengthByCountry.get(text.slice(start, start + 2).toUpperCase());
  if (length === undefined || !startsWord(text, start)) return undefined;
  const lower = text.charCodeAt(start) >= 97;
  if (lower && !/iban|konto|account/i.test(text.slice(Math.max(0, start - 24), start)))
    return undefined;
  let characters = '';
  let index = start;
  while (characters.length < length) {
    const char = text.charAt(index);
    if (isWord(text.charCodeAt(index))) characters += char;
    else if (
      (char !== ' ' && char !== '-' && char !== '\u00a0') ||
      !isWord(text.charCodeAt(index + 1))
    )
      return undefined;
    index += 1;
  }
  if (isWord(text.charCodeAt(index))) return undefined;
  if (remainder97(characters.slice(4) + characters.slice(0, 4)) !== 1) return undefined;
  report('iban/number', start, index);
  return index;
}
