import { seededRandom, type Window } from '../domain.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';

const dayMs = 86_400_000;
/** Fewer days, or rows, say nothing about how much a figure varies by chance. */
const fewestDays = 14;
const fewestRows = 10;
const mostRounds = 500;
const fewestRounds = 100;
/** Rows that all rounds together may look at. */
const mostRowsDrawn = 4_000_000;
/** Rows and days that are looked at in one go, and rounds: timers and sockets wait for no more. */
const mostLookedAtAtOnce = 20_000;
const mostRoundsAtOnce = 20;
const confidence = 0.95;

/** One of the two figures, in a form that can be computed again from some of its rows. */
export interface Resampled {
  window: Window;
  /** The instant that places each row in time. */
  instants: readonly (number | null)[];
  /** Returns the figure of the rows at these positions; a position may come more than once. */
  valueOf(positions: readonly number[]): number | null;
}

/** Where the difference of two figures lies, as far as chance lets it be told. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * Returns the interval that holds the difference after − before in 95 of 100 cases; null where there
 * are too few days or rows to tell. The days of each window are drawn again and again, with their rows,
 * so that counts vary too and rows of one day stay together.
 *
 * @source Percentile bootstrap over blocks: B. Efron, R. Tibshirani, An Introduction to the Bootstrap, 1993, ch. 8, 13
 */
export async function changeInterval(
  before: Resampled,
  after: Resampled,
  seed: number,
): Promise<Interval | null> {
  const sides = [before, after].map((side) => ({ side, days: rowsByDay(side) }));
  if (sides.some(({ side, days }) => days.length < fewestDays || side.instants.length < fewestRows))
    return null;
  const rows = before.instants.length + after.instants.length;
  const rounds = Math.max(fewestRounds, Math.min(mostRounds, Math.floor(mostRowsDrawn / rows)));
  const random = seededRandom(seed);
  const differences: number[] = [];
  const lookedAt = rows + sides.reduce((sum, { days }) => sum + days.length, 0);
  const roundsAtOnce = Math.max(
    1,
    Math.min(mostRoundsAtOnce, Math.floor(mostLookedAtAtOnce / lookedAt)),
  );
  for (let round = 0; round < rounds; round += 1) {
    const [from, to] = sides.map(({ side, days }) => side.valueOf(drawDays(days, random)));
    if (typeof from === 'number' && typeof to === 'number') differences.push(to - from);
    if (round % roundsAtOnce === 0) await yieldToEventLoop();
  }
  // A figure that is often unknown in a draw hangs on a handful of rows.
  if (differences.length < rounds * confidence) return null;
  differences.sort((left, right) => left - right);
  const tail = (1 - confidence) / 2;
  return { low: quantile(differences, tail), high: quantile(differences, 1 - tail) };
}

/** Positions of the rows of each whole day of the window, days without rows among them. */
function rowsByDay({ window, instants }: Resampled): number[][] {
  const count = Math.floor((window.to - window.from) / dayMs);
  const days = Array.from({ length: count }, (): number[] => []);
  for (const [position, instant] of instants.entries()) {
    if (instant !== null) days[Math.floor((instant - window.from) / dayMs)]?.push(position);
  }
  return days;
}

function drawDays(days: readonly number[][], random: () => number): number[] {
  const drawn: number[] = [];
  for (let draw = 0; draw < days.length; draw += 1) {
    for (const position of days[Math.floor(random() * days.length)] ?? []) drawn.push(position);
  }
  return drawn;
}

function quantile(sorted: readonly number[], fraction: number): number {
  return sorted[Math.round(fraction * (sorted.length - 1))] ?? Number.NaN;
}
