const numbered = /^(?:p|s|sev|severity|prio|priority)?[\s_:-]*(\d)\b/i;
const severeWords: ReadonlySet<string> = new Set([
  'blocker',
  'critical',
  'emergency',
  'fatal',
  'high',
  'highest',
  'major',
  'severe',
  'urgent',
]);

/** Returns the number in a severity such as P1, SEV-2 or 3; null where it is told in words. */
export function severityNumber(severity: string | null): number | null {
  const digit = numbered.exec(severity?.trim() ?? '')?.[1];
  return digit === undefined ? null : Number(digit);
}

/**
 * Returns whether a severity is one of the two highest, or of high urgency. Some count from 0, some
 * from 1: `lowest` is the lowest number that its source has ever shown.
 */
export function isSevere(severity: string | null, lowest: number): boolean {
  const number = severityNumber(severity);
  if (number !== null) return number <= Math.min(lowest, 1) + 1;
  const [word = ''] = (severity ?? '')
    .trim()
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  return severeWords.has(word);
}
