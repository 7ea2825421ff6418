import { eachMatch, isWord, skipBlanks } from '../characters.ts';
import type { RedactionRule } from '../redaction-rule.ts';
import { isOrdinary, isPasswordValue, isTokenValue } from '../secret-value.ts';
import { DenseRun } from './dense-run.ts';
import { type AssignedValue, forgetLastRun, readValue } from './read-value.ts';

const longestName = 64;
const longestJudged = 256;
const word = /(?:PASSWORD|PASSWD|PASSPHRASE|PASSCODE|PASS|PWD|PAT|AUTH|PW)(?![A-Za-z0-9_])/g;
const password =
  /^(?:[A-Z0-9_]{1,64}(?:PASSWORD|PASSWD|PASSPHRASE|PASSCODE|PWD)|(?:[A-Z0-9_]{0,60}_|[A-Z0-9_]{0,60}(?:SSH|PG|DB|SQL|MY|LDAP|SMTP|IMAP|FTP|REDIS|MONGO|USER|ROOT|MAIL|ADMIN|KEY|STORE|VNC|RDP|SUDO))(?:PASS|PW)|REDIS(?:CLI)?_AUTH)$/;
const token = /^[A-Z0-9_]{1,60}_(?:PAT|AUTH)$/;
// The directory that a shell is in.
const otherNames = new Set(['OLDPWD', 'INIT_PWD', 'INITPWD']);

/** Variables of a process that hold a password; even a plain word is one there. */
export const environmentVariables: RedactionRule = {
  id: 'environment',
  kind: 'secret',
  marker: '[secret]',
  level: 'off',
  needles: ['PASS', 'PWD', 'PAT', 'AUTH', 'PW'],
  begins: ['PGPASSWORD=', 'SSHPASS=', 'MYSQL_PWD=', 'GH_PAT=', 'REDISCLI_AUTH=', 'ENV A_PASS '],
  find: (text, report) => {
    const dense = new DenseRun();
    eachMatch(text, word, (match) => {
      const end = match.index + match[0].length;
      const start = startOfName(text, match.index);
      const name = text.slice(start, end);
      const isPassword = password.test(name) && !otherNames.has(name);
      if (!isPassword && !token.test(name)) return undefined;
      const value = assigned(text, start, end);
      if (value === null) return undefined;
      const raw = text.slice(value.start, Math.min(value.end, value.start + longestJudged));
      // In doubt a digit makes it one.
      if (dense.isCrowded(value.end)) {
        if (!/\d/.test(raw)) return Math.min(value.end, value.start + longestJudged);
      } else if (!(isPassword ? isTyped(raw, value) : isToken(raw, value))) {
        dense.reject(value.end);
        return undefined;
      }
      report('environment/variable', value.start, value.end);
      return value.end;
    });
    forgetLastRun();
  },
};

function startOfName(text: string, index: number): number {
  const floor = Math.max(0, index - longestName);
  let start = index;
  while (start > floor && (isWord(text.charCodeAt(start - 1)) || text[start - 1] === '_'))
    start -= 1;
  return start;
}

/** After `=`; after a colon between quotation marks or in a mapping; after a blank where a command sets it. */
function assigned(text: string, start: number, end: number): AssignedValue | null {
  const quoted = '"\''.includes(text.charAt(end)) && text.charAt(end) !== '';
  const at = skipBlanks(text, end + (quoted ? 1 : 0), 4);
  const sign = text.charAt(at);
  if (sign === '=' && text[at + 1] !== '=') return readValue(text, at + 1);
  const before = text.slice(Math.max(0, start - 16), start);
  if (sign === ':' && text[at + 1] !== ':') {
    const value = readValue(text, at + 1);
    if (value === null || value.quoted) return value;
    const inMapping = /(?:^|\n)[ \t]{1,16}$|[{,] ?$/.test(before);
    return inMapping && /^[ \t]*(?:$|[\r\n,}#])/.test(text.slice(value.end, value.end + 8))
      ? value
      : null;
  }
  return at > end && /(?:ENV|ARG|setx|setenv)[ \t]{1,4}$/.test(before) ? readValue(text, at) : null;
}

function isTyped(raw: string, { quoted }: AssignedValue): boolean {
  if (raw.length < 5 || isOrdinary(raw, true) || /[()]/.test(raw)) return false;
  return quoted || !/\s/.test(raw);
}

function isToken(raw: string, { quoted }: AssignedValue): boolean {
  return (
    isTokenValue(raw, quoted) ||
    (raw.includes(':') && isPasswordValue(raw, { quoted, exact: false }))
  );
}
