import { eachMatch, matchAt } from '../characters.ts';
import type { RedactionRule, ReportSpan } from '../redaction-rule.ts';

const sign = /["'\\*]{0,4} {0,3}(?:[:=：]|->|=>|is|was|am|on|>)? {0,4}["'\\*]{0,4}/y;
const birth =
  /(?<![A-Za-z])(?:d\.?o\.?b\.?|date[ _-]?of[ _-]?birth|birth[ _-]?da(?:te|y)|birthdate|born(?: on)?|geburts(?:datum|tag)|geboren(?: am| op)?|geb\.|geboortedatum|date de naissance|née? le|fecha de nacimiento|nacid[oa] el|data di nascita|data de nascimento|födelsedatum|född|fødselsdato|syntymäaika|生年月日|出生日期)(?![a-z])/gi;
const date =
  /\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})|\d{1,2}(?:st|nd|rd|th|\.)? ?(?:of )?[A-Za-zäéûç]{3,9}\.?,? \d{4}|[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{4}年\d{1,2}月\d{1,2}日|(?:19|20)\d{6}(?!\d)/y;

const addressName =
  /(?<![A-Za-z])(?:(?:home|postal|mailing|street|residential|residence|private|shipping|billing|delivery|ship[- ]to|correspondence|permanent|current|customer|contact|legal|personal)[ _-]?address|(?:address|addr)[ _-]?(?:line)?[ _-]?[12]?|(?:wohn|liefer|post|privat|rechnungs|heim)?(?:anschrift|adresse)|wohnhaft(?: in)?|(?:lives|living|resides|residing) at|woonadres|adres|domicilio|dirección|indirizzo|endereço|住所|地址)(?![a-z])/gi;
const streetWord =
  /\b(?:Street|St|Road|Rd|Lane|Ln|Avenue|Ave|Drive|Dr|Court|Ct|Place|Pl|Square|Sq|Boulevard|Blvd|Terrace|Close|Way|Row|Crescent|Quay|Parkway|Highway|Grove|Gardens|Hill|Walk|Mews|Alley|Rue|Calle|Via|Avenida|Rua|Plaza|Piazza)\b|(?:stra(?:ß|ss)e|str\.|weg|gasse|platz|allee|damm|ufer|ring|straat|laan|plein|gracht|kade|gatan|vägen|vej|gade|veien|katu)\b/i;
const byForm =
  /(?<![\w.#-])\d{1,5}[A-Za-z]? (?:[A-Z][a-z]{1,20} ){1,3}(?:Street|Road|Avenue|Boulevard|Lane|Terrace|Crescent)\b(?:, (?:Apt|Apartment|Flat|Suite|Unit) ?#?\w{1,6})?|(?<![\wäöüß])[A-ZÄÖÜ][a-zäöüß]{2,24}(?:straße|strasse|gasse|allee|weg) \d{1,4}[a-z]?(?!\w)(?:, \d{5} [A-ZÄÖÜ][a-zäöüß]{2,24})?/g;

const nameOfPerson =
  /(?<![A-Za-z])(?:(?:full|first|last|middle|given|family|maiden|legal|birth|real|customer|patient|employee|candidate|applicant|cardholder|account holder|beneficiary|next of kin)[ _-]?name|fullName|firstName|lastName|surname|vorname|nachname|familienname|nom de famille|prénom|apellidos?|cognome|achternaam|cardholder|account holder|patient|next of kin|emergency contact)(?![a-z])/gi;
const person =
  /[A-ZÀ-Þ][a-zà-ÿ'’-]{1,24}(?:[ -](?:[A-ZÀ-Þ]\.|(?:van|de|von|der|den|da|di|el|bin) |[A-ZÀ-Þ][a-zà-ÿ'’-]{1,24})){0,3}/y;
const noName =
  /^(?:Required|Optional|String|Text|Null|None|Unknown|True|False|The|This|Is|Not|Name|First|Last|Full|Must|Should|Missing|Invalid|Enter|Your|Please|Field|Value|Empty|Default|Data|Type|Any|Column|Varchar|Faker|Mandatory|Anonymous|Redacted|Todo|See|Added|Records?|Portal|Service|Id|If|When|For|And|Or|To|In|On|At|By|With|Was|Has)(?![a-z])/;

/** Dates of birth, postal addresses and names of persons, where a label says what they are. */
export const labelledPersonalData: RedactionRule = {
  id: 'labelled',
  kind: 'personal_data',
  marker: '[personal data]',
  level: 'strict',
  begins: ['date of birth: ', 'home address: ', 'full name: ', '1 Aa '],
  needles: [],
  find: (text, report) => {
    eachMatch(text, birth, (match) => findBehind(text, match, date, 'labelled/birth-date', report));
    eachMatch(text, addressName, (match) => findAddress(text, match, report));
    eachMatch(text, byForm, (match) => {
      report('labelled/address', match.index, match.index + match[0].length);
      return match.index + match[0].length;
    });
    eachMatch(text, nameOfPerson, (match) => findName(text, match, report));
  },
};

function behind(text: string, match: RegExpExecArray): { from: number; signed: boolean } {
  const end = match.index + match[0].length;
  const link = matchAt(sign, text, end)?.[0] ?? '';
  return { from: end + link.length, signed: /[:=：>"']/.test(link) };
}

function findBehind(
  text: string,
  match: RegExpExecArray,
  pattern: RegExp,
  rule: string,
  report: ReportSpan,
): number | undefined {
  const { from } = behind(text, match);
  const found = matchAt(pattern, text, from);
  if (found === null) return undefined;
  report(rule, from, from + found[0].length);
  return from + found[0].length;
}

function findName(text: string, match: RegExpExecArray, report: ReportSpan): number | undefined {
  const { from, signed } = behind(text, match);
  const found = signed ? matchAt(person, text, from) : null;
  if (found === null || noName.test(found[0])) return undefined;
  const end = from + found[0].length;
  if (/^[\w(]|^\.\w/.test(text.slice(end, end + 2))) return undefined;
  report('labelled/name', from, end);
  return end;
}

function findAddress(text: string, match: RegExpExecArray, report: ReportSpan): number | undefined {
  const { from, signed } = behind(text, match);
  const line = text.slice(from, from + 140);
  const stop = line.search(/[\n\r:;"<>|{}\\]| {2}|\. (?=[A-Z])|\.$/);
  const value = (stop === -1 ? line : line.slice(0, stop)).replace(/[\s,.]{1,140}$/, '');
  const qualified = !/^(?:address|addr|adresse|anschrift|adres)/i.test(match[0]);
  if (!isPostal(value, qualified, signed || /at$|wohnhaft/i.test(match[0]))) return undefined;
  report('labelled/address', from, from + value.length);
  return from + value.length;
}

function isPostal(value: string, qualified: boolean, signed: boolean): boolean {
  if (value.length < 8 || !/\d/.test(value) || !/[A-Za-zÀ-ÿ\u3000-\u9fff]{3}/.test(value))
    return false;
  if (
    /[@=]|:\/\/|^0x|^\d{1,3}\.\d{1,3}\.|^[0-9a-f:]{1,140}$|^[+\d(]{1,3}[\d ().-]{6,140}$/i.test(
      value,
    )
  )
    return false;
  if (!/ /.test(value) && !/[\u3000-\u9fff]/.test(value)) return false;
  return (
    streetWord.test(value) ||
    (qualified && signed && /^\d{1,5}[A-Za-z]? [A-ZÀ-Þ]|\b\d{4,5}\b/.test(value))
  );
}
