import type { ReadContext } from '../reads/read-context.ts';
import { readIndexLag } from '../search/index-lag.ts';
import { deleteReport, shareReport } from './delete-report.ts';
import type { Reports } from './handle.ts';
import { getReport, listReports, reportOfDay } from './read-reports.ts';
import { createReminders } from './reminders.ts';
import { refuseReport, type ReportAttempt } from './report-access.ts';
import { searchReports } from './search-reports.ts';
import { readShared } from './shared-reports.ts';
import { editReport, submitReport } from './submit-report.ts';

/** Returns the progress reports of a workspace, as one viewer may see and write them. */
export function createReports(context: ReadContext): Reports {
  const asSomebody = async <Answer>(
    attempt: ReportAttempt,
    call: () => Promise<Answer>,
  ): Promise<Answer> => {
    if (context.viewer.kind !== 'system') return call();
    throw await refuseReport(context, { attempt, subject: 'reports', reason: 'nobody' });
  };
  return {
    submit: (input) => asSomebody('submit', () => submitReport(context, input)),
    get: (reportId) => asSomebody('read', () => getReport(context, reportId)),
    ofDay: (day) => asSomebody('read', () => reportOfDay(context, day)),
    list: (query = {}) => asSomebody('list', () => listReports(context, query)),
    edit: (reportId, changes) => asSomebody('edit', () => editReport(context, reportId, changes)),
    share: (reportId, visibility) =>
      asSomebody('share', () => shareReport(context, reportId, visibility)),
    delete: (reportId) => asSomebody('delete', () => deleteReport(context, reportId)),
    shared: (query) => asSomebody('list', () => readShared(context, query)),
    reminders: createReminders(context),
    search: (query) => asSomebody('list', () => searchReports(context, query)),
    indexLag: () =>
      readIndexLag(context.store, context.workspaceId, context.clock.now(), { kind: 'report' }),
  };
}
