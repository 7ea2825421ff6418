import { eachOccurrence, matchAt } from '../characters.ts';
import type { RedactionRule, ReportSpan } from '../redaction-rule.ts';

const begin = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/y;
const material = /[A-Za-z0-9+/=]{16}/;
const longestKey = 20_000;

/** Bodies of private keys in armour: PEM, OpenSSH, PGP; cut off at their end or not. */
export const privateKeys: RedactionRule = {
  id: 'private-key',
  kind: 'secret',
  marker: '[private key]',
  level: 'off',
  begins: [
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN ',
    'Private-Lines: 1\n',
    'LS0tLS1CRUdJTi',
    '"kty"',
    '"kty" "d":"',
  ],
  needles: ['PRIVATE KEY', 'Private-Lines', '"kty"', 'LS0tLS1CRUdJTi', 'Private key:'],
  find: (text, report) => {
    findArmoured(text, report);
    findPutty(text, report);
    findEncoded(text, report);
    if (text.includes('"kty"')) findWebKeys(text, report);
  },
};

function findArmoured(text: string, report: ReportSpan): void {
  const run: MaterialRun = { start: 0, end: -1 };
  eachOccurrence(text, '-----BEGIN ', (index) => {
    const match = matchAt(begin, text, index);
    if (match === null) return undefined;
    const from = index + match[0].length;
    const next = text.slice(from, from + longestKey).indexOf('-----');
    // Before another beginning, as where a document shows `BEGIN …` and no key, stands whatever stands there.
    const isClosed = next !== -1 && text.startsWith('-----END', from + next);
    const to = isClosed ? from + next : endOfMaterial(text, from, run);
    const start = skipBreaks(text, from, to);
    // Before anything that takes longer: a begin may be followed by thousands of its like.
    const nextBegin = next === -1 ? to : from + next;
    const near = text.slice(start, Math.min(to, nextBegin, start + 400));
    if (!material.test(near)) return undefined;
    const end = trimBreaks(text, start, to);
    report('private-key/armoured', start, end);
    return end;
  });
}

function skipBreaks(text: string, from: number, to: number): number {
  const match = matchAt(/(?:\\[nr]|\s){0,8}/y, text, from);
  return Math.min(to, from + (match?.[0].length ?? 0));
}

function trimBreaks(text: string, start: number, to: number): number {
  let end = to;
  while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1;
  return /\\[nr]$/.test(text.slice(start, end).slice(-2)) ? end - 2 : end;
}

/** A run of what may be part of a key: whoever begins inside it ends where it ends. */
interface MaterialRun {
  start: number;
  end: number;
}

const notMaterial = /[^A-Za-z0-9+/=\\\s:>|,-]/g;

/** Without an end mark: as far as lines look like part of a key. */
function endOfMaterial(text: string, from: number, run: MaterialRun): number {
  if (from < run.start || from >= run.end) {
    notMaterial.lastIndex = from;
    run.start = from;
    run.end = notMaterial.exec(text)?.index ?? text.length;
  }
  return Math.min(run.end, from + longestKey);
}

function findPutty(text: string, report: ReportSpan): void {
  eachOccurrence(text, 'Private-Lines:', (index) => {
    const match = matchAt(
      /Private-Lines: \d{1,4}(?:\r?\n|\\n)([A-Za-z0-9+/=\s\\]{16,8000})/y,
      text,
      index,
    );
    if (match === null) return undefined;
    const end = index + match[0].length;
    const start = end - (match[1]?.length ?? 0);
    const mac = text.slice(start, end).search(/\n?Private$/);
    const to = mac === -1 ? end : start + mac;
    report('private-key/putty', start, to);
    return end;
  });
}

/** Armour that was encoded once more, as in cluster configurations. */
function findEncoded(text: string, report: ReportSpan): void {
  eachOccurrence(text, 'LS0tLS1CRUdJTi', (index) => {
    const match = matchAt(/[A-Za-z0-9+/=]{60,20000}/y, text, index);
    if (match === null) return undefined;
    const end = index + match[0].length;
    const head = Buffer.from(match[0].slice(0, 60), 'base64').toString('latin1');
    if (head.includes('PRIVATE')) report('private-key/encoded', index, end);
    return end;
  });
}

const webKeyPart = /"(?:d|p|q|dp|dq|qi|k)\\?"\s{0,4}:\s{0,4}\\?"([\w-]{16,1024})/g;

function findWebKeys(text: string, report: ReportSpan): void {
  for (const match of text.matchAll(webKeyPart)) {
    const end = match.index + match[0].length;
    report('private-key/web-key', end - (match[1]?.length ?? 0), end);
  }
}
