import { readCommitDifference } from './commit-difference.ts';
import { readDeploymentHistory } from './deployment-history.ts';
import type { WorkHistory } from './history-handle.ts';
import { readIncidentHistory } from './incident-history.ts';
import type { ReadContext } from './read-context.ts';
import { readStatusHistory } from './status-history.ts';

/** Returns the reads of what came before what. */
export function createHistory(context: ReadContext): WorkHistory {
  return {
    deployment: (id) => readDeploymentHistory(context, id),
    commitsBetween: (query) => readCommitDifference(context, query),
    incident: (id) => readIncidentHistory(context, id),
    workItem: (id) => readStatusHistory(context, id),
  };
}
