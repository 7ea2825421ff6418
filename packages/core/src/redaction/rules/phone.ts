import { eachMatch, eachOccurrence, isDigit, isWord, matchAt } from '../characters.ts';
import type { RedactionRule, ReportSpan } from '../redaction-rule.ts';

/** Numbers of telephones: international by form, North American by form, any where labelled. */
export const phoneNumbers: RedactionRule = {
  id: 'phone',
  kind: 'personal_data',
  marker: '[phone]',
  level: 'standard',
  begins: ['+49 ', '(212) ', 'phone: ', 'tel:'],
  needles: [],
  needsDigit: true,
  find: (text, report) => {
    findInternational(text, report);
    findNorthAmerican(text, report);
    findLabelled(text, report);
  },
};

const countryCodes = new Set(
  '1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 211 212 213 216 218 220 221 222 223 224 225 226 227 228 229 230 231 232 233 234 235 236 237 238 239 240 241 242 243 244 245 246 248 249 250 251 252 253 254 255 256 257 258 260 261 262 263 264 265 266 267 268 269 290 291 297 298 299 350 351 352 353 354 355 356 357 358 359 370 371 372 373 374 375 376 377 378 380 381 382 383 385 386 387 389 420 421 423 500 501 502 503 504 505 506 507 508 509 590 591 592 593 594 595 596 597 598 599 670 672 673 674 675 676 677 678 679 680 681 682 683 685 686 687 688 689 690 691 692 800 850 852 853 855 856 870 880 886 888 960 961 962 963 964 965 966 967 968 970 971 972 973 974 975 976 977 979 992 993 994 995 996 998'.split(
    ' ',
  ),
);

const international = /(?:\+|%2[bB])\d[\d ().\-/\u00a0\u2011\u2013]{6,26}/y;
const longest = 15;

function findInternational(text: string, report: ReportSpan): void {
  for (const sign of ['+', '%2B', '%2b']) {
    let numberBefore = -1;
    eachOccurrence(text, sign, (index) => {
      const attached = isWord(text.charCodeAt(index - 1)) && text[index - 3] !== '%';
      if (attached && index !== numberBefore) return undefined;
      const match = matchAt(international, text, index);
      if (match === null) return undefined;
      const end = trimmed(text, index, index + match[0].length);
      const number = text.slice(index + sign.length, end);
      if (!isInternational(number) || isWord(text.charCodeAt(end))) return undefined;
      if (isAddedLine(text, index, number)) return undefined;
      report('phone/international', index, end);
      numberBefore = end;
      return end;
    });
  }
  // The other way to write the sign, with its groups apart.
  eachMatch(text, /(?<![\w.:/-])00[1-9]\d[ ./-]?[\d ().\-/]{7,24}/g, (match) => {
    const end = trimmed(text, match.index, match.index + match[0].length);
    const number = text.slice(match.index + 2, end);
    if (!/[ ./-]\d/.test(number) || !isInternational(number) || isWord(text.charCodeAt(end)))
      return undefined;
    report('phone/international', match.index, end);
    return end;
  });
}

/** A line that a diff adds, and that begins with a number. */
function isAddedLine(text: string, index: number, number: string): boolean {
  const lineStart = index === 0 || text[index - 1] === '\n';
  return (
    lineStart &&
    !/[ ()-]/.test(number) &&
    /(?:^|\n)(?:@@ |diff |[-+]{3} )/.test(text.slice(0, 20_000))
  );
}

