import type { WorkspaceHandle } from '@adjutant/core';

/** What a brief is made from: reads alone, so that an assistant's handle does, too. */
export interface BriefReader
  extends Pick<
    WorkspaceHandle,
    'timeZone' | 'viewer' | 'teams' | 'repositories' | 'listWork' | 'listMetrics' | 'compareMetric'
  > {
  forTeam(teamId: string): BriefReader;
  readonly signals: Pick<WorkspaceHandle['signals'], 'list' | 'rules' | 'subjects'>;
  readonly reviewers: Pick<WorkspaceHandle['reviewers'], 'suggest'>;
  readonly incidents: Pick<WorkspaceHandle['incidents'], 'list' | 'course'>;
  readonly sprints: Pick<WorkspaceHandle['sprints'], 'list' | 'report'>;
  readonly actions: Pick<WorkspaceHandle['actions'], 'list'>;
}
