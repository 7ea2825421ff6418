import type { ToolDefinition } from '../define-tool.ts';
import { compareMetric } from './compare-metric.ts';
import { findPeople } from './find-people.ts';
import { getMetric } from './get-metric.ts';
import { getSyncStatus } from './get-sync-status.ts';
import { getTeamOverview } from './get-team-overview.ts';
import { getWork } from './get-work.ts';
import { listWork } from './list-work.ts';

/** Every tool, in the order in which clients see them. */
export const tools: readonly ToolDefinition[] = [
  getTeamOverview,
  listWork,
  getWork,
  getMetric,
  compareMetric,
  getSyncStatus,
  findPeople,
];
