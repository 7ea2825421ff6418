/** How counts of the last periods compare with those before them. */
export interface RateChange {
  /** How many of the last periods are compared. */
  periods: number;
  /** Counts per period after ÷ before. */
  ratio: number;
  /** Bounds of that, 95 %. */
  lower: number;
  upper: number;
  /** How far it lies from no change, in standard deviations; below 0 for fewer. */
  deviations: number;
  beforeMean: number;
  afterMean: number;
}

export interface RateSearch {
  fewestBefore: number;
  fewestAfter: number;
  mostAfter: number;
}

const normalQuantile = 1.96;
const widestRatio = 1_000;

/**
 * Returns the clearest fall of counts over any of the last stretches: likelihood ratios of Poisson rates,
 * as a one-sided cumulative-sum test asks for them, made less sure by as much as the counts before vary
 * more than chance lets them. Null where there are too few periods.
 *
 * @source McCullagh and Nelder 1989, "Generalized Linear Models", on quasi-likelihood
 */
export function findRateFall(counts: readonly number[], search: RateSearch): RateChange | null {
  let clearest: RateChange | null = null;
  const most = Math.min(search.mostAfter, counts.length - search.fewestBefore);
  for (let periods = search.fewestAfter; periods <= most; periods += 1) {
    const change = rateChange(counts.slice(0, -periods), counts.slice(-periods));
    if (clearest === null || change.deviations < clearest.deviations) clearest = change;
  }
  return clearest;
}

function rateChange(before: readonly number[], after: readonly number[]): RateChange {
  const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);
  const rows = { before: sum(before), after: sum(after), ratio: after.length / before.length };
  const spread = overdispersion(before);
  const beforeMean = rows.before / before.length;
  const afterMean = rows.after / after.length;
  const ratio = beforeMean === 0 ? widestRatio : afterMean / beforeMean;
  const deviations = (held: number): number => {
    const expected = ((rows.before + rows.after) * held * rows.ratio) / (1 + held * rows.ratio);
    const deviance =
      2 * (part(rows.after, expected) + part(rows.before, rows.before + rows.after - expected));
    const size = Math.sqrt(Math.max(0, deviance) / spread);
    return ratio < held ? -size : size;
  };
  return {
    periods: after.length,
    ratio,
    lower: boundOf(0, Math.min(ratio, widestRatio), (held) => deviations(held) > normalQuantile),
    upper: boundOf(ratio, widestRatio, (held) => deviations(held) > -normalQuantile),
    deviations: deviations(1),
    beforeMean,
    afterMean,
  };
}

/** The bound between the values that pass, from the low end on, and those that do not. */
function boundOf(from: number, to: number, passes: (held: number) => boolean): number {
  let low = from;
  let high = to;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (passes(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function part(count: number, expected: number): number {
  return count === 0 || expected <= 0 ? 0 : count * Math.log(count / expected);
}

/** Pearson's measure; never below 1, so that even counts do not make the test surer than chance allows. */
function overdispersion(counts: readonly number[]): number {
  const mean = counts.reduce((total, one) => total + one, 0) / Math.max(1, counts.length);
  if (mean === 0 || counts.length < 2) return 1;
  const squares = counts.reduce((total, one) => total + (one - mean) ** 2 / mean, 0);
  return Math.max(1, squares / (counts.length - 1));
}
