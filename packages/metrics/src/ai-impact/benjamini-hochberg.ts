/**
 * Returns the p values corrected for having asked several questions at once, in the same order; an
 * unknown one stays unknown and counts as no question.
 *
 * @source Benjamini and Hochberg 1995, "Controlling the False Discovery Rate"
 */
export function benjaminiHochberg(pValues: readonly (number | null)[]): (number | null)[] {
  const known = pValues.flatMap((pValue, place) => (pValue === null ? [] : [{ pValue, place }]));
  known.sort((left, right) => right.pValue - left.pValue);
  const adjusted: (number | null)[] = pValues.map(() => null);
  let least = 1;
  for (const [index, { pValue, place }] of known.entries()) {
    least = Math.min(least, (pValue * known.length) / (known.length - index));
    adjusted[place] = least;
  }
  return adjusted;
}
