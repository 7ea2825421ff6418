/** Returns the instant of a time as GitHub writes it; null where it is missing or is none. */
export function toInstant(text: string | null | undefined): number | null {
  if (text === null || text === undefined || text === '') return null;
  const instant = Date.parse(text);
  // GitHub writes the year 1 for "never" in a few old rows.
  return Number.isNaN(instant) || instant <= 0 ? null : instant;
}

/** Returns the first of several times that is known. */
export function firstInstant(...texts: (string | null | undefined)[]): number | null {
  for (const text of texts) {
    const instant = toInstant(text);
    if (instant !== null) return instant;
  }
  return null;
}
