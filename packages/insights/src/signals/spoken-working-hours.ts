const hoursOfDay = 8;

/**
 * Returns working hours in words: whole hours below two days, whole working days of eight hours from
 * there on, so that a sentence stays the same for hours.
 */
export function spokenWorkingHours(hours: number): string {
  const whole = Math.floor(hours);
  if (whole < 2 * hoursOfDay) return `${whole} working ${whole === 1 ? 'hour' : 'hours'}`;
  return `${Math.floor(whole / hoursOfDay)} working days`;
}
