import { AdjutantError } from '../errors.ts';

/** A stored error is for a person who looks at a list, not a dump. */
const longestErrorText = 500;

/** Returns what of an error is stored beside the work that failed: one bounded line, redacted. */
export function errorText(error: unknown, redact: (text: string) => string): string {
  const text = error instanceof Error ? error.message : String(error);
  const name = AdjutantError.isInstance(error)
    ? error.code
    : error instanceof Error
      ? error.name
      : 'thrown';
  // Redacted before it is cut, so that no half of a secret stays.
  const line = redact(`${name}: ${text}`).replaceAll(/[\s\0]+/g, ' ');
  return line.length <= longestErrorText ? line : `${line.slice(0, longestErrorText - 1)}…`;
}