/** Returns the end without what is no part of a number: spaces, an open bracket, a date behind it. */
function trimmed(text: string, start: number, from: number): number {
  let end = from;
  const digits = text.slice(start, end);
  let count = 0;
  for (let index = 0; index < digits.length; index += 1) {
    if (isDigit(digits.charCodeAt(index))) count += 1;
    if (count > longest) {
      end = start + index;
      break;
    }
  }
  const wide = text.slice(start, end).search(/ {2}|\s\(?0?\d{1,2}:|\. | - |\n/);
  if (wide > 0) end = start + wide;
  while (end > start && !isDigit(text.charCodeAt(end - 1))) end -= 1;
  return end;
}

function digitsOf(number: string): string {
  return number.replace(/\D/g, '');
}

function isInternational(number: string): boolean {
  const digits = digitsOf(number.replace(/\(0\)/, ''));
  if (digits.startsWith('0') || digits.length > longest) return false;
  if (digits.startsWith('1')) return /^1[2-9]\d\d[2-9]\d{6}$/.test(digits);
  if (digits.startsWith('7')) return digits.length === 11;
  const known = [2, 3].some((length) => countryCodes.has(digits.slice(0, length)));
  return (
    known &&
    digits.length >= 9 &&
    (digits.length >= 10 || /[ ().-]\d/.test(number)) &&
    !/^(\d)\1{1,30}$/.test(digits)
  );
}

const northAmerican =
  /(?<![\w.+(/#-])(?:1[-. ])?(?:\([2-9]\d\d\) ?\d{3}[-. ]|[2-9]\d\d-\d{3}-|[2-9]\d\d\.\d{3}\.)\d{4}(?![\w-]|\.\d)/g;

function findNorthAmerican(text: string, report: ReportSpan): void {
  eachMatch(text, northAmerican, (match) => {
    report('phone/north-american', match.index, match.index + match[0].length);
    return match.index + match[0].length;
  });
}

const label =
  /(?<![A-Za-z])(?:(?:tele|i|smart|cell|mobile|work|home|office|contact)?[ _-]?phone|phone[ _-]?(?:number|no|nr)|telephone|tel|mobile|mob|cell|fax|whatsapp|signal|sms|msisdn|telefon\w{0,8}|handy(?:nummer)?|mobil\w{0,6}|mobiel|telefoon|téléphone|teléfono|telefono|telefone|celular|portable|móvil|cellulare|puhelin|rufnummer|durchwahl|hotline|call(?: (?:me|us|him|her|them))?(?: (?:at|on|back at|back on))?|dial|text (?:me|us|him|her) (?:at|on)|reach (?:me|us|him|her) (?:at|on)|電話(?:番号)?|携帯|电话|手机)(?=[^A-Za-z]|Number|No\b)/gi;
const between =
  /(?:[ _-]?(?:number|no|nr|nummer|num)\b)?\.?[ \t]{0,3}(?:\((?:mobile|work|home|cell|office|m|w|h|o)\))?["'\\]{0,3}[ \t]{0,3}(?:[:=#：]|->|=>|is|at|on|>)?[ \t]{0,8}["'\\]{0,3}/iy;
const anyNumber = /(?:\+|\(|\d)[\d ().\-/\u00a0]{5,26}/y;

function findLabelled(text: string, report: ReportSpan): void {
  eachMatch(text, label, (match) => {
    const after = matchAt(between, text, match.index + match[0].length);
    const from = match.index + match[0].length + (after?.[0].length ?? 0);
    const number = matchAt(anyNumber, text, from);
    if (number === null) return undefined;
    const end = trimmed(text, from, from + number[0].length);
    const written = text.slice(from, end);
    if (isWord(text.charCodeAt(end)) || !isLabelledNumber(written, match[0])) return undefined;
    report('phone/labelled', from, end);
    return end;
  });
}

function isLabelledNumber(written: string, named: string): boolean {
  const digits = digitsOf(written);
  if (digits.length < 7 || digits.length > longest || /^(\d)\1{1,30}$/.test(digits)) return false;
  if (
    /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?: |$)/.test(written) ||
    /^\d{1,3}(?:\.\d{1,3}){3}$/.test(written)
  )
    return false;
  const vague = /^(?:call|dial|signal|cell|mobile|portable|sms)/i.test(named);
  return (
    !vague ||
    (digits.length >= 9 && (/[ ().-]/.test(written) || /^[0+]/.test(written) || /:/.test(named))) ||
    digits.length === 10
  );
}
