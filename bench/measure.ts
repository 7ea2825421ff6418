/** One line of the report: ours beside its floor, and what the ratio must keep to. */
export interface BenchLine {
  title: string;
  ours: string;
  floor: string;
  ratio: number;
  must: string;
  ok: boolean;
}

/** Returns the median of some figures. */
export function median(values: readonly number[]): number {
  const sorted = [...values].toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export interface Pair {
  oursMs: number;
  floorMs: number;
  /** Median of the ratios of the rounds, ours ÷ floor. */
  ratio: number;
}

/** Measures two pieces of work in turn, round by round, so that noise falls on both alike. */
export async function interleave(
  rounds: number,
  ours: (round: number) => unknown,
  floor: (round: number) => unknown,
): Promise<Pair> {
  const oursMs: number[] = [];
  const floorMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    // Whoever goes second finds warmer caches, so the order alternates.
    const first = round % 2 === 0;
    if (first) oursMs.push(await time(() => ours(round)));
    floorMs.push(await time(() => floor(round)));
    if (!first) oursMs.push(await time(() => ours(round)));
  }
  const ratios = oursMs.map((value, round) => value / (floorMs[round] ?? Number.NaN));
  return { oursMs: median(oursMs), floorMs: median(floorMs), ratio: median(ratios) };
}

export async function time(work: () => unknown): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Returns a line for work that must take at most so many times the floor's time. */
export function atMost(
  title: string,
  pair: Pair,
  limit: number,
  unit = 'ms',
  scale = 1,
): BenchLine {
  return {
    title,
    ours: `${(pair.oursMs * scale).toFixed(2)} ${unit}`,
    floor: `${(pair.floorMs * scale).toFixed(2)} ${unit}`,
    ratio: pair.ratio,
    must: `at most ${limit}`,
    ok: pair.ratio <= limit,
  };
}

/** Returns a line for a figure that has no floor. */
export function absolute(title: string, ours: string, must: string, ok: boolean): BenchLine {
  return { title, ours, floor: '', ratio: Number.NaN, must, ok };
}
