import { eachMatch, isDigit, startsWord } from '../characters.ts';
import type { RedactionRule } from '../redaction-rule.ts';

const dotted = /\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?!\d|\.\d|\/\d)/g;
const colons =
  /(?<![\w:.])(?:[0-9a-fA-F]{1,4}:){2,7}(?:[0-9a-fA-F]{1,4}|:[0-9a-fA-F]{0,4})(?::[0-9a-fA-F]{1,4}){0,6}(?![\w:/])/g;
const window = 100;

/** Public addresses of the machine that a person sits at, where the text says so. */
export const clientAddresses: RedactionRule = {
  id: 'ip',
  kind: 'personal_data',
  marker: '[ip]',
  level: 'strict',
  begins: ['1.1.', 'from 1.1.1.1 ', 'a:b::'],
  needles: [],
  needsDigit: true,
  find: (text, report) => {
    eachMatch(text, dotted, (match) => {
      const end = match.index + match[0].length;
      if (!startsWord(text, match.index) || '.-'.includes(text[match.index - 1] ?? ' '))
        return undefined;
      if (!isPublicFour(match[0]) || !isOfPerson(text, match.index, end)) return undefined;
      report('ip/client', match.index, end);
      return end;
    });
    eachMatch(text, colons, (match) => {
      const end = match.index + match[0].length;
      if (!isPublicSix(match[0]) || !isOfPerson(text, match.index, end)) return undefined;
      report('ip/client', match.index, end);
      return end;
    });
  },
};

function isPublicFour(address: string): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  if ([a, b, c, d].some((part) => part > 255) || a === 0 || a === 10 || a === 127 || a >= 224)
    return false;
  if (a === 169 && b === 254) return false;
  if (a === 172 && b >= 16 && b <= 31) return false;
  if (a === 192 && b === 168) return false;
  return !(a === 100 && b >= 64 && b <= 127);
}

function isPublicSix(address: string): boolean {
  if (/^(?:f[cdef]|::1$|0{1,4}:0)/i.test(address)) return false;
  const groups = address.split(':');
  return /^[23]/.test(address) && (groups.length === 8 || address.includes('::'));
}

const named =
  /(?:(?:client|remote|src|source|actor|user|peer|visitor|login|caller|origin|real|viewer|customer|guest|requester|signup|sign-in|last|end[_ -]?user|attacker|offender|device|home)[_ .-]?(?:ip|addr(?:ess)?|host|ip[_ -]?addr(?:ess)?|sign_in_ip|login_ip|seen_ip)|x-forwarded-for|x-real-ip|x-client-ip|cf-connecting-ip|true-client-ip|fastly-client-ip|forwarded: ?for|rhost|ip[_ -]addr(?:ess)?|(?<![A-Za-z])ip|remoteAddress|sourceIPAddress|ipAddress|clientAddress)["'\\\]]{0,3} ?(?:[:=]|=>|is|of|,)? {0,4}["'\\[(]{0,3}(?:[\w.:]{2,45}, ?){0,4}$/i;
const fromWhere =
  /(?:\bfrom|\bby|\bvia|\bat|\bclient:?|\bvisitor|\buser|\bip|\bpeer)[ :=]{0,2}["'([]{0,2}$/i;
const aboutPerson =
  /\b(?:log(?:ged|in|on|s)?[- ]?(?:in|on|ins)?|logins?|sign(?:ed|s)?[- ]?(?:in|up|ins)?|session|auth\w{0,12}|password|publickey|user|account|accepted|failed|attempt\w{0,2}|visitor|customer|member|employee|request(?:ed)?|brute|clicked|opened|downloaded|sshd|anmeldung|angemeldet|token|vpn)\b/i;

function isOfPerson(text: string, start: number, end: number): boolean {
  let last = start - 1;
  while (last > 0 && text[last] === ' ') last -= 1;
  // Behind a number there is no label.
  if (isDigit(text.charCodeAt(last))) return false;
  const before = text.slice(Math.max(0, start - window), start);
  if (named.test(before)) return true;
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (fromWhere.test(line) && aboutPerson.test(line)) return true;
  // A line of an access log begins with the address of who asked.
  return (
    line.trim() === '' &&
    /^ \S{1,40} \S{1,80} \[\d{1,2}\/\w{3}\/\d{4}/.test(text.slice(end, end + 160))
  );
}
