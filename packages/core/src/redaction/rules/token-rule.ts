import { matchAt, startsWord } from '../characters.ts';
import type { Seams } from '../readable-text.ts';
import type { RedactionRule, ReportSpan } from '../redaction-rule.ts';

/** A token that is known by how it begins. */
export interface TokenForm {
  /** Names the rule: `token/<id>`. */
  readonly id: string;
  readonly prefixes: readonly string[];
  /** What follows the prefix; bounded. */
  readonly body: string;
}

interface CompiledForm {
  readonly rule: string;
  readonly prefix: string;
  readonly body: RegExp;
}

const charactersPerLook = 500;
const longestUnlooked = 200;
const shortestInWord = 4;
// So far behind a prefix an unseen character belongs to the token.
const nearPrefix = 16;
const filler = /[xX]{6}|\*{3}|\.{3}|_{4}|0{12}/;

/**
 * Returns a function that finds tokens by their prefixes in one pass over the text: a table of the
 * first three characters says at each start of a word which prefixes are worth comparing, so the
 * time does not grow with the number of forms. The table is made for the first text, not at start.
 */
export function findTokens(forms: readonly TokenForm[]): RedactionRule['find'] {
  let compiled: CompiledForms | undefined;
  return (text, report, view) => {
    compiled ??= compileTokenForms(forms);
    scan(text, { ...compiled, seams: view?.seams }, report);
  };
}

function compileTokenForms(forms: readonly TokenForm[]): CompiledForms {
  const table: CompiledForm[][][] = [];
  const pairs = new Uint8Array(128 * 128);
  for (const { id, prefixes, body } of forms) {
    const pattern = new RegExp(`(?:${body})(?![A-Za-z0-9])`, 'y');
    for (const prefix of prefixes) {
      const key = keyOf(prefix.charCodeAt(0), prefix.charCodeAt(1));
      const entry = { rule: `token/${id}`, prefix, body: pattern };
      const thirds = (table[key] ??= Array.from({ length: 128 }, () => []));
      // After a prefix of two characters any may be the third.
      const third = prefix.length > 2 ? thirds.slice(prefix.charCodeAt(2)).slice(0, 1) : thirds;
      for (const entries of third) {
        entries.push(entry);
        // The longest prefix first: `sk-ant-` before `sk-`.
        entries.sort((a, b) => b.prefix.length - a.prefix.length);
      }
      pairs[key] = 1;
    }
  }
  return { table, pairs };
}

function keyOf(first: number, second: number): number {
  return first * 128 + second;
}

interface CompiledForms {
  /** By the first two characters, then by the third. */
  readonly table: readonly (readonly (readonly CompiledForm[])[] | undefined)[];
  /** 1 for each pair of characters with which a prefix begins. */
  readonly pairs: Uint8Array;
}

interface Scan extends CompiledForms {
  readonly seams: Seams | undefined;
}

function scan(text: string, { table, pairs, seams }: Scan, report: ReportSpan): void {
  const last = text.length - 8;
  // Where something unseen stands at every turn, what begins like a token goes without a look.
  // How often is said by the place: what is masked further on changes nothing before it.
  let looks = 0;
  let index = 0;
  let second = text.charCodeAt(0);
  while (index < last) {
    const code = second;
    second = text.charCodeAt(index + 1);
    const key = code < 128 && second < 128 ? keyOf(code, second) : -1;
    let end = index;
    const candidates =
      key !== -1 && pairs[key] === 1 ? table[key]?.[text.charCodeAt(index + 2)] : undefined;
    if (candidates !== undefined && candidates.length > 0) {
      const isSeam = seams !== undefined && standsAtSeam(text, index, candidates, seams);
      if (isSeam) looks += 1;
      if (isSeam || startsWord(text, index)) {
        const find = looks <= 100 + index / charactersPerLook ? tokenAt : unlookedAt;
        end = find(text, index, candidates, report);
      }
    }
    if (end > index) second = text.charCodeAt(end);
    index = end > index ? end : index + 1;
  }
}

/**
 * Returns true for a prefix before or inside which something unseen stood. Inside a word it must be a
 * longer one, and then hides behind the word: `fooghp` and an unseen character before `_`.
 */
function standsAtSeam(
  text: string,
  index: number,
  candidates: readonly CompiledForm[],
  seams: Seams,
): boolean {
  const form = candidates.find(({ prefix }) => text.startsWith(prefix, index));
  if (form === undefined) return false;
  if (seams.has(index)) return true;
  if (form.prefix.length < shortestInWord) return false;
  const last = index + form.prefix.length + nearPrefix;
  for (let at = index + 1; at <= last; at += 1) {
    if (seams.has(at)) return true;
  }
  return false;
}

/** In doubt it is a token. */
function unlookedAt(
  text: string,
  index: number,
  candidates: readonly CompiledForm[],
  report: ReportSpan,
): number {
  const form = candidates.find(({ prefix }) => text.startsWith(prefix, index));
  if (form === undefined) return index;
  const end = Math.min(text.length, index + longestUnlooked);
  report(form.rule, index, end);
  return end;
}

/** Returns where the token at the index ends, or how far there is nothing to find. */
function tokenAt(
  text: string,
  index: number,
  candidates: readonly CompiledForm[],
  report: ReportSpan,
): number {
  for (const { rule, prefix, body } of candidates) {
    if (!text.startsWith(prefix, index)) continue;
    // So short a prefix begins no token in the middle of a name: `task-sk-…`.
    if (prefix.length <= 3 && index > 0 && '-_'.includes(text.charAt(index - 1))) continue;
    const match = matchAt(body, text, index + prefix.length);
    if (match === null) continue;
    const end = index + prefix.length + match[0].length;
    if (filler.test(match[0]) || isRepetition(match[0])) {
      return index + ((end - index) >> 1);
    }
    report(rule, index, end);
    return end;
  }
  return index;
}

/** A body of three characters at most stands for a token, it is none. */
function isRepetition(body: string): boolean {
  return new Set(body.slice(0, 64)).size <= 3 && /^[x0X*_.-]/.test(body);
}
