import type { SubjectRows } from '@adjutant/core/domain';
import { counted, shareCaveat } from './caveats.ts';

type Result = SubjectRows['pipeline_run']['result'];

export const noRunReason =
  'No pipeline run is known to have ended in this window: none did, or no source shows pipelines.';

/** Positions of the runs that ended by themselves, in success or failure. */
export function decidedRuns(results: readonly Result[]): number[] {
  const positions: number[] = [];
  for (const [row, result] of results.entries()) {
    if (result === 'success' || result === 'failure') positions.push(row);
  }
  return positions;
}

/** Why there is no figure although runs are known: none of them ended in success or failure. */
export function undecidedReason(results: readonly Result[]): string {
  const cancelled = results.filter((result) => result === 'cancelled').length;
  const known = counted(results.length, 'pipeline run');
  return `No pipeline run ended in success or failure in this window: of ${known}, ${cancelled} ${cancelled === 1 ? 'was' : 'were'} cancelled and ${results.length - cancelled} had no such result.`;
}

/** Says which runs stay out because they are neither a success nor a failure. */
export function undecidedCaveats(results: readonly Result[]): string[] {
  const cancelled = results.filter((result) => result === 'cancelled').length;
  const running = results.filter((result) => result === 'running').length;
  const other = results.filter((result) => result === null).length;
  const noun = 'pipeline run';
  const all = results.length;
  return [
    ...shareCaveat(
      cancelled,
      all,
      noun,
      ['was', 'were'],
      'cancelled: neither success nor failure.',
    ),
    ...shareCaveat(
      running,
      all,
      noun,
      ['is', 'are'],
      'still running: neither success nor failure.',
    ),
    ...shareCaveat(
      other,
      all,
      noun,
      ['has', 'have'],
      'another result, as skipped: neither success nor failure.',
    ),
  ];
}

/** Says that runs of several repositories were taken together. */
export function repositoriesCaveat(
  repositories: readonly string[],
  positions: readonly number[],
): string[] {
  const names = new Set(positions.map((row) => repositories[row]));
  return names.size > 1
    ? [`Runs of ${names.size} repositories count together, those of pipelines of one name too.`]
    : [];
}
