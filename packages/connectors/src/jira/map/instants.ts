/** As milliseconds it is in 1973, before anybody had an issue; as seconds it is in 5138. */
const secondsBelow = 100_000_000_000;

/**
 * Returns the instant of a time as Jira writes it: `2021-01-25T11:09:27.985+0800`, or a number in
 * bulk answers; null where it is missing or is none.
 */
export function toInstant(value: string | number | null | undefined): number | null {
  if (value === null || value === undefined || value === '') return null;
  const instant =
    typeof value === 'number'
      ? // Documented with an example in seconds, answered in milliseconds: both are told apart.
        value * (value < secondsBelow ? 1_000 : 1)
      : // An offset without a colon is no ISO 8601, and not every engine reads it.
        Date.parse(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(instant) || instant <= 0 ? null : Math.trunc(instant);
}
