/** Returns a number with the word for it: 1 day, 3 days. */
export function counted(count: number, word: string, many = `${word}s`): string {
  return `${count} ${count === 1 ? word : many}`;
}

/** Returns a count, up to how many a finding names the rows of: 12, more than 400. */
export function spokenAtMost(count: number, most: number): string {
  return count > most ? `more than ${most}` : String(count);
}

/** Returns a figure as people say it: without a fraction where there is none, else with one digit. */
export function spokenNumber(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Returns a few names in one line: the first ones, and how many more there are. */
export function someOf(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most);
  const left = names.length - shown.length;
  if (left > 0) return `${shown.join(', ')} and ${left} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
