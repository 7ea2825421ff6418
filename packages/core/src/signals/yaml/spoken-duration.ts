/**
 * Returns a length of time in whole minutes below an hour, in whole hours below two days and in whole
 * days from there on: a sentence that says it stays the same for a while.
 */
export function spokenDuration(hours: number): string {
  if (hours < 1) return counted(Math.max(0, Math.floor(hours * 60)), 'minute');
  if (hours < 48) return counted(Math.floor(hours), 'hour');
  return counted(Math.floor(hours / 24), 'day');
}

function counted(amount: number, unit: string): string {
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}
