import type { SyncProgress } from '../adjutant.ts';
import type { StreamPass } from './read-stream.ts';

/** Returns a function that tells the caller how far a stream is, and how long it will take at this pace. */
export function createProgressReporter(
  pass: StreamPass,
): (
  records: number,
  totalEstimate: number | null,
  phase: SyncProgress['phase'],
  waitMs?: number,
) => void {
  const { onProgress } = pass.options;
  if (onProgress === undefined) return () => undefined;
  // A pace is that of all its turns, with the waiting between them.
  const startedAt = (pass.tally.startedAt ??= pass.clock.now());
  return (records, totalEstimate, phase, waitMs) => {
    const elapsedMs = pass.clock.now() - startedAt;
    const left = totalEstimate === null ? null : Math.max(0, totalEstimate - records);
    const paceMs = left === null || records === 0 ? null : (elapsedMs / records) * left;
    onProgress({
      source: pass.source,
      scope: pass.scope.name,
      stream: pass.stream.id,
      phase,
      records,
      totalEstimate,
      requests: pass.budget.used,
      quotaRemaining: pass.budget.remaining,
      remainingMs: waitMs ?? paceMs,
    });
  };
}
