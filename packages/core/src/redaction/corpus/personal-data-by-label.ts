import type { CorpusCase } from './corpus-case.ts';
import { personalDataCase } from './make-case.ts';

/** Personal data that a word beside it names: the form alone would not do. */
export const personalDataByLabel: readonly CorpusCase[] = [
  personalDataCase(
    'login-log-ipv4',
    ['203.0.113.58'],
    '2026-03-11T07:58:12Z auth login ok user=mfalk client_ip=203.0.113.58 mfa=totp',
  ),
  personalDataCase(
    'login-log-sshd',
    ['198.51.100.23'],
    'Mar 11 02:14:09 bastion sshd[2211]: Failed password for invalid user oracle from 198.51.100.23 port 51122 ssh2',
  ),
  personalDataCase(
    'login-log-ipv6',
    ['2001:db8:85a3::8a2e:370:7334'],
    'sign-in from new device, ip 2001:db8:85a3::8a2e:370:7334, user jlind',
  ),
  personalDataCase(
    'login-log-ipv6-full',
    ['2001:0db8:0000:0042:0000:8a2e:0370:7334'],
    '{"action":"user.login","actor":"tokafor","actor_ip":"2001:0db8:0000:0042:0000:8a2e:0370:7334"}',
  ),
  personalDataCase(
    'access-log-client',
    ['192.0.2.146'],
    '192.0.2.146 - inesd [11/Mar/2026:08:04:51 +0000] "POST /login HTTP/1.1" 302 0 "-" "Mozilla/5.0"',
  ),
  personalDataCase(
    'forwarded-for',
    ['203.0.113.7'],
    'X-Forwarded-For: 203.0.113.7, 10.0.4.12\nX-Request-Start: t=1773216004',
  ),
  personalDataCase(
    'ssn-labelled',
    ['078-05-1120'],
    'Test fixture of the payroll import has SSN 078-05-1120 in row 4.',
  ),
  personalDataCase(
    'ssn-in-json',
    ['219-09-9999'],
    '{"employee":{"id":"E-118","ssn":"219-09-9999","state":"OR"}}',
  ),
  personalDataCase(
    'ssn-in-words',
    ['987 65 4321'],
    'He gave his social security number as 987 65 4321 on the form.',
  ),
  personalDataCase(
    'dutch-citizen-number',
    ['111222333'],
    'Onboarding blocked: BSN 111222333 is missing from the export.',
  ),
  personalDataCase(
    'dutch-citizen-number-dots',
    ['1234.56.782'],
    'burgerservicenummer: 1234.56.782',
  ),
  personalDataCase(
    'uk-insurance-number',
    ['QQ 12 34 56 C'],
    'National Insurance number QQ 12 34 56 C was pasted into HR-218.',
  ),
  personalDataCase(
    'uk-insurance-number-compact',
    ['QQ123456A'],
    'payslip parse error: nino=QQ123456A',
  ),
  personalDataCase(
    'german-tax-id',
    ['86 095 742 719'],
    'Steuer-ID: 86 095 742 719, Steuerklasse I',
  ),
  personalDataCase(
    'german-tax-id-compact',
    ['02476291358'],
    '{"steuerIdentifikationsnummer":"02476291358"}',
  ),
  personalDataCase(
    'birth-date-labelled',
    ['1987-04-19'],
    'profile import: name=redacted dob=1987-04-19 country=NL',
  ),
  personalDataCase(
    'birth-date-in-words',
    ['19 April 1987'],
    'Date of birth: 19 April 1987. Start date: 1 June 2026.',
  ),
  personalDataCase(
    'passport-labelled',
    ['X4RTBPFW4'],
    'visa request: passport no. X4RTBPFW4, valid until 2031',
  ),
  personalDataCase(
    'driving-licence-labelled',
    ['D1234562'],
    'rental form asks for driver license number: D1234562 (CA)',
  ),
  personalDataCase(
    'address-labelled',
    ['14 Heron Quay Lane, Springfield 00501'],
    'Ship the laptop. Home address: 14 Heron Quay Lane, Springfield 00501',
  ),
  personalDataCase(
    'address-in-json',
    ['Beispielgasse 12, 01234 Musterstadt'],
    '{"employee":"E-118","street_address":"Beispielgasse 12, 01234 Musterstadt"}',
  ),
  personalDataCase('phone-labelled-national', ['(415) 555-0199'], 'Phone: (415) 555-0199 ext. 12'),
  personalDataCase(
    'phone-labelled-mobile',
    ['07700 900 862'],
    'out today, reach me on my mobile 07700 900 862',
  ),
  personalDataCase(
    'phone-labelled-field',
    ['030 23125 881'],
    'kontakt:\n  telefon: "030 23125 881"\n  raum: 4.12',
  ),
  personalDataCase(
    'account-number-labelled',
    ['000123456789'],
    'wire details: branch 0417, bank account number 000123456789',
  ),
];

/** Personal data that only a reader understands as such: good to find, not to be expected. */
export const personalDataByMeaning: readonly CorpusCase[] = [
  personalDataCase(
    'email-spelled-out',
    ['mira dot falk at example dot com'],
    'my private one is mira dot falk at example dot com',
  ),
  personalDataCase(
    'email-bracketed',
    ['jonas [at] example [dot] org'],
    'Maintainer: jonas [at] example [dot] org',
  ),
  personalDataCase(
    'address-in-sentence',
    ['7 Lantern Row'],
    'She moved to 7 Lantern Row last week, so the router goes there.',
  ),
  personalDataCase(
    'birthday-in-sentence',
    ['the 3rd of May'],
    'Cake on Friday: the intern turns 21, born on the 3rd of May as it happens.',
  ),
  personalDataCase(
    'phone-without-label',
    ['0491 570 158'],
    'running late, 0491 570 158 if anything burns',
  ),
  personalDataCase(
    'health-in-sentence',
    ['knee surgery'],
    'Out until the 20th because of knee surgery, please move the review.',
  ),
];
