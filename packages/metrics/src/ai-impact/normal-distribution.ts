/** Returns the chance that a standard normal value lies above `z`, to about seven digits. */
export function upperTail(z: number): number {
  if (z < 0) return 1 - upperTail(-z);
  // The continued fraction converges slowly near 0, where the series is exact enough.
  if (z < 2.5) return 0.5 - centralPart(z);
  let fraction = z;
  for (let step = 60; step >= 1; step -= 1) fraction = z + step / fraction;
  return density(z) / fraction;
}

/** Chance of a value between 0 and `z`, as the series z + z³/3 + z⁵/15 + … times the density. */
function centralPart(z: number): number {
  let term = z;
  let sum = z;
  for (let step = 3; term > sum * 1e-16; step += 2) {
    term *= (z * z) / step;
    sum += term;
  }
  return sum * density(z);
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}
