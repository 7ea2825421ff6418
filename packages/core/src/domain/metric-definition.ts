import type { AiImpactDefinition } from './ai-impact.ts';
import type { ForecastDefinition } from './forecast.ts';
import type { MetricWindow } from './metric-calendar.ts';
import type { MetricPart, MetricPoint, MetricUnit, Percentiles } from './metric-value.ts';
import type { PullRequestEvent } from './pull-request-event.ts';
import type { PullRequestFacts } from './pull-request-facts.ts';
import type { PullRequest } from './pull-request.ts';
import type { SprintDefinition } from './sprint-report.ts';
import type { WorkItem } from './work-item.ts';

/** The columns a metric may ask for, per subject. Booleans arrive as booleans, instants as epoch milliseconds. */
export interface SubjectRows {
  /** One row per pull request, from its facts. */
  pull_request: Omit<PullRequestFacts, 'factsVersion'> & { id: string };
  /** One row per commit that reached a deployment in the window. */
  deployed_commit: { id: string; authoredAt: number | null; deployedAt: number };
  /**
   * One row per pull request and account of a known person other than its author that reviewed it, at
   * the first of the reviews. A figure of these rows is one on people: it is cut by `reviewedAt`, told of
   * the whole workspace only, in whole periods of four weeks, and without rows, weeks, parts and
   * percentiles; in each period nobody or at least five people stand behind the rows that make it, and
   * behind the others. Let it be a sum or mean: a largest or middle value would be one person's.
   */
  review: {
    id: string;
    reviewedAt: number;
    /** Tells the people of one question apart, and says nothing of who they are. */
    reviewer: number;
  };
  /** One row per deployment. */
  deployment: {
    id: string;
    repositoryExternalId: string | null;
    serviceKey: string | null;
    environment: string;
    result: 'success' | 'failure' | 'running';
    /** What its source calls it; null where it does not say. */
    kind: 'planned' | 'hotfix' | 'rollback' | null;
    /** What was read to know of it: `tag`, `deployment`, `workflow_run`, `release`. */
    origin: string;
    startedAt: number | null;
    finishedAt: number | null;
    /** Distinct incidents held to come from it; external ones never are. */
    incidentCount: number;
    /** `time` where one of them is held to it only because it followed within 72 hours. */
    incidentLink: 'explicit' | 'time' | null;
    /** When the last of them was resolved; null while one is open, or without any. */
    restoredAt: number | null;
    /** When a successful rollback that names it as the one before had finished; null of a rollback. */
    rolledBackAt: number | null;
    /** Merged hotfixes and reverts that it was the first to bring. */
    hotfixCount: number;
  };
  /** One row per incident. */
  incident: {
    id: string;
    serviceKey: string | null;
    severity: string | null;
    isExternal: boolean;
    createdAt: number;
    acknowledgedAt: number | null;
    resolvedAt: number | null;
    /** How the deployment that it comes from is known; null where none is. */
    linkMethod: 'explicit' | 'time' | null;
  };
  /** One row per release. */
  release: { id: string; repositoryExternalId: string; releasedAt: number };
  /** One row per run of a pipeline. */
  pipeline_run: {
    id: string;
    repositoryExternalId: string;
    name: string;
    /** Null where the source's word is neither success, failure nor cancelled: skipped, for instance. */
    result: 'success' | 'failure' | 'cancelled' | 'running' | null;
    sha: string | null;
    queuedAt: number | null;
    startedAt: number | null;
    finishedAt: number | null;
  };
  /** One row per decided action. Nothing in it names who decided. */
  action: {
    id: string;
    type: string;
    decidedAt: number;
    /** When it first stood prepared, from where on it waits for people; null where it never did. */
    preparedAt: number | null;
    /** Policy let it run, and nobody was asked. */
    byPolicy: boolean;
    verdict: 'approve' | 'decline';
    /** A person changed it before it was decided. */
    modified: boolean;
  };
  /** One row per work item, as its source shows it now. */
  work_item: WorkItemRow;
  /**
   * One row per stretch in which a work item stood in one status, under the id of the item: replayed
   * from its changes, or the one stretch since its creation where there are none.
   */
  status_span: Omit<WorkItemRow, 'statusCategory' | 'points'> & {
    status: string | null;
    /** Null where the item's creation is not known. */
    from: number | null;
    /** Null while it lasts. */
    to: number | null;
    /** What the status means: the present one by the item itself, an earlier one by others. */
    category: WorkItem['statusCategory'];
    /** Whether the item has changes that its stretches were replayed from. */
    isReplayed: boolean;
  };
}

interface WorkItemRow {
  id: string;
  kind: WorkItem['kind'];
  statusCategory: WorkItem['statusCategory'];
  points: number | null;
  createdAt: number | null;
  /** When it first came into progress. */
  startedAt: number | null;
  doneAt: number | null;
  /** Whether it is done now; a reopened item is not, though it may have an earlier end. */
  isDone: boolean;
}
export type MetricSubject = keyof SubjectRows;

/** Returns whether every figure made of a subject's rows is one on people: each row is what one person did. */
export function isOfPeople({ subject }: { subject: MetricSubject }): boolean {
  return subject === 'review';
}

/** Rows laid out by column, because row objects cost more than the arithmetic on them. */
export type Columns<Row, Key extends keyof Row> = {
  readonly length: number;
} & { readonly [K in Key]: readonly Row[K][] };

