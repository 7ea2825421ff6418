import type {
  Account,
  IdentityChange,
  MetricDefinition,
  MetricFilter,
  Person,
  PersonAccount,
  Repository,
  Team,
  Viewer,
  Window,
} from '../domain.ts';
import type { IdentityOperation } from '../identity/identity-operation.ts';
import type { IdentityChangePlan } from '../identity/identity-change-plan.ts';
import type { IdentityProof } from '../identity/presence.ts';
import type { AiImpact } from '../reads/ai-impact-handle.ts';
import type { Audit } from '../audit/handle.ts';
import type { CitationExplanation } from '../citations/handle.ts';
import type { ContactPreferences } from '../contacts/handle.ts';
import type { Knowledge } from '../knowledge/handle.ts';
import type { NoteDraft } from '../notes/handle.ts';
import type { Privacy } from '../privacy/handle.ts';
import type { Projects } from '../projects/handle.ts';
import type { Load } from '../load/handle.ts';
import type { Reports } from '../reports/handle.ts';
import type { Rollups } from '../rollups/rollups-handle.ts';
import type { Incidents } from '../incidents/handle.ts';
import type { Reviewers } from '../reviewers/handle.ts';
import type { WorkHistory } from '../reads/history-handle.ts';
import type { Sprints } from '../reads/sprints-handle.ts';
import type { Signals } from '../signals/handle.ts';
import type { TeamProposals } from '../teams/handle.ts';
import type { WorkspaceActions } from '../actions/assistant-actions.ts';
import type { ForecastAnswer, ForecastQuery } from './forecast-query.ts';
import type {
  MetricAnswer,
  MetricComparison,
  MetricExplanation,
  MetricQuery,
} from './metric-query.ts';

export type { ForecastAnswer, ForecastQuery } from './forecast-query.ts';
export type {
  CitedMetricValue,
  ExcludedRows,
  ExplainedRow,
  MetricAnswer,
  MetricComparison,
  MetricExplanation,
  MetricQuery,
} from './metric-query.ts';

/** How fresh an answer is and what it lacks. It stands in every answer. */
export interface AnswerMeta {
  /** The instant the answer was computed for. */
  asOf: number;
  /** When the newest finished sync ended; null before the first. */
  syncedAt: number | null;
  gaps: GapNote[];
}

export interface GapNote {
  code: string;
  message: string;
  source: string;
  scope: string;
  affectedCount: number | null;
}

export interface Page<Item> {
  items: Item[];
  total: number;
  /** Opaque; pass it back to get the next page. Null on the last. */
  nextCursor: string | null;
  meta: AnswerMeta;
}

export type WorkKind =
  | 'pull_request'
  | 'release'
  | 'deployment'
  | 'work_item'
  | 'incident'
  | 'commit';

/** One line of a list of work. */
export interface WorkSummary {
  id: string;
  kind: WorkKind;
  repository: string | null;
  /** `#123`, `PROJ-7`, a tag or a short sha. */
  key: string;
  title: string;
  state: string;
  author: string | null;
  /** Opened, or for what has no opening, happened. */
  startedAt: number | null;
  finishedAt: number | null;
  /** Age of what is open, duration of what is done; null where unknown. @unit hours */
  hours: number | null;
  /** Marks of coding tools, where they were asked for. Empty means unknown, not human. */
  aiEvidence?: AiMark[];
}

/** What says that a coding tool took part in a change. */
export interface AiMark {
  class: string;
  tool: string | null;
  origin: string;
}

export interface WorkDetail extends WorkSummary {
  source: string;
  externalId: string;
  url: string | null;
  facts: Record<string, number | string | boolean | null>;
  events: { at: number; kind: string; actor: string | null; state: string | null }[];
  commits: { sha: string; subject: string; authoredAt: number | null; committedAt: number }[];
  /** Marks of coding tools. Empty means unknown, not human. */
  aiEvidence: AiMark[];
  /** The stored record that the row was made from; null where purged. */
  rawRecordId: string | null;
  meta: AnswerMeta;
}

