/**
 * Returns a length of time in whole hours below two days, in whole days from there on: a sentence that
 * says it stays the same for hours.
 */
export function spokenHours(hours: number): string {
  const whole = Math.floor(hours);
  if (whole < 48) return `${whole} ${whole === 1 ? 'hour' : 'hours'}`;
  return `${Math.floor(whole / 24)} days`;
}
