import { eachMatch, matchAt } from '../characters.ts';
import type { RedactionRule, ReportSpan } from '../redaction-rule.ts';
import { isOrdinary, isPasswordValue, isPlaceholder, looksRandom } from '../secret-value.ts';
import { readValue } from './read-value.ts';

const scheme = /\b(?:bearer|basic|authorization|proxy-authorization|(?:set-)?cookie|jwt)\b/gi;
const credentials =
  /["'\\]{0,3}\s{0,3}[:=]?\s{0,3}["'\\]{0,3}(?:(?:Bearer|Basic|Token|token|bearer|basic|ApiKey|Digest|Negotiate|GenieKey|SSWS|Bot|Key|key)\s{1,2})?(?:token=)?["'\\]{0,3}([\w.~+/=%:-]{8,4096})/y;
const bareScheme = /[:=]?\s{1,2}([\w.~+/=%:-]{8,4096})/y;

/** What the headers of a request prove who is asking with. */
export const authorizationHeaders: RedactionRule = {
  id: 'header',
  kind: 'secret',
  marker: '[secret]',
  level: 'off',
  begins: ['Bearer ', 'Basic ', 'Authorization: ', 'Cookie: ', 'Cookie: a=', 'jwt '],
  needles: [],
  find: (text, report) =>
    eachMatch(text, scheme, (match) => {
      const name = match[0].toLowerCase();
      const end = match.index + name.length;
      if (name.endsWith('cookie')) return findCookies(text, end, report);
      const bare = name === 'bearer' || name === 'basic' || name === 'jwt';
      const found = matchAt(bare ? bareScheme : credentials, text, end);
      if (found === null) return undefined;
      const value = (found[1] ?? '').replace(/[.:]{1,3}$/, '');
      const start = end + found[0].length - (found[1] ?? '').length;
      if (name === 'basic' ? !isBasic(value) : !isCredential(value)) return undefined;
      report(`header/${name}`, start, start + value.length);
      return start + value.length;
    }),
};

function isCredential(value: string): boolean {
  // `token_type=bearer expires_in=3600`
  if (/^\w{1,80}=[^=]/.test(value)) return false;
  return !isOrdinary(value, true) && (looksRandom(value, 12) || isBasic(value));
}

/** Basic credentials are the encoding of `user:password`. */
function isBasic(value: string): boolean {
  if (!/^[A-Za-z0-9+/_-]{8,1024}={0,2}$/.test(value)) return false;
  const head = value.slice(0, 256).replace(/=+$/, '');
  // What no encoder writes; asked here because an exception costs more than all the rest.
  if (head.length % 4 === 1 || /[_-]/.test(head)) return false;
  return /^[\x20-\x7e\u00a0-\u00ff]{1,200}:/.test(atob(head));
}

