/**
 * Returns hours of weekdays in words: whole hours below two days, whole weekdays from there on, so that a
 * sentence stays the same for hours.
 */
export function spokenWeekdays(hours: number): string {
  const whole = Math.floor(hours);
  if (whole < 48) return `${whole} weekday ${whole === 1 ? 'hour' : 'hours'}`;
  return `${Math.floor(whole / 24)} weekdays`;
}
