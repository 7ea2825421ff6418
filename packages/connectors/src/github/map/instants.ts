/** Returns the instant of a time as GitHub writes it; null where it is missing or is none. */
export function toInstant(text: string | null | undefined): number | null {
  if (text === null || text === undefined || text === '') return null;
  // What merges a pull request closes and updates it in the same second, and reading a date costs as
  // much as mapping the rest of a row.
  if (text === last.text) return last.instant;
  const instant = Date.parse(text);
  // GitHub writes the year 1 for "never" in a few old rows.
  last = { text, instant: Number.isNaN(instant) || instant <= 0 ? null : instant };
  return last.instant;
}

let last: { text: string; instant: number | null } = { text: '', instant: null };

/** Returns the first of several times that is known. */
export function firstInstant(...texts: (string | null | undefined)[]): number | null {
  for (const text of texts) {
    const instant = toInstant(text);
    if (instant !== null) return instant;
  }
  return null;
}
