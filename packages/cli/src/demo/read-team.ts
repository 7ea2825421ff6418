import type { MetricAnswer, SyncStatus, TeamOverview } from '@adjutant/core';
import type { Window } from '@adjutant/core/domain';
import { type Brief, buildBrief, buildTeamReport, type TeamReport } from '@adjutant/insights';
import type { CommandContext } from '../command-context.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { syncOnce } from '../sync-once.ts';
import { failureIn } from '../sync-summary.ts';
import { demoClock } from './demo-clock.ts';
import type { DemoImpact } from './impact-text.ts';

/** What stands in the store after a sync. */
export interface TeamReading {
  overview: TeamOverview;
  status: SyncStatus;
  report: TeamReport;
  /** What needs somebody, as "adjutant today" would say it. */
  today: Brief;
  /** Metrics of detail, which an overview leaves out. */
  details: MetricAnswer[];
  impact: DemoImpact;
}

/** The metrics of detail that the demo holds against the truth. */
const detailIds = ['pull_request_cycle_time', 'time_to_first_response'];

/** Reads every source of a configuration and returns what the team looks like then. */
export async function readTeam(context: CommandContext, window: Window): Promise<TeamReading> {
  return withAdjutant({ ...context, clock: demoClock }, async ({ adjutant, handle }) => {
    // The bar is given time that passes; the rest of a demo has none.
    const summary = await syncOnce(context, adjutant);
    context.io.signal.throwIfAborted();
    const failure = failureIn(summary);
    if (failure !== null) throw failure;
    return {
      overview: await handle.overview({ window }),
      status: await handle.syncStatus(),
      report: await buildTeamReport(handle, { now: demoClock.now(), window }),
      today: await buildBrief(handle, { kind: 'today' }),
      details: await Promise.all(detailIds.map((metricId) => handle.metric({ metricId, window }))),
      impact: {
        comparison: await handle.aiImpact.compare({ window }),
        adoption: await handle.aiImpact.adoption({ window }),
      },
    };
  });
}
