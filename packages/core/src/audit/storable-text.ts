import { canonicalJson } from '../canonical-json.ts';

/** What not every store keeps as it is: U+0000, and half a surrogate pair. */
const unstorable = /\0|\p{Surrogate}/u;
const escapedNul = '\\u0000';
const everyUnstorable = new RegExp(unstorable, 'gu');

/** Returns the text as every store gives it back, so that a hash over it holds. */
export function storableText(text: string): string {
  return unstorable.test(text) ? text.replaceAll(everyUnstorable, '\uFFFD') : text;
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
