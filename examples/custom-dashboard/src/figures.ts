import type {
  AiAdoptionAnswer,
  ExplainedRow,
  MetricAnswer,
  RepositorySummary,
  TeamOverview,
} from '@adjutant/core';
import type { Window } from '@adjutant/core/domain';

/** What the head of the page says. */
export interface Overview extends Pick<TeamOverview, 'window' | 'meta'> {
  repositories: Pick<RepositorySummary, 'name'>[];
}

/** The calls that the dashboard makes: a workspace of the SDK answers them, and so can another process. */
export interface Figures {
  overview(): Promise<Overview>;
  metric(query: { metricId: string; window?: Window; timeZone?: string }): Promise<MetricAnswer>;
  explainMetric(query: {
    metricId: string;
    limit: number;
  }): Promise<{ items: Pick<ExplainedRow, 'key' | 'title'>[]; total: number }>;
  aiImpact: { adoption(): Promise<AiAdoptionAnswer> };
}