const cookiePair = /(?:^|[;\s"'])([\w.%$@-]{1,60})=([^;\s"'\\,]{8,4096})/g;
const carriesNothing =
  /^(?:theme|locale|lang|path|domain|expires|max-age|samesite|_ga|_gid|_gat|utm)/i;

function findCookies(text: string, from: number, report: ReportSpan): number {
  const opened = matchAt(/["'\\]{0,3}\s{0,3}[:=]/y, text, from);
  if (opened === null) return from;
  const start = from + opened[0].length;
  const rest = text.slice(start, start + 4096);
  const lineEnd = rest.search(/\n|\\n|["']\s{0,2}[,}]/);
  const line = lineEnd === -1 ? rest : rest.slice(0, lineEnd);
  for (const match of line.matchAll(cookiePair)) {
    const [, name = '', value = ''] = match;
    if (carriesNothing.test(name) || !isSession(name, value)) continue;
    const end = start + match.index + match[0].length;
    report('header/cookie', end - value.length, end);
  }
  return start + line.length;
}

function isSession(name: string, value: string): boolean {
  if (isPlaceholder(value)) return false;
  const named = /sess|sid|auth|token|jwt|csrf|xsrf|remember|login|user|secret|_gh|id$/i.test(name);
  return looksRandom(value.replaceAll('%', ''), named ? 10 : 20);
}

interface CommandForm {
  readonly id: string;
  readonly literals: readonly string[];
  /** Sticky, from the literal on; the first group is the secret. */
  readonly secret: RegExp;
}

// Between a command and its option stand at most 160 characters of the same line.
const commandForms: readonly CommandForm[] = [
  {
    id: 'curl-user',
    literals: ['curl ', 'wget ', 'http ', 'https '],
    secret:
      /[^\n]{0,160}?\s(?:-u|--user|-a|--auth|--proxy-user)[ =]["']?[^\s"':]{1,80}:([^\s"']{4,200})/y,
  },
  {
    id: 'login',
    literals: [
      'docker login',
      'podman login',
      'helm registry login',
      'az login',
      'oc login',
      'skopeo login',
      'buildah login',
      'sshpass',
      'az acr login',
    ],
    secret: /[^\n]{0,160}?\s-p[ =]?["']?([^\s"'-][^\s"']{4,200})/y,
  },
  {
    id: 'mysql',
    literals: ['mysql ', 'mysqldump ', 'mysqladmin ', 'mariadb ', 'mysqlimport '],
    secret: /[^\n|]{0,160}?\s-p["']?([^\s"'-][^\s"']{4,100})/y,
  },
  { id: 'redis', literals: ['redis-cli '], secret: /[^\n|]{0,160}?\s-a ["']?([^\s"']{6,200})/y },
  {
    id: 'sqlcmd',
    literals: ['sqlcmd ', 'bcp ', 'osql '],
    secret: /[^\n|]{0,160}?\s-P ?["']?([^\s"']{5,100})/y,
  },
  {
    id: 'mongo',
    literals: ['mongosh ', 'mongo ', 'mongodump ', 'mongorestore '],
    secret: /[^\n|]{0,160}?\s-p ?["']?([^\s"'-][^\s"']{4,100})/y,
  },
  {
    id: 'ldap',
    literals: ['ldapsearch ', 'ldapmodify ', 'ldapadd '],
    secret: /[^\n|]{0,160}?\s-w ?["']?([^\s"']{5,100})/y,
  },
  {
    id: 'push-key',
    literals: [
      'nuget push',
      'nuget setapikey',
      'cargo login',
      'gem push',
      'vault login',
      'htpasswd -b',
      'gh auth',
      'npm login',
    ],
    secret: /[^\n|]{0,160}?\s(?:-k |--api-key |-K )?["']?([A-Za-z0-9][\w.-]{19,200})/y,
  },
  {
    id: 'smbclient',
    literals: ['smbclient ', 'rpcclient ', 'mount.cifs '],
    secret:
      /[^\n|]{0,120}?(?:-U ?["']?|username=)[^\s%"',]{1,60}(?:%|,password=)([^\s"',]{5,100})/y,
  },
  {
    id: 'netrc',
    literals: ['machine '],
    secret: /[^\n]{1,80}?\s{1,8}login\s{1,4}\S{1,80}\s{1,8}password\s{1,4}(\S{4,200})/y,
  },
  { id: 'openssl', literals: ['pass:'], secret: /([^\s"':]{6,100})/y },
  {
    id: 'sql',
    literals: [
      'IDENTIFIED BY',
      'identified by',
      'WITH PASSWORD',
      'PASSWORD ',
      'with password',
      'password ',
    ],
    secret: /(?:\s{1,3}PASSWORD)?\s{0,3}'([^'\n]{5,100})'/y,
  },
  {
    id: 'docker-auth',
    literals: ['"auth"', '_auth'],
    secret: /\s{0,3}[:=]\s{0,3}"?([A-Za-z0-9+/]{12,1024}={0,2})/y,
  },
];

/** Secrets that the options of well-known commands carry. */
export const commandSecrets: RedactionRule = {
  id: 'command',
  kind: 'secret',
  marker: '[secret]',
  level: 'off',
  begins: commandForms.flatMap(({ literals }) => literals),
  needles: commandForms.flatMap(({ literals }) => literals),
  find: (text, report, view) => {
    for (const { id, literals, secret } of commandForms) {
      for (const literal of literals) {
        if (view?.mayHold(literal) === false) continue;
        findAfter(text, literal, secret, `command/${id}`, report);
      }
    }
  },
};

function findAfter(
  text: string,
  literal: string,
  secret: RegExp,
  rule: string,
  report: ReportSpan,
): void {
  let index = text.indexOf(literal);
  let visits = 0;
  // A text that repeats a command thousands of times is no log of a person at work.
  while (index !== -1 && visits < 500) {
    visits += 1;
    const from = index + literal.length - (literal.endsWith(' ') ? 1 : 0);
    const match = matchAt(secret, text, from);
    const value = match?.[1] ?? '';
    if (match !== null && isCommandSecret(rule, value)) {
      const end = from + match[0].length - (match[0].endsWith("'") && !value.endsWith("'") ? 1 : 0);
      report(rule, end - value.length, end);
    }
    index = text.indexOf(literal, index + literal.length);
  }
}

function isCommandSecret(rule: string, value: string): boolean {
  if (rule === 'command/push-key') return looksRandom(value, 20);
  if (rule === 'command/docker-auth') return isBasic(value);
  if (rule === 'command/sql') return !isPlaceholder(value) && value.length >= 5;
  return isPasswordValue(value, { quoted: true, exact: rule === 'command/curl-user' });
}

const block = /^([ \t]{0,20})(?:data|stringData):[ \t]{0,4}$/gm;
const entry = /[ \t]{0,40}[\w.-]{1,80}:[ \t]{1,4}/y;

/** Values below `data` of a Secret of a cluster, whatever their names. */
export const clusterSecrets: RedactionRule = {
  id: 'cluster-secret',
  kind: 'secret',
  marker: '[secret]',
  level: 'off',
  begins: ['kind: Secret\ndata:\n', 'data:\n', 'kind: Secret\nstringData:\n  a: '],
  needles: ['kind: Secret'],
  find: (text, report) =>
    eachMatch(text, block, (match) => {
      let at = match.index + match[0].length + 1;
      for (let line = 0; line < 100 && at < text.length; line += 1) {
        const name = matchAt(entry, text, at);
        if (name === null || !/^[ \t]/.test(name[0])) return at;
        const value = readValue(text, at + name[0].length);
        if (value !== null && value.end - value.start >= 6) {
          const raw = text.slice(value.start, value.end);
          if (!isPlaceholder(raw)) report('cluster-secret/entry', value.start, value.end);
        }
        const next = text.indexOf('\n', at);
        if (next === -1) return text.length;
        at = next + 1;
      }
      return at;
    }),
};
