import { eachMatch, matchAt } from '../characters.ts';
import type { RedactionRule, ReportSpan } from '../redaction-rule.ts';
import { isOrdinary, isPlaceholder, looksRandom } from '../secret-value.ts';
import { readValue } from './read-value.ts';

const scheme = /\b(?:bearer|basic|authorization|proxy-authorization|(?:set-)?cookie|jwt)\b/gi;
const credentials =
  /["'\\]{0,3}\s{0,3}(?:[:=]\s{0,3}["'\\]{0,3}[A-Za-z][\w-]{1,30}\s{1,2}(?=\S{16})|[:=]?\s{0,3}["'\\]{0,3}(?:(?:Bearer|Basic|Token|token|bearer|basic|ApiKey|Digest|Negotiate|GenieKey|SSWS|Bot|Key|key)\s{1,2})?)(?:token=)?["'\\]{0,3}([\w.~+/=%:-]{8,4096})/y;
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
export function isBasic(value: string): boolean {
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
