import type { AnyRoute } from './define-route.ts';
import { actionRoutes } from './routes/actions.ts';
import { approvalRoutes } from './routes/approvals.ts';
import { auditRoutes } from './routes/audit.ts';
import { briefRoutes } from './routes/briefs.ts';
import { deliveryRoutes } from './routes/delivery.ts';
import { identityRoutes } from './routes/identities.ts';
import { incidentRoutes } from './routes/incidents.ts';
import { knowledgeRoutes } from './routes/knowledge.ts';
import { metricRoutes } from './routes/metrics.ts';
import { projectRoutes } from './routes/projects.ts';
import { reportRoutes } from './routes/reports.ts';
import { signalRoutes } from './routes/signals.ts';
import { workRoutes } from './routes/work.ts';
import { workspaceRoutes } from './routes/workspace.ts';

/**
 * Every route under `/v1`; what is not in it is answered with 404, and stands in no document. Of two
 * paths that fit the earlier one answers, so a word stands before a parameter of the same place.
 */
export const allRoutes: readonly AnyRoute[] = [
  ...actionRoutes,
  ...approvalRoutes,
  ...projectRoutes,
  ...identityRoutes,
  ...workspaceRoutes,
  ...workRoutes,
  ...metricRoutes,
  ...signalRoutes,
  ...briefRoutes,
  ...reportRoutes,
  ...knowledgeRoutes,
  ...deliveryRoutes,
  ...incidentRoutes,
  ...auditRoutes,
];
