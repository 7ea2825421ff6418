import type { ReadContext } from '../reads/read-context.ts';
import { readIndexLag } from '../search/index-lag.ts';
import { deleteReport, shareReport } from './delete-report.ts';
import type { Reports } from './handle.ts';
import { getReport, listReports, reportOfDay } from './read-reports.ts';
import { createReminders } from './reminders.ts';
import { refuseReport } from './report-access.ts';
import { searchReports } from './search-reports.ts';
import { readShared } from './shared-reports.ts';
import { editReport, submitReport } from './submit-report.ts';

/** Returns the progress reports of a workspace, as one viewer may see and write them. */
export function createReports(context: ReadContext): Reports {
  const asSomebody = async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
    if (context.viewer.kind !== 'system') return call();
    throw refuseReport(context, 'nobody');
  };
  return {
    submit: (input) => asSomebody(() => submitReport(context, input)),
    get: (reportId) => asSomebody(() => getReport(context, reportId)),
    ofDay: (day) => asSomebody(() => reportOfDay(context, day)),
    list: (query = {}) => asSomebody(() => listReports(context, query)),
    edit: (reportId, changes) => asSomebody(() => editReport(context, reportId, changes)),
    share: (reportId, visibility) => asSomebody(() => shareReport(context, reportId, visibility)),
    delete: (reportId) => asSomebody(() => deleteReport(context, reportId)),
    shared: (query) => asSomebody(() => readShared(context, query)),
    reminders: createReminders(context),
    search: (query) => asSomebody(() => searchReports(context, query)),
    indexLag: () =>
      readIndexLag(context.store, context.workspaceId, context.clock.now(), { kind: 'report' }),
  };
}
