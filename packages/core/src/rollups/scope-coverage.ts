import { sql } from 'drizzle-orm';
import type { MetricCoverage, Window } from '../domain.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { FirstInstant } from './group-members.ts';

/** Tells what is known of a scope from since when its rows are shown, as `loadCoverage` does. */
export type CoverageOf = (
  firsts: readonly FirstInstant[],
  hasRepository: boolean,
) => MetricCoverage | null;

interface Reading {
  isComplete: boolean;
  until: number | null;
  isDenied: boolean;
}

/** Returns what tells coverage, from how far each stream is read now. */
export async function loadReadings({ store, workspaceId }: ReadContext): Promise<CoverageOf> {
  const cursors = await queryTuples<[string, string, number, number | null]>(
    store.read,
    sql`select source, scope_external_id, min(complete), min(last_finished_at) from sync_cursors
      where workspace_id = ${workspaceId} group by 1, 2`,
  );
  const denials = await queryTuples<[string, string]>(
    store.read,
    sql`select distinct source, scope_external_id from gaps where workspace_id = ${workspaceId}
      and (code = 'not_permitted' or substr(code, -14) = '_not_permitted')`,
  );
  const readings = new Map<string, Reading>();
  const note = (key: string, one: Reading): void => {
    const known = readings.get(key);
    const untils = [known?.until ?? null, one.until].filter((until) => until !== null);
    readings.set(key, {
      isComplete: (known?.isComplete ?? true) && one.isComplete,
      until: untils.length === 0 ? null : Math.min(...untils),
      isDenied: (known?.isDenied ?? false) || one.isDenied,
    });
  };
  for (const [source, scope, complete, until] of cursors) {
    const one = { isComplete: complete === 1, until, isDenied: false };
    note(JSON.stringify([source, scope]), one);
    note(JSON.stringify([source]), one);
  }
  for (const [source, scope] of denials) {
    const one = { isComplete: true, until: null, isDenied: true };
    note(JSON.stringify([source, scope]), one);
    note(JSON.stringify([source]), one);
  }
  return (firsts, hasRepository) => {
    if (firsts.length === 0) return null;
    const read = firsts.map(([source, repository]) =>
      readings.get(JSON.stringify(hasRepository ? [source, repository] : [source])),
    );
    const isRead = read.every((one) => one !== undefined && one.isComplete && !one.isDenied);
    const readUntil = Math.min(...read.map((one) => one?.until ?? 0));
    return {
      shownSince: Math.min(...firsts.map(([, , at]) => at)),
      readUntil: isRead && readUntil > 0 ? readUntil : null,
    };
  };
}

/**
 * Returns as much of a coverage as a week can tell of: that rows were shown long before it, or
 * everything read until long after it, changes nothing about the week.
 */
export function coverageOfWeek(
  coverage: MetricCoverage | null,
  { from, to }: Window,
): MetricCoverage | null {
  if (coverage === null) return null;
  const { shownSince, readUntil } = coverage;
  return {
    shownSince: Math.max(from - 1, Math.min(shownSince, to)),
    readUntil: readUntil === null ? null : Math.max(from, Math.min(readUntil, to)),
  };
}
