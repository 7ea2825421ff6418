/**
 * How far two counts over equal time lie apart, in standard errors of their difference. Two weeks of
 * the same team differ by chance; above 2 chance alone is an unlikely explanation.
 */
export function countDistance(before: number, after: number): number {
  const total = before + after;
  return total === 0 ? 0 : (after - before) / Math.sqrt(total);
}

/** How far two shares lie apart, in standard errors under the assumption that they are the same. */
export function shareDistance(
  before: { hits: number; of: number },
  after: { hits: number; of: number },
): number {
  if (before.of === 0 || after.of === 0) return 0;
  const pooled = (before.hits + after.hits) / (before.of + after.of);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / before.of + 1 / after.of));
  return error === 0 ? 0 : (after.hits / after.of - before.hits / before.of) / error;
}
