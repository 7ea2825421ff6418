import type { ReportView, WorkspaceHandle } from '@adjutant/core';
import { AdjutantError, dayOf } from '@adjutant/core/ports';
import type { CommandContext } from './command-context.ts';

const day = /^\d{4}-\d\d-\d\d$/;

/**
 * Returns the report that somebody named at a terminal: by id, or their own by its day; that of today
 * where nothing is named. @throws AdjutantError `NotFound`, `Permission`
 */
export async function findOneReport(
  { clock }: Pick<CommandContext, 'clock'>,
  handle: WorkspaceHandle,
  named: string | undefined,
): Promise<ReportView> {
  if (named !== undefined && !day.test(named)) return handle.reports.get(named);
  const wanted = named ?? dayOf(clock.now(), await ownZone(handle));
  const report = await handle.reports.ofDay(wanted);
  if (report !== null) return report;
  throw new AdjutantError('NotFound', `You have no report of ${wanted}.`, {
    hint: 'Write one: adjutant report add "what was done"',
  });
}

async function ownZone({ viewer, contactPreferences, timeZone }: WorkspaceHandle): Promise<string> {
  if (viewer.kind !== 'person') return timeZone;
  return (await contactPreferences.get(viewer.personId)).timeZone ?? timeZone;
}
