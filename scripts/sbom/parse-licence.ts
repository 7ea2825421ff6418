/** A licence by its identifier, or several that can be chosen from or hold together. */
export type LicenceTerm =
  | { kind: 'licence'; id: string; exception: string | null }
  | { kind: 'or' | 'and'; of: LicenceTerm[] };

const word = /^[A-Za-z0-9][A-Za-z0-9.+-]*$/;
const operators: ReadonlySet<string> = new Set(['AND', 'OR', 'WITH']);

/** Returns what an SPDX expression says, AND before OR as its specification has it; null for any other text. */
export function parseLicence(text: string): LicenceTerm | null {
  const words = text.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const list = (
    kind: 'or' | 'and',
    operator: string,
    part: () => LicenceTerm | null,
  ): LicenceTerm | null => {
    const of: LicenceTerm[] = [];
    do {
      const one = part();
      if (one === null) return null;
      of.push(one);
    } while (words[at] === operator && (at += 1) > 0);
    return of.length === 1 ? (of[0] ?? null) : { kind, of };
  };
  const either = (): LicenceTerm | null => list('or', 'OR', all);
  const all = (): LicenceTerm | null => list('and', 'AND', single);
  const single = (): LicenceTerm | null => {
    if (words[at] === '(') {
      at += 1;
      const inner = either();
      const isClosed = words[at] === ')';
      at += 1;
      return isClosed ? inner : null;
    }
    const id = identifier();
    if (id === null) return null;
    if (words[at] !== 'WITH') return { kind: 'licence', id, exception: null };
    at += 1;
    const exception = identifier();
    return exception === null ? null : { kind: 'licence', id, exception };
  };
  const identifier = (): string | null => {
    const found = words[at] ?? '';
    at += 1;
    return word.test(found) && !operators.has(found) ? found : null;
  };
  const term = either();
  return at === words.length ? term : null;
}
