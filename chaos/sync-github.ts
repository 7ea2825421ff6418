import { startGithubTwin } from '@adjutant/connectors/testing';
import type { CrashPointName } from '@adjutant/core/testing';
import { makeWorld } from '../packages/connectors/src/github/__fixtures__/make-world.ts';
import { type KilledRuns, killAndResume } from './kill-and-resume.ts';

const pullRequests = 2_000;
const to = Date.UTC(2026, 9, 1);

/** Those of a batch and of a stream while there is still something to read, then those at the end. */
const points: readonly CrashPointName[] = [
  'after_raw_records',
  'lease_acquired',
  'before_commit',
  'after_commit',
  'before_transaction',
  'before_release',
  'after_domain_rows',
  'after_cursor',
  'identity_written',
  'facts_written',
  'rollups_written',
];
const oncePerPass: ReadonlySet<CrashPointName> = new Set([
  'identity_written',
  'facts_written',
  'rollups_written',
]);

/** Kills syncs from a GitHub in this process, which outlives them and counts what it is asked. */
export async function killGithubSync(folder: string): Promise<KilledRuns> {
  const { data } = makeWorld({ pullRequests, overflowShare: 0.05, issues: 120, to });
  const limits = { points: 1_000_000, restRequests: 1_000_000 };
  const twin = await startGithubTwin({ data, limits });
  try {
    return await killAndResume(folder, {
      source: ['github', twin.url, twin.token],
      points,
      hitOf,
      compared: withoutCursorStates,
      takeRequests: () => twin.requests.splice(0).length,
    });
  } finally {
    await twin.close();
  }
}

/** Other hits in each round, so that kills fall all over the pages, and early and late in a group. */
function hitOf(point: CrashPointName, round: number, position: number): number {
  if (oncePerPass.has(point)) return 1;
  if (point === 'lease_acquired' || point === 'before_release') return 1 + (round % 3);
  return 2 + ((round * 5 + position * 3) % 17);
}

/**
 * Cursors hold when something was read and what would make the next pass cheap, which differ with the
 * way there. That they do the same is judged by that pass: no row changed, no request too many.
 */
function withoutCursorStates(dump: string): string {
  return dump
    .split('\n')
    .map((line) => (line.startsWith('sync_cursors ') ? line.replace(/"\{.*\}"/, 'null') : line))
    .join('\n');
}
