import { matchAt, startsWord } from '../characters.ts';
import type { ReportSpan } from '../redaction-rule.ts';

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

const filler = /[xX]{6}|\*{3}|\.{3}|_{4}|0{12}/;

/**
 * Returns a function that finds tokens by their prefixes in one pass over the text: a table of the
 * first two characters says at each start of a word which prefixes are worth comparing, so the
 * time does not grow with the number of forms.
 */
export function compileTokenForms(
  forms: readonly TokenForm[],
): (text: string, report: ReportSpan) => void {
  const table = new Map<number, CompiledForm[]>();
  for (const { id, prefixes, body } of forms) {
    const pattern = new RegExp(`(?:${body})(?![A-Za-z0-9])`, 'y');
    for (const prefix of prefixes) {
      const key = keyOf(prefix.charCodeAt(0), prefix.charCodeAt(1));
      const entry = { rule: `token/${id}`, prefix, body: pattern };
      const entries = [...(table.get(key) ?? []), entry];
      // The longest prefix first: `sk-ant-` before `sk-`.
      table.set(
        key,
        entries.toSorted((a, b) => b.prefix.length - a.prefix.length),
      );
    }
  }
  const first = new Uint8Array(128);
  for (const key of table.keys()) first[key >> 7] = 1;
  return (text, report) => scan(text, table, first, report);
}

function keyOf(first: number, second: number): number {
  return first * 128 + second;
}

function scan(
  text: string,
  table: ReadonlyMap<number, readonly CompiledForm[]>,
  first: Uint8Array,
  report: ReportSpan,
): void {
  const last = text.length - 8;
  let index = 0;
  while (index < last) {
    const code = text.charCodeAt(index);
    if (code < 128 && first[code] === 1) {
      const second = text.charCodeAt(index + 1);
      const candidates = second < 128 ? table.get(keyOf(code, second)) : undefined;
      if (candidates !== undefined && startsWord(text, index)) {
        const end = tokenAt(text, index, candidates, report);
        if (end > index) {
          index = end;
          continue;
        }
      }
    }
    index += 1;
  }
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
