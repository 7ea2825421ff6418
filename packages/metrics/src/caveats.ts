import type { KnownRows } from '@adjutant/core/domain';
import type { NumberColumn, Scratch } from './durations.ts';
import { isKnown } from './durations.ts';
import { percentileOf } from './percentile.ts';
import { hourMs } from './week-buckets.ts';

/** Below this many, percentiles say more about single rows than about a habit. */
const smallSample = 5;

/** "1 pull request", "3 pull requests". */
export function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}

/** "2 of 9 pull requests have …"; no sentence where `part` is 0. The verb is given as one / many. */
export function shareCaveat(
  part: number,
  whole: number,
  noun: string,
  verb: readonly [one: string, many: string],
  rest: string,
): string[] {
  if (part === 0) return [];
  return [`${part} of ${counted(whole, noun)} ${part === 1 ? verb[0] : verb[1]} ${rest}`];
}

/** Warns of a sample too small for percentiles. */
export function smallSampleCaveat(sampleSize: number, noun: string): string[] {
  if (sampleSize === 0 || sampleSize >= smallSample) return [];
  return [`Only ${counted(sampleSize, noun)}: this describes them, it is no trend.`];
}

/** Says how many rows come from bots, and the median without them. */
export function botDurationCaveat(
  authorIsBot: readonly boolean[],
  durations: NumberColumn,
  scratch: Scratch,
  unit: { size: number; name: string } = { size: hourMs, name: 'hours' },
): string[] {
  let bots = 0;
  let known = 0;
  for (let row = 0; row < durations.length; row += 1) {
    if (!isKnown(durations, row)) continue;
    known += 1;
    if (authorIsBot[row] === true) bots += 1;
  }
  if (bots === 0) return [];
  if (bots === known) return [`All ${counted(known, 'pull request')} were opened by bots.`];
  let people = 0;
  for (let row = 0; row < durations.length; row += 1) {
    if (authorIsBot[row] === true || !isKnown(durations, row)) continue;
    scratch[people] = durations[row] ?? Number.NaN;
    people += 1;
  }
  const median = (percentileOf(scratch.subarray(0, people), 0.5) ?? 0) / unit.size;
  const rest = botRest(`${Math.round(median * 10) / 10} ${unit.name}`.trim());
  return shareCaveat(bots, known, 'pull request', ['was', 'were'], rest);
}

function botRest(median: string): string {
  return `opened by bots and counted here; without them the median is ${median}.`;
}

/** Says how many counted rows come from bots. */
export function botCountCaveat(bots: number, all: number): string[] {
  return shareCaveat(
    bots,
    all,
    'pull request',
    ['was', 'were'],
    'opened by bots and counted here.',
  );
}

/** Says how many pull requests come from sources that show none before it is merged. */
export function openingCaveat({ rows, withoutStart }: KnownRows): string[] {
  const rest = 'from a source without openings; open ones of its repositories are not seen.';
  return shareCaveat(withoutStart, rows, 'pull request', ['comes', 'come'], rest);
}
