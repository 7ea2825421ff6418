import { AdjutantError } from '@adjutant/core/ports';

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const shortestMs = 10_000;
const longestMs = 7 * unitMs.d;

/** Returns the milliseconds of `30s`, `15m`, `2h` or `1d`. @throws AdjutantError `InvalidInput` */
export function parseDuration(text: string): number {
  const match = /^(\d{1,6})([smhd])$/.exec(text.trim());
  const unit = match?.[2];
  const isUnit = unit === 's' || unit === 'm' || unit === 'h' || unit === 'd';
  const milliseconds = isUnit ? Number(match?.[1]) * unitMs[unit] : Number.NaN;
  if (milliseconds >= shortestMs && milliseconds <= longestMs) return milliseconds;
  throw new AdjutantError('InvalidInput', `"${text.slice(0, 40)}" is not an interval.`, {
    hint: 'Write a number and a unit, from 10s to 7d: 30s, 15m, 2h, 1d.',
  });
}
