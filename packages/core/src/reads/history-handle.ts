import type { Deployment, IncidentDeployment, Incident, WorkItem } from '../domain.ts';
import type { AnswerMeta } from '../workspace/handle.ts';

/** One deployment, as its source shows it. */
export interface DeploymentSummary extends Omit<Deployment, 'previousExternalId'> {
  /** Its own id, with which `getWork` and `history.deployment` return it. */
  id: string;
}

/** A deployment, which one it followed and what broke after it. */
export interface DeploymentHistory {
  deployment: DeploymentSummary;
  /**
   * The successful deployment before it: the one that its source names, else the last that ended
   * before it of the same source, repository, environment and service. Null of the first.
   */
  previous: DeploymentSummary | null;
  /** Whether the source named the one before, or only its place in the order tells. */
  previousKnownBy: 'stated' | 'order' | null;
  /** The commits that count as deployed by it, since no earlier one of its line carried them. */
  firstCarried: { sha: string; method: 'exact_sha' | 'graph_diff' | 'time' }[];
  /** Incidents held to come from it, the earliest first; external ones never are. */
  incidents: { id: string; externalId: string; method: IncidentDeployment['method'] }[];
  meta: AnswerMeta;
}

/** The commits that one deployment has and another one has not. */
export interface CommitDifference {
  from: DeploymentSummary | null;
  to: DeploymentSummary;
  /**
   * In the order in which they are met from the later commit backwards; empty where it brings
   * nothing, as a rollback does. Null where the difference is not known.
   */
  shas: string[] | null;
  /** Why the difference is not known; null where it is. */
  unknownBecause: string | null;
  meta: AnswerMeta;
}

/** An incident and the deployments that it comes from. */
export interface IncidentHistory {
  incident: Incident & { id: string };
  /** What a source states, else the one of its service that ended at most 72 hours before. */
  deployments: { deployment: DeploymentSummary; method: IncidentDeployment['method'] }[];
  /**
   * The last successful deployment of its service to production before it, however long ago: what
   * was running then, and no cause. Null without a service, or where none is known.
   */
  lastDeployment: DeploymentSummary | null;
  meta: AnswerMeta;
}

/** A stretch in which a work item stood in one status. */
export interface StatusStretch {
  /** The source's word for it; null where it tells none. */
  status: string | null;
  /** What it means; null where nothing tells. */
  category: WorkItem['statusCategory'];
  /** Null where the item's creation is not known. */
  from: number | null;
  /** Null while it lasts. */
  to: number | null;
  /** Up to now while it lasts; null where its beginning is not known. @unit ms */
  durationMs: number | null;
}

/** The statuses that a work item went through, in order. */
export interface StatusHistory {
  id: string;
  source: string;
  externalId: string;
  key: string;
  createdAt: number | null;
  /** Whether changes were there to replay; else the one stretch is what the item shows now. */
  isReplayed: boolean;
  stretches: StatusStretch[];
  meta: AnswerMeta;
}

/** What came before what, traced row by row: the same links that the metrics are made from. */
export interface WorkHistory {
  /** @throws AdjutantError `NotFound` for an id of no deployment here */
  deployment(deploymentId: string): Promise<DeploymentHistory>;
  /**
   * Returns the difference of the commit graph between two deployments of one repository. Without
   * `from`, since the one before; with null, everything that the commit reaches.
   * @throws AdjutantError `NotFound`; `InvalidInput` for deployments of different repositories
   */
  commitsBetween(query: {
    from?: string | null | undefined;
    to: string;
  }): Promise<CommitDifference>;
  /** @throws AdjutantError `NotFound` for an id of no incident here */
  incident(incidentId: string): Promise<IncidentHistory>;
  /** @throws AdjutantError `NotFound` for an id of no work item here */
  workItem(workItemId: string): Promise<StatusHistory>;
}