/** What is known of a subject beyond the rows of a window. */
export interface MetricCoverage {
  /** The first instant at which it was shown, at any time before or after the window. */
  shownSince: number;
  /** Up to when everything of it was read; null where something is not read to the end. */
  readUntil: number | null;
}

/** How many rows a figure is taken from, whether or not they had to be read for it. */
export interface KnownRows {
  rows: number;
  /** Those of which it is not known since when they are open. */
  withoutStart: number;
}

/** What the host says that no source tells. */
export interface MetricSettings {
  /** The statuses in which somebody works on an item, whatever their case; null where nobody said. */
  activeStatuses: readonly string[] | null;
  /** The time zone of days and weeks where a question names none. */
  timeZone: string;
}

export interface MetricInput<
  Subject extends MetricSubject,
  Key extends keyof SubjectRows[Subject],
> {
  columns: Columns<SubjectRows[Subject], Key>;
  window: MetricWindow;
  /** The instant the figure is computed for. */
  now: number;
  /** Given where the window holds no row: whether that is a true 0. Null where nothing is known. */
  coverage: MetricCoverage | null;
  settings: MetricSettings;
  /** What there is of the subject, where `openBetween` reads only a part of it. */
  known: KnownRows;
  /** Whether any source shows the subjects that the definition also wants shown. */
  shown: Readonly<Partial<Record<MetricSubject, boolean>>>;
  /**
   * Incidents of the window that no deployment is known to have caused, external ones aside; null
   * where the definition does not want them shown, or no source shows them.
   */
  unlinkedIncidents: number | null;
}

export interface MetricOutcome extends Percentiles {
  value: number | null;
  sampleSize: number;
  parts?: MetricPart[];
  series?: MetricPoint[];
  caveats: string[];
  /** Positions in the columns of the rows that made the figure. */
  evidence: readonly number[] | Uint32Array;
}

/** A metric: a versioned, pure function over columns. It reads no clock, network or store. */
export interface MetricDefinition<
  Subject extends MetricSubject = MetricSubject,
  Key extends keyof SubjectRows[Subject] = keyof SubjectRows[Subject],
> {
  id: string;
  /** Other names that it is asked for by. */
  aliases?: readonly string[];
  title: string;
  unit: MetricUnit;
  /** What is counted, from where to where, in one paragraph. */
  definition: string;
  /** The published definition it follows. */
  source: string;
  version: number;
  subject: Subject;
  /** The columns it reads; nothing else is loaded. */
  columns: readonly Key[];
  /** The instant column that the window cuts; null reads every row. */
  windowColumn: Key | null;
  /**
   * For a figure of what is open at one instant, beside a `windowColumn` of null: of all rows only
   * those are read that have not ended by then. The first of `until` that a row has is its end.
   */
  openBetween?: { from: Key; until: readonly Key[] };
  /** Subjects without whose source the figure would be unknown, though rows of its own are there. */
  alsoShown?: readonly MetricSubject[];
  /** Left out of a team's overview, and computed where it is asked for by name. */
  isDetail?: boolean;
  /** What lower is: `lower`, `higher` or `neutral`. Used for wording only, never for a rank. */
  better: 'lower' | 'higher' | 'neutral';
  compute(input: MetricInput<Subject, Key>): MetricOutcome;
  /**
   * The value of `compute` and nothing beside it, where that costs less: how a figure varies with its
   * rows is found by some hundred draws of them. Its columns hold until it returns.
   */
  computeValue?(input: MetricInput<Subject, Key>): number | null;
}

/** Returns the definition unchanged; infers subject and columns so that `compute` is typed by them. */
export function defineMetric<Subject extends MetricSubject, Key extends keyof SubjectRows[Subject]>(
  definition: MetricDefinition<Subject, Key>,
): MetricDefinition {
  // One registry holds metrics of every subject; the engine only ever hands a metric the columns it named.
  return definition as unknown as MetricDefinition;
}

/** All that is known of one pull request when its facts are computed. */
export interface PullRequestFactInput {
  pullRequest: PullRequest;
  authorIsBot: boolean;
  /** Authored instants of its commits; empty where the source does not show them. */
  commitAuthoredAts: readonly (number | null)[];
  events: readonly (PullRequestEvent & { actorIsBot: boolean })[];
  deployment: { finishedAt: number; method: 'exact_sha' | 'graph_diff' | 'time' } | null;
  releasedAt: number | null;
  /** What it takes back, by the number that it names, where that is known. */
  takesBack?: Pick<PullRequest, 'title' | 'labels' | 'headRef' | 'revertsNumber'> | null;
}

/** The per-pull-request computation whose results are materialised after each sync. */
export interface PullRequestFactsDefinition {
  version: number;
  compute(input: PullRequestFactInput): PullRequestFacts;
}

/** What core is given by a metrics package. */
export interface MetricSet {
  pullRequestFacts: PullRequestFactsDefinition;
  metrics: readonly MetricDefinition[];
  /** How sprints are replayed; without it nothing is said about them. */
  sprints?: SprintDefinition;
  /** How forecasts are made; without one none can be asked for. */
  forecast?: ForecastDefinition;
  /** How marks of coding tools are compared; without it nothing is said about them. */
  aiImpact?: AiImpactDefinition;
}
