/** Returns the chance that of so many tries, each with the same chance, at least some number succeed. */
export function binomialTail(successes: number, tries: number, chance: number): number {
  if (successes <= 0) return 1;
  if (successes > tries || chance <= 0) return 0;
  if (chance >= 1) return 1;
  let logTerm = tries * Math.log1p(-chance);
  let sum = 0;
  for (let count = 0; count <= tries; count += 1) {
    if (count >= successes) sum += Math.exp(logTerm);
    logTerm += Math.log((tries - count) / (count + 1)) + Math.log(chance / (1 - chance));
  }
  return Math.min(1, sum);
}
