import type { TextRedactor } from './create-text-redactor.ts';
import { isSecretName } from './rules/secret-names.ts';

const marker = '[secret]';
// Shorter numbers are counts, durations and times.
const smallestTold = 1e13;

/**
 * Returns the value as JSON, each string in it masked by itself, so that what comes out is JSON
 * whatever was masked. What stands in a field that is named like a secret goes whole.
 */
export function stringifyRedacted(value: unknown, redactor: TextRedactor): string {
  return JSON.stringify(value, (key, field: unknown) => {
    if (typeof field === 'string') {
      return field !== '' && isSecretName(key) ? marker : redactor.redact(field);
    }
    if (typeof field !== 'number' || Math.abs(field) < smallestTold) return field;
    const digits = String(field);
    const redacted = redactor.redact(digits);
    return redacted === digits ? field : redacted;
  });
}
