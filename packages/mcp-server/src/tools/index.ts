import type { ToolDefinition } from '../define-tool.ts';
import { awaitApproval } from './await-approval.ts';
import { compareMetric } from './compare-metric.ts';
import { findPeople } from './find-people.ts';
import { forecastDelivery } from './forecast-delivery.ts';
import { getActions } from './get-actions.ts';
import { getBrief } from './get-brief.ts';
import { getMetric } from './get-metric.ts';
import { getSyncStatus } from './get-sync-status.ts';
import { getTeamOverview } from './get-team-overview.ts';
import { getWork } from './get-work.ts';
import { listSignals } from './list-signals.ts';
import { listWork } from './list-work.ts';
import { proposeAction } from './propose-action.ts';
import { withdrawAction } from './withdraw-action.ts';

/** Every tool, in the order in which clients see them. */
export const tools: readonly ToolDefinition[] = [
  getTeamOverview,
  listSignals,
  getBrief,
  listWork,
  getWork,
  getMetric,
  compareMetric,
  forecastDelivery,
  getSyncStatus,
  findPeople,
  proposeAction,
  awaitApproval,
  getActions,
  withdrawAction,
];
