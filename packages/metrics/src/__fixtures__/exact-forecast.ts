/** Probability of each total after so many days, by convolution over every possible history day. */
export function exactTotals(counts: readonly number[], days: number): number[] {
  let totals = [1];
  for (let day = 0; day < days; day += 1) {
    const next = Array.from({ length: totals.length + Math.max(...counts) }, () => 0);
    for (const [total, probability] of totals.entries()) {
      for (const count of counts) {
        next[total + count] = (next[total + count] ?? 0) + probability / counts.length;
      }
    }
    totals = next;
  }
  return totals;
}

/** Probability that at least so many items are finished in so many days. */
export function exactAtLeast(counts: readonly number[], days: number, items: number): number {
  return exactTotals(counts, days)
    .slice(items)
    .reduce((sum, probability) => sum + probability, 0);
}
