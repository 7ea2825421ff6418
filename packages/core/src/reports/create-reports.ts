import type { ReadContext } from '../reads/read-context.ts';
import { readIndexLag } from '../search/index-lag.ts';
import { deleteReport, shareReport } from './delete-report.ts';
import type { Reports } from './handle.ts';
import { getReport, listReports, reportOfDay } from './read-reports.ts';
import { createReminders } from './reminders.ts';
import { searchReports } from './search-reports.ts';
import { readShared } from './shared-reports.ts';
import { editReport, submitReport } from './submit-report.ts';

/** Returns the progress reports of a workspace, as one viewer may see and write them. */
export function createReports(context: ReadContext): Reports {
  return {
    submit: (input) => submitReport(context, input),
    get: (reportId) => getReport(context, reportId),
    ofDay: (day) => reportOfDay(context, day),
    list: (query = {}) => listReports(context, query),
    edit: (reportId, changes) => editReport(context, reportId, changes),
    share: (reportId, visibility) => shareReport(context, reportId, visibility),
    delete: (reportId) => deleteReport(context, reportId),
    shared: (query) => readShared(context, query),
    reminders: createReminders(context),
    search: (query) => searchReports(context, query),
    indexLag: () => readIndexLag(context.store, context.workspaceId, context.clock.now(), 'report'),
  };
}