export interface ListWorkQuery {
  kind?: WorkKind | undefined;
  state?: string | undefined;
  repository?: string | undefined;
  /** Brings the marks of coding tools with each piece of work, which costs a little more. */
  withAiEvidence?: boolean | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

export interface RepositorySummary extends Repository {
  id: string;
  commitCount: number;
  mergedCount: number;
  firstCommitAt: number | null;
  lastCommitAt: number | null;
}

export interface TeamOverview {
  team: Team | null;
  window: Window;
  people: { humans: number; codingAgents: number; serviceBots: number };
  repositories: RepositorySummary[];
  /** Open pull requests; the count is null where no source shows any opening. */
  openWork: { count: number | null; oldestHours: number | null };
  metrics: MetricAnswer[];
  worker: { running: boolean; start: string };
  meta: AnswerMeta;
}

export interface StreamStatus {
  source: string;
  scope: string;
  stream: string;
  complete: boolean;
  lastStartedAt: number | null;
  lastFinishedAt: number | null;
  lastError: string | null;
}

/** How the last pass over a source went, or goes, as a whole. */
export interface SourceStatus {
  source: string;
  /** Requests that it sent. */
  requests: number;
  /** What the source said last is left of its quota, and of how much; null where it does not say. */
  quotaRemaining: number | null;
  quotaLimit: number | null;
  /** Until when it is not asked; null where it may be. @unit epoch milliseconds */
  waitsUntil: number | null;
  /** What keeps the whole source from being read; null where nothing does. */
  notice: { code: string; message: string; hint: string | null } | null;
  /** When all this was so. @unit epoch milliseconds */
  updatedAt: number;
}

export interface SyncStatus {
  streams: StreamStatus[];
  /** One for each source of the configuration that was asked since it is noted. */
  sources: SourceStatus[];
  /** By table; empty where they were not asked for. */
  rowCounts: Record<string, number>;
  pendingRefresh: boolean;
  /** Whether a process that syncs is alive, and how to start one. */
  worker: { running: boolean; start: string };
  meta: AnswerMeta;
}

export interface PersonSummary extends Person {
  accounts: (Account &
    Pick<PersonAccount, 'method' | 'confidence'> & {
      /**
       * Whether it stands with them for figures only: a rule or a lead says that it is theirs, and neither
       * its vendor nor an administrator who was there does.
       */
      isLent: boolean;
    })[];
  teams: string[];
}

/** Two people who may be one. Nothing is merged until somebody confirms. */
export interface IdentitySuggestion {
  fromPersonId: string;
  toPersonId: string;
  fromName: string;
  toName: string;
  /** The sources in which each of the two has accounts. */
  fromSources: string[];
  toSources: string[];
  reason:
    | 'written_mapping'
    | 'looked_up_email'
    | 'same_email'
    | 'same_work'
    | 'same_email_without_tag'
    | 'same_name'
    | 'similar_name'
    | 'login_matches_email'
    | 'login_like_name';
  /** How sure it is, from 0 up to 1. */
  confidence: number;
  /** Whether one of them is as like somebody else, so that at most one of the pairs can be true. */
  isAmbiguous: boolean;
  /** Whether the two hold different roles: such a pair is only ever merged by itself. */
  rolesDiffer: boolean;
  message: string;
}

/** Somebody whom only one source knows, though there are others. */
export interface UnmatchedPerson {
  personId: string;
  displayName: string;
  source: string;
  accounts: Pick<Account, 'externalId' | 'login' | 'name' | 'email'>[];
  /** Whether they look like one other person, like several of whom one can be right, or like nobody. */
  standing: 'suggested' | 'ambiguous' | 'unknown';
  /** Whom they are likest, if anybody. */
  suggestion: IdentitySuggestion | null;
}

/** What is asked about people as a whole. Coding agents and bots are nobody's accounts in all of it. */
export interface IdentityReview {
  /**
   * What a change would do and whose word it takes: a lead's, or where it touches what somebody may do
   * an administrator's who is there. `approvers().beginIdentityChange` asks for the signature; the
   * change is then made with it. Nothing changes here. @throws AdjutantError `Permission`, `InvalidInput`
   */
  plan(operation: IdentityOperation): Promise<IdentityChangePlan>;
  /** People whom only one source knows, those first who look most like somebody. */
  unmatched(query?: {
    source?: string | undefined;
    limit?: number | undefined;
  }): Promise<{ items: UnmatchedPerson[]; total: number }>;
  /**
   * The suggestions that may be confirmed together, at this confidence or above it, each as from whom
   * into whom; nothing is changed. None is ambiguous, and none joins people of different roles or
   * people whom a vendor or a person tells apart. @throws AdjutantError `InvalidInput` below 0.5
   */
  mergeable(query: { above: number }): Promise<IdentitySuggestion[]>;
  /**
   * Merges those of them that were shown and still hold, each a change that can be undone by itself.
   * @throws AdjutantError `Permission`, `InvalidInput`
   */
  merge(query: {
    above: number;
    shown: readonly Pick<IdentitySuggestion, 'fromPersonId' | 'toPersonId'>[];
  }): Promise<IdentityChange[]>;
  /**
   * Says that the accounts of a person, all or some, are a bot's: they leave every figure of people, at
   * once or with the next reading, and stay bots whatever their source says. It can be undone.
   * @throws AdjutantError `Permission`, `NotFound`
   */
  markBot(
    personId: string,
    accounts?: readonly Pick<Account, 'source' | 'externalId'>[],
    proof?: IdentityProof,
  ): Promise<IdentityChange>;
  /**
   * Says that an account that a source shows belongs to somebody; it can be undone by itself.
   * @throws AdjutantError `Permission`, `NotFound`, `Conflict` where it is theirs already
   */
  confirmAccount(
    account: { source: string; externalId: string },
    personId: string,
    proof?: IdentityProof,
  ): Promise<IdentityChange>;
  /**
   * Gives somebody another role; they sign in again to have it. Only an administrator who proves to be
   * there may, nobody is made one by it, and it stands in the ledger.
   * @throws AdjutantError `Permission`, `InvalidInput`, `NotFound`, `Conflict` for an administrator
   */
  setRole(personId: string, role: 'member' | 'lead', proof?: IdentityProof): Promise<RoleChange>;
}

/** What somebody may do from now on, and what they were before. */
export interface RoleChange {
  personId: string;
  was: 'member' | 'lead';
  role: 'member' | 'lead';
}

/** A recorded merge or split with the names of both people; of accounts that are a bot's both are one. */
export interface IdentityChangeSummary extends IdentityChange {
  fromName: string;
  toName: string;
  /** Whether a rule made it, such as a written mapping, rather than a person. */
  isAutomatic: boolean;
}

/** All reads and writes of one workspace, made for one viewer. */
export interface WorkspaceHandle {
  readonly workspaceId: string;
  /** The zone of days and weeks where a question names none. */
  readonly timeZone: string;
  readonly viewer: Viewer;
  /** Returns the same handle narrowed to what one team owns. */
  forTeam(teamId: string): WorkspaceHandle;
  teams(): Promise<Team[]>;
  overview(query?: {
    window?: Window | undefined;
    timeZone?: string | undefined;
    /** A metric that cannot be filtered so is left unknown, with a caveat. */
    filter?: MetricFilter | undefined;
    /** Computes the metrics of detail too, which costs a read for each. */
    withDetails?: boolean | undefined;
  }): Promise<TeamOverview>;
  /** The repositories that are counted, without their extent: see `overview` for that. */
  repositories(): Promise<(Repository & { id: string })[]>;
  listWork(query?: ListWorkQuery): Promise<Page<WorkSummary>>;
  /** @throws AdjutantError `NotFound` for an id of no row in this workspace */
  getWork(id: string): Promise<WorkDetail>;
  /** The metric definitions this instance was given. */
  listMetrics(): MetricDefinition[];
  /**
   * @throws AdjutantError `NotFound` for an unknown metric, repository, service or person;
   * `InvalidInput` for a filter that the metric's rows do not have; `Permission` where somebody other
   * than a lead asks about a chosen set of people that was not asked about before
   */
  metric(query: MetricQuery): Promise<MetricAnswer>;
  explainMetric(
    query: MetricQuery & { limit?: number | undefined; cursor?: string | undefined },
  ): Promise<MetricExplanation>;
  /**
   * Computes a figure that was cited again, from the rows as they are now, for the instant at which
   * it was cited, and says what became of it. Rows that differ come first.
   * @throws AdjutantError `NotFound` for an id that is unknown, older than 400 days, of another
   *   workspace, or of what the team of this handle does not own
   */
  explainCitation(
    citationId: string,
    page?: { limit?: number | undefined; cursor?: string | undefined },
  ): Promise<CitationExplanation>;
  compareMetric(query: {
    metricId: string;
    before: Window;
    after: Window;
    repository?: string | undefined;
    timeZone?: string | undefined;
    filter?: MetricFilter | undefined;
    /** False leaves out the interval, which costs some hundred computations of the figure. */
    withInterval?: boolean | undefined;
  }): Promise<MetricComparison>;
  /**
   * How many pull requests will be merged by a day, when so many are, or both.
   * @throws AdjutantError `Configuration` where no forecast was given; `InvalidInput`, `NotFound`
   */
  forecast(query: ForecastQuery): Promise<ForecastAnswer>;
  /**
   * How reading stands. Counting rows takes the longer the more there are: `rowCounts: false` leaves
   * that out, for whoever asks often.
   */
  syncStatus(query?: { rowCounts?: boolean | undefined }): Promise<SyncStatus>;
  /** Asks the worker for an incremental pass. @returns whether a request was already waiting */
  requestRefresh(): Promise<{ requestId: string; alreadyPending: boolean }>;
  findPeople(query?: {
    text?: string | undefined;
    limit?: number | undefined;
    cursor?: string | undefined;
  }): Promise<Page<PersonSummary>>;
  /** Pairs of people who may be one, the surest first. */
  identitySuggestions(): Promise<IdentitySuggestion[]>;
  readonly identityReview: IdentityReview;
  /** The latest merges and splits, newest first, those that a rule made among them. */
  identityChanges(): Promise<IdentityChangeSummary[]>;
  /** With a proof where `identityReview.plan` says that it takes an administrator who is there. */
  mergePeople(
    fromPersonId: string,
    toPersonId: string,
    proof?: IdentityProof,
  ): Promise<IdentityChange>;
  splitPerson(
    personId: string,
    accounts: { source: string; externalId: string }[],
    proof?: IdentityProof,
  ): Promise<IdentityChange>;
  undoIdentityChange(changeId: string, proof?: IdentityProof): Promise<void>;
  /** What groups of accounts and ownership files suggest about teams. */
  readonly teamProposals: TeamProposals;
  readonly projects: Projects;
  /** What the marks of coding tools go together with; never per person. */
  readonly aiImpact: AiImpact;
  /** Sprints, replayed from what changed of their items. */
  readonly sprints: Sprints;
  /** Findings of rules: what needs somebody. */
  readonly signals: Signals;
  /** Which deployment followed which and what lies between, what broke after it, and past statuses. */
  readonly history: WorkHistory;
  /** Incidents, and what people here do about them. */
  readonly incidents: Incidents;
  /** Whom to ask for a review of what is open. */
  readonly reviewers: Reviewers;
  /** Weekly values of metrics, kept after each pass. */
  readonly rollups: Rollups;
  /** Whether and when people want to be nudged. */
  readonly contactPreferences: ContactPreferences;
  /** The newest private notes that an action kept; 50 unless told, 200 at most. */
  noteDrafts(query?: { limit?: number | undefined }): Promise<NoteDraft[]>;
  /** What documents say, and where something is found. */
  readonly knowledge: Knowledge;
  /** The ledger: what changed, and the proof that it was not changed afterwards. */
  readonly audit: Audit;
  /** What is stored of people, who sees what, and what was not told of them. */
  readonly privacy: Privacy;
  /** What people say of their days: private until they share it. */
  readonly reports: Reports;
  /** What lies on oneself, and on five people or more. */
  readonly load: Load;
  /** Proposing, deciding and following changes outside. */
  readonly actions: WorkspaceActions;
}
