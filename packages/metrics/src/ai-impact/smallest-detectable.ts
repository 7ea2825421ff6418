/** 97.5 % and 80 % of a standard normal: what is found at 95 % four times of five. */
const found = 1.959963984540054 + 0.8416212335729143;
/** How much less a test of ranks sees of a normal difference than a test of means. */
const rankEfficiency = 3 / Math.PI;
/** Shorter ones are taken for this long, because a logarithm knows no 0. @unit hours */
const shortestHours = 1 / 60;

/**
 * Returns the smallest relative difference that two samples of this size and spread would show four
 * times of five, such as 0.3 for "30 % less"; null where the spread is unknown. Durations spread by
 * factors, so their logarithms are used.
 *
 * @source Lehmann 1975, "Nonparametrics", efficiency 3/π of the Wilcoxon test
 */
export function smallestDetectable(first: Float64Array, second: Float64Array): number | null {
  const degrees = first.length + second.length - 2;
  if (first.length === 0 || second.length === 0 || degrees <= 0) return null;
  const variance = (squares(first) + squares(second)) / degrees;
  const error = Math.sqrt((variance * (1 / first.length + 1 / second.length)) / rankEfficiency);
  return 1 - Math.exp(-found * error);
}

/** Squared distances of the logarithms from their mean. */
function squares(values: Float64Array): number {
  const logarithms = values.map((hours) => Math.log(Math.max(shortestHours, hours)));
  const mean = logarithms.reduce((sum, value) => sum + value, 0) / logarithms.length;
  return logarithms.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
