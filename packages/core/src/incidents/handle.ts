import type { Incident, IncidentEvent, IncidentRole } from '../domain.ts';
import type { DeploymentSummary } from '../reads/history-handle.ts';
import type { AnswerMeta } from '../workspace/handle.ts';

/** Who has a role in an incident. */
export interface IncidentRoleHolder {
  role: IncidentRole;
  personId: string;
  displayName: string;
  givenAt: number;
}

/** Something to be done because of an incident. */
export interface IncidentFollowUp {
  id: string;
  /** The key of a work item or a pull request: `PAY-12`, `shop#7`. */
  reference: string;
  workItemId: string | null;
  /** Whether the work item is not done; null where it is not read here. */
  isOpen: boolean | null;
  owner: { personId: string; displayName: string } | null;
  dueDay: string | null;
}

/** A pull request that a deployment carried first. Who wrote it is not among it. */
export interface CarriedRequest {
  id: string;
  key: string;
  title: string;
  mergedAt: number | null;
  sizeLines: number | null;
  isRevert: boolean;
}

/** A deployment around an incident. */
export interface NearDeployment extends DeploymentSummary {
  /** The repository's name; null where it names none. */
  repository: string | null;
  isProduction: boolean;
  /** Whether it is of the incident's service; null where the incident names none. */
  isOfService: boolean | null;
  /** Whether the source of the incident names it. */
  isNamed: boolean;
  /** When the one before it of the same place ended; null where there is none. */
  previousAt: number | null;
  /** The successful one before it of the same place. */
  previous: DeploymentSummary | null;
  commitIds: string[];
  requests: CarriedRequest[];
}

/** A thread that began while an incident lasted; without a word of it. */
export interface NearThread {
  id: string;
  channelId: string;
  channel: string;
  startedAt: number;
  replyCount: number | null;
  namesBlocker: boolean;
  url: string | null;
}

/** Everything that is known of an incident. */
export interface IncidentCourse {
  incident: Incident & { id: string };
  events: (Pick<IncidentEvent, 'kind' | 'at' | 'summary'> & { id: string })[];
  /** From 72 hours before it until it was over, the earliest first. */
  deployments: NearDeployment[];
  /** Whether there were more than are told. */
  hasMoreDeployments: boolean;
  threads: NearThread[];
  roles: IncidentRoleHolder[];
  followUps: IncidentFollowUp[];
  meta: AnswerMeta;
}

export interface IncidentSummary {
  id: string;
  key: string;
  title: string;
  service: string | null;
  severity: string | null;
  createdAt: number;
  acknowledgedAt: number | null;
  resolvedAt: number | null;
}

/** Incidents, and what people here do about them. */
export interface Incidents {
  /** Those that are open, then those that began in the last thirty days, the newest first. */
  list(query?: { limit?: number | undefined }): Promise<IncidentSummary[]>;
  /** @throws AdjutantError `NotFound` */
  course(id: string): Promise<IncidentCourse>;
  /**
   * Gives a role to somebody, or to nobody. Anybody who is a person may; an assistant may not.
   * @throws AdjutantError `Permission`, `NotFound`
   */
  setRole(id: string, role: IncidentRole, personId: string | null): Promise<IncidentRoleHolder[]>;
  /** @throws AdjutantError `Permission`, `NotFound`, `InvalidInput` for what is no key of work, `Conflict` */
  addFollowUp(
    id: string,
    followUp: {
      reference: string;
      ownerPersonId?: string | undefined;
      dueDay?: string | undefined;
    },
  ): Promise<IncidentFollowUp>;
  /** @throws AdjutantError `Permission`, `NotFound` */
  removeFollowUp(id: string, followUpId: string): Promise<void>;
}
