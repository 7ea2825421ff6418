import { eachMatch } from '../characters.ts';
import type { RedactionRule } from '../redaction-rule.ts';
import { shapeOf } from '../secret-value.ts';

const own = '[A-Za-z0-9./+=_-]';
// A dollar that a file of compose services doubled, or that a shell escaped.
const dollar = String.raw`\\?\${1,2}`;

/** Forms of crypt(3), htpasswd, LDAP, PHC strings and frameworks; each ends in what must be guessed. */
const forms: readonly string[] = [
  `${dollar}(?:apr1|1|md5|sha1|sm3)${dollar}[^\\s$:]{1,64}${dollar}(?:[^\\s$:]{1,64}${dollar})?${own}{20,64}`,
  `${dollar}[56]${dollar}(?:rounds=\\d{1,9}${dollar})?[^\\s$:]{0,32}${dollar}${own}{40,90}`,
  `${dollar}2[abxy]?${dollar}\\d\\d${dollar}[A-Za-z0-9./]{53}`,
  `${dollar}(?:y|gy|7)${dollar}[^\\s$:]{1,20}${dollar}[^\\s$:]{1,96}${dollar}${own}{40,90}`,
  `${dollar}(?:argon2(?:id|i|d)|scrypt|pbkdf2(?:-sha(?:1|256|512))?|bcrypt-sha256)(?:${dollar}[\\w=,.]{1,60}){1,3}${dollar}${own}{8,90}${dollar}${own}{20,120}`,
  String.raw`\$(?:P|H)\$[A-Za-z0-9./]{31}|\$S\$[A-Za-z0-9./]{52}`,
  `\\{(?:SHA|SSHA|SMD5|MD5|SHA(?:224|256|384|512)|SSHA(?:224|256|384|512)|PBKDF2(?:-SHA(?:1|256|512))?|CRYPT|ARGON2)\\}[A-Za-z0-9$./+=_-]{13,200}`,
  `(?:pbkdf2_sha(?:1|256|512)|pbkdf2:sha(?:1|256|512):\\d{1,9}|pbkdf2:sha256|scrypt:\\d{1,9}:\\d{1,4}:\\d{1,4}|sha(?:1|256|512)|md5|argon2|bcrypt(?:_sha256)?)\\$(?:\\d{1,9}\\$)?[A-Za-z0-9]{4,64}\\$${own}{24,200}`,
  `SCRAM-SHA-(?:1|256|512)\\$\\d{1,9}:[A-Za-z0-9+/=]{8,64}\\$[A-Za-z0-9+/=]{20,100}:[A-Za-z0-9+/=]{20,100}`,
];
const hash = new RegExp(`(?:${forms.join('|')})(?![A-Za-z0-9])`, 'gi');

// A star and capitals: an emphasised digest is written small.
const ofDatabase = /(?<![\w*])\*[A-F0-9]{40}(?![\w*])/g;
// `name:number:one hash:another hash:::`, as a dump of accounts has it.
const ofWindows = /:\d{1,10}:[a-fA-F0-9]{32}:[a-fA-F0-9]{32}:::/g;

// The oldest form has no mark: a line of a name and 13 characters.
const oldest = /^[A-Za-z_][\w.@-]{0,63}:([A-Za-z0-9./]{13})(?=$|\r|:)/gm;

/** What a password is kept as: whoever has it can guess the password without asking anybody. */
export const passwordHashes: RedactionRule = {
  id: 'password-hash',
  kind: 'secret',
  marker: '[secret]',
  level: 'off',
  needles: ['$', '}', ':', '*'],
  begins: [
    '$apr1$',
    '$2y$',
    '$6$',
    '$argon2id$v=19$',
    '{SHA}',
    'pbkdf2_sha256$',
    'SCRAM-SHA-256$',
    'name:',
    '*A1',
    ':1:',
  ],
  find: (text, report) => {
    if (text.includes('$') || text.includes('}')) {
      eachMatch(text, hash, (match) => {
        const end = match.index + match[0].length;
        if (shapeOf(match[0]).distinct >= 10) report('password-hash/form', match.index, end);
        return end;
      });
    }
    eachMatch(text, ofDatabase, (match) => {
      const end = match.index + match[0].length;
      if (shapeOf(match[0]).distinct >= 8) report('password-hash/database', match.index, end);
      return end;
    });
    eachMatch(text, ofWindows, (match) => {
      const end = match.index + match[0].length;
      report('password-hash/windows', end - 68, end - 3);
      return end;
    });
    eachMatch(text, oldest, (match) => {
      const end = match.index + match[0].length;
      const value = match[1] ?? '';
      const { upper, lower, digits, changes } = shapeOf(value);
      const mixed = upper >= 2 && lower >= 2 && digits >= 1 && changes >= 6;
      if (mixed) report('password-hash/line', end - value.length, end);
      return end;
    });
  },
};
