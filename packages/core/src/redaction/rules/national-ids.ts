import { eachMatch, isWord, matchAt } from '../characters.ts';
import type { RedactionRule, ReportSpan } from '../redaction-rule.ts';
import { passesLuhn, remainder97, weightedSum } from './checksums.ts';

/** A number that a state gives to a person, known by its form alone. */
interface IdForm {
  readonly id: string;
  readonly pattern: RegExp;
  /** What every match holds; a text without it is not looked at. */
  readonly holds?: string;
  /** Whether a match is one; the characters without spaces, dots and dashes. */
  readonly valid: (characters: string, written: string) => boolean;
}

const bare = (pattern: string): RegExp =>
  new RegExp(`(?<![\\w.-])(?:${pattern})(?![\\w-]|\\.\\d)`, 'g');

const forms: readonly IdForm[] = [
  {
    id: 'us',
    holds: '-',
    pattern: bare('\\d{3}-\\d{2}-\\d{4}'),
    valid: (id) => !/^(?:000|666|9)|^\d{3}00|0000$/.test(id),
  },
  { id: 'br', holds: '-', pattern: bare('\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}'), valid: isBrazilian },
  {
    id: 'ch',
    holds: '756.',
    pattern: bare('756\\.\\d{4}\\.\\d{4}\\.\\d{2}'),
    valid: (id) => weightedSum(id, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
  },
  {
    id: 'it',
    pattern: bare('[A-Z]{6}\\d{2}[A-EHLMPRST]\\d{2}[A-Z]\\d{3}[A-Z]'),
    valid: () => true,
  },
  { id: 'fi', pattern: bare('[0-3]\\d[01]\\d{3}[-+A-F]\\d{3}[0-9A-Y]'), valid: isFinnish },
  {
    id: 'se',
    pattern: bare('(?:19|20)?\\d{2}[01]\\d[0-3]\\d[-+]\\d{4}'),
    valid: (id) => passesLuhn(id.slice(-10)),
  },
  { id: 'mx', pattern: bare('[A-Z]{4}\\d{6}[HM][A-Z]{5}[A-Z0-9]\\d'), valid: () => true },
  { id: 'es', pattern: bare('[XYZ]?\\d{7,8}-?[A-HJ-NP-TV-Z]'), valid: isSpanish },
  {
    id: 'gb',
    pattern: bare('[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} \\d{2} \\d{2} ?[A-D]'),
    valid: () => true,
  },
  {
    id: 'fr',
    pattern: bare('[12] ?\\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\\d) ?\\d[\\dAB] ?\\d{3} ?\\d{3} ?\\d{2}'),
    valid: isFrench,
  },
  { id: 'sg', pattern: bare('[STFG]\\d{7}[A-Z]'), valid: isSingaporean },
  {
    id: 'cn',
    pattern: bare('[1-6]\\d{5}(?:19|20)\\d{2}[01]\\d[0-3]\\d{4}[\\dX]'),
    valid: isChinese,
  },
  {
    id: 'be',
    holds: '.',
    pattern: bare('\\d{2}\\.\\d{2}\\.\\d{2}-\\d{3}\\.\\d{2}'),
    valid: () => true,
  },
  { id: 'kr', holds: '-', pattern: bare('\\d{2}[01]\\d[0-3]\\d-[1-4]\\d{6}'), valid: () => true },
];

function isBrazilian(id: string): boolean {
  const check = (length: number): number =>
    ((weightedSum(
      id,
      Array.from({ length }, (_, index) => length + 1 - index),
    ) *
      10) %
      11) %
    10;
  return check(9) === Number(id[9]) && check(10) === Number(id[10]);
}

function isFinnish(_: string, written: string): boolean {
  const number = Number(written.slice(0, 6) + written.slice(7, 10));
  return '0123456789ABCDEFHJKLMNPRSTUVWXY'[number % 31] === written[10];
}

function isSpanish(id: string): boolean {
  const number = Number(id.slice(0, -1).replace('X', '0').replace('Y', '1').replace('Z', '2'));
  return id.length === 9 && 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === id.at(-1);
}

function isFrench(id: string, written: string): boolean {
  if (!/ /.test(written) && id.length !== 15) return false;
  const number = id.slice(0, 13).replace('2A', '19').replace('2B', '18');
  return 97 - remainder97(number) === Number(id.slice(13));
}

function isSingaporean(id: string): boolean {
  const sum = weightedSum(id.slice(1, 8), [2, 7, 6, 5, 4, 3, 2]) + (/^[TG]/.test(id) ? 4 : 0);
  return (/^[ST]/.test(id) ? 'JZIHGFEDCBA' : 'XWUTRQPNMLK')[sum % 11] === id[8];
}

function isChinese(id: string): boolean {
  const sum = weightedSum(id, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
  return '10X98765432'[sum % 11] === id[17];
}

const label =
  /(?<![A-Za-z])(?:ssn|social security|social insurance|sin|itin|tin|bsn|burgerservicenummer|citizen service number|sofi|nino|ni number|national insurance|national id\w{0,10}|nhs|nin|nric|fin|cpf|rg|cnh|pesel|nip|regon|personnummer|personal number|samordningsnummer|fødselsnummer|fodselsnummer|cpr|hetu|henkilötunnus|personal identity code|steuer-?id\w{0,24}|steuer-?identifikationsnummer|steuernummer|tax[ _-]?(?:id|number|file number|identification number)\w{0,12}|tfn|medicare|sozialversicherungsnummer|svnr|rentenversicherungsnummer|rvnr|ahv(?:-nummer|-nr)?|avs|numéro de sécurité sociale|sécurité sociale|nir|insee|insz|niss|rijksregister\w{0,6}|numéro national|dni|nie|nif|nuss|codice fiscale|aadhaar|aadhar|pan|uidai|voter id|mynumber|my number|マイナンバー|rrn|curp|ppsn?|rodné číslo|rodne cislo|cnp|egn|jmbg|oib|emso|amka|afm|tckn|tc kimlik\w{0,3}|teudat zehut|id card|identity card|identity number|personalausweis\w{0,6}|ausweis\w{0,10}|passport|reisepass\w{0,8}|passeport|pasaporte|paspoort|driver'?s? licen[cs]e|driving licen[cs]e|licen[cs]e plate|führerschein\w{0,8}|health (?:card|insurance)|krankenversicherten\w{0,8}|insurance number|mrn|medical record|patient id|employee tax)(?![a-z])/gi;
const between =
  /(?:[ _.-]{0,2}(?:number|no|nr|nummer|num|id|code|holder|#|n°|nº|is|was|card|shows|reads|ends with|of record)\b){0,3}\.?["'\\]{0,3} {0,3}(?:[:=#：]|->|=>|\(|n°)? {0,8}["'\\(]{0,3}/iy;
const value = /[A-Z0-9](?:[A-Z0-9]|[ ./-](?=[A-Z0-9])){5,24}/y;
const lowerValue = /[a-z0-9](?:[a-z0-9]|[ ./-](?=\d)){5,24}/y;

/** Numbers that a state gives to a person: by form and checksum, or by what they are called. */
export const nationalIds: RedactionRule = {
  id: 'national-id',
  kind: 'personal_data',
  marker: '[id number]',
  level: 'standard',
  begins: ['ssn: ', '219-09-', 'passport ', 'tax id: '],
  needles: [],
  needsDigit: true,
  find: (text, report, view) => {
    for (const { id, pattern, holds = '', valid } of forms) {
      if (holds !== '' && view?.mayHold(holds) === false) continue;
      eachMatch(text, pattern, (match) => {
        if (!valid(match[0].replace(/[ .+-]/g, ''), match[0])) return undefined;
        report(`national-id/${id}`, match.index, match.index + match[0].length);
        return match.index + match[0].length;
      });
    }
    findLabelled(text, report);
  },
};

function findLabelled(text: string, report: ReportSpan): void {
  eachMatch(text, label, (match) => {
    const after = matchAt(between, text, match.index + match[0].length);
    const from = match.index + match[0].length + (after?.[0].length ?? 0);
    const found = matchAt(value, text, from) ?? matchAt(lowerValue, text, from);
    const link = after?.[0] ?? '';
    if (found === null || link === '' || (isShort(match[0]) && !/[:=#：("]/.test(link)))
      return undefined;
    const written = withoutWords(found[0]);
    const end = from + written.length;
    if (isWord(text.charCodeAt(end)) || !isIdNumber(written)) return undefined;
    report('national-id/labelled', from, end);
    return end;
  });
}

/** `sin`, `pan`, `fin` are words as well. */
function isShort(name: string): boolean {
  return name.length <= 4 && !/^(?:ssn|bsn|nino|dni|cpf|itin|nric|avs|ahv)$/i.test(name);
}

/** A number may be followed by words in capitals: they are no part of it. */
function withoutWords(found: string): string {
  const parts = found.split(' ');
  while (parts.length > 1 && isWordBehind(parts)) parts.pop();
  return parts.join(' ').replace(/[ ./-]{1,26}$/, '');
}

/** A word, or one capital letter that more words followed; the last letter of a number stays. */
function isWordBehind(parts: readonly string[]): boolean {
  const last = parts.at(-1) ?? '';
  return /^(?:[A-Z]{2,26}|[a-z]{1,26})$/.test(last);
}

function isIdNumber(written: string): boolean {
  const digits = written.replace(/\D/g, '').length;
  const length = written.replace(/[^A-Za-z0-9]/g, '').length;
  if (/^\d{4}-\d{2}-\d{2}$|^\d{1,2}[./]\d{1,2}[./]\d{4}$|^(\d)\1{5,30}$/.test(written))
    return false;
  const fewest = /[a-z]/.test(written) ? 4 : 2;
  return length >= 6 && length <= 18 && digits >= fewest;
}
