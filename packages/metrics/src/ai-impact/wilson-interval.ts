/** Two-sided 95 % of a standard normal. */
const z = 1.959963984540054;

/**
 * Returns the 95 % interval of a share; null of nothing.
 *
 * @source Wilson 1927, "Probable inference, the law of succession, and statistical inference"
 */
export function wilsonInterval(part: number, whole: number): { low: number; high: number } | null {
  if (whole === 0) return null;
  const share = part / whole;
  const scale = 1 + (z * z) / whole;
  const centre = (share + (z * z) / (2 * whole)) / scale;
  const spread = share * (1 - share) + (z * z) / (4 * whole);
  const half = (z * Math.sqrt(spread / whole)) / scale;
  // Rounding must not push the ends past what the share itself is.
  return {
    low: Math.max(0, Math.min(share, centre - half)),
    high: Math.min(1, Math.max(share, centre + half)),
  };
}
