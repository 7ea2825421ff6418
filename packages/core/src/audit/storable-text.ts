import { canonicalJson } from '../canonical-json.ts';

const escapedNul = '\\u0000';

/**
 * Returns the text as every store gives it back, so that a hash over it holds: without U+0000 and
 * half surrogate pairs.
 */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}

/** Returns an entry's detail as canonical JSON. A word from outside must not fail the change it tells of. */
export function storableDetail(detail: Record<string, unknown>): string {
  try {
    const text = canonicalJson(detail);
    if (!text.includes(escapedNul)) return text;
  } catch {
    // Members that are undefined, dates and the like: what JSON makes of them is what is kept.
  }
  const cleaned: unknown = JSON.parse(
    JSON.stringify(detail, (_name, value: unknown) =>
      typeof value === 'string' ? storableText(value) : value,
    ),
  );
  return canonicalJson(cleaned);
}
