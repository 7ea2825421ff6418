import type { Batch } from '@adjutant/core';
import type { IncidentState } from './incident-state.ts';

type GapOfStream = Batch['gaps'][number];

const alwaysThere: readonly GapOfStream[] = [
  {
    code: 'late_changes_unseen',
    message:
      'PagerDuty lists no changes: what happened to an incident after it was resolved, such as another priority, is seen when it is read anew with "adjutant backfill".',
    affectedCount: null,
  },
];

/** Returns the gaps of incidents as they are known now. */
export function incidentGaps(state: IncidentState): GapOfStream[] {
  const gaps = [...alwaysThere];
  const { lost, hasMerged, lacksHistory, nameless, floor } = state;
  if (hasMerged) {
    gaps.push({
      code: 'merged_incidents',
      message: 'Incidents that were merged into others are left out: the others stand for them.',
      affectedCount: null,
    });
  }
  if (lacksHistory) {
    gaps.push({
      code: 'history_not_permitted',
      message:
        'The key may not see the log entries of incidents: when a resolved one was first acknowledged is unknown, and what happened in its course.',
      affectedCount: null,
      touches: ['acknowledgedAt'],
    });
  }
  if (lost.length > 0) {
    gaps.push({
      code: 'incidents_unreachable',
      message: `PagerDuty does not show ${lost.length} incidents any more that were open: how they ended is unknown. The key may have lost access to them.`,
      affectedCount: lost.length,
    });
  }
  if (nameless > 0) {
    gaps.push({
      code: 'list_incomplete',
      message: `PagerDuty listed ${nameless} incidents without an id; they are left out.`,
      affectedCount: nameless,
    });
  }
  if (floor !== null) {
    gaps.push({
      code: 'history_limited',
      message: `Incidents from before ${new Date(floor).toISOString().slice(0, 10)} are left out. Without "since", "adjutant backfill" reads them.`,
      affectedCount: null,
    });
  }
  return gaps;
}
