import { approvalDocs } from './approvals.ts';
import { buildDocs } from './builds.ts';
import { doraStabilityDocs } from './dora-stability.ts';
import { doraThroughputDocs } from './dora-throughput.ts';
import { finishedWorkItemDocs } from './finished-work-items.ts';
import { incidentDocs } from './incidents.ts';
import type { MetricDocs } from './metric-doc.ts';
import { pullRequestFlowDocs } from './pull-request-flow.ts';
import { pullRequestTimeDocs } from './pull-request-time.ts';
import { reviewDocs } from './reviews.ts';
import { workItemDocs } from './work-items.ts';

/** What the pages tell beyond the definitions, by the id of the metric. */
export const metricDocs: MetricDocs = {
  ...doraThroughputDocs,
  ...doraStabilityDocs,
  ...incidentDocs,
  ...pullRequestTimeDocs,
  ...reviewDocs,
  ...pullRequestFlowDocs,
  ...workItemDocs,
  ...finishedWorkItemDocs,
  ...buildDocs,
  ...approvalDocs,
};
