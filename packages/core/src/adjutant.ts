import type { StoreTrouble } from './store/store-trouble.ts';
import type { AnyActionDefinition } from './actions/define-action.ts';
import type { ArchiveSink } from './archive/archive-sink.ts';
import type { DataCare } from './data/handle.ts';
import type { RetentionDays } from './retention/retention.ts';
import type { AccessTokens, VerifiedAccessToken } from './access-tokens/handle.ts';
import type { Approvers } from './approvers/handle.ts';
import type { HostSessionVerifier } from './approvers/host-session.ts';
import type { RelyingParty } from './approvers/relying-party.ts';
import type { CheckpointPlan } from './audit/handle.ts';
import type { LedgerReport, VerifyOptions } from './audit/ledger-report.ts';
import type { Webhooks } from './webhooks/webhooks.ts';
import type { Clock } from './clock.ts';
import type { MetricSet, Viewer } from './domain.ts';
import type { AdjutantEventName } from './events/adjutant-events.ts';
import type { EventListener } from './events/create-event-bus.ts';
import type { Outbox } from './events/event-dispatcher.ts';
import type { EventBus } from './events/event-bus.ts';
import type { DeclaredPerson } from './identity/resolve-accounts.ts';
import type { JobRunner, Jobs } from './jobs/job-runner.ts';
import type { InstallationMemory } from './installation/installation-memory.ts';
import type { Logger } from './logger.ts';
import type { Embedder } from './knowledge/embedder.ts';
import type { KnowledgeMethod } from './knowledge/knowledge-method.ts';
import type { Notify } from './notices/notice.ts';
import type { KeyProvider } from './secrets/key-provider.ts';
import type { RollupPass } from './rollups/rollups-handle.ts';
import type { SearchIndex } from './search/search-index.ts';
import type { Secrets } from './secrets/secrets.ts';
import type { PolicyEngine } from './policy/policy-engine.ts';
import type { PolicyState } from './policy/policy-state.ts';
import type { CheckReport, ConfiguredConnector } from './sync/define-connector.ts';
import type { AnySignalRule } from './signals/define-signal.ts';
import type { DeclaredTeam } from './workspace/declared-team.ts';
import type { WorkspaceHandle } from './workspace/handle.ts';
import type { MeteredTextModel, TextModel } from './text-model/text-model.ts';
import type { Tracer } from './tracing/tracer.ts';
import type { OperatingFigures, SourceFreshness } from './operations/operating-figures.ts';

export interface AdjutantOptions {
  /** `file:…`, a path, `:memory:`, `libsql:` or `http(s):` URL. */
  store: string;
  authToken?: string;
  connectors?: readonly ConfiguredConnector[];
  metrics?: MetricSet;
  /** What figures of flow need to be told, because no source says it. */
  flow?: FlowOptions;
  /**
   * Computes weekly values of every metric with each sync, for dashboards that read them by SQL; false
   * unless told. Once `rebuildRollups` has made them they are kept up either way.
   */
  rollups?: boolean;
  /**
   * The rules that signals are made by, such as `shippedRules` of `@adjutant/insights`; they run after
   * each sync and by the clock. None unless given.
   */
  signals?: readonly AnySignalRule[];
  /**
   * Rules whose first suggestion is proposed as an action when something is found: by the system, and
   * policy decides as of any other. None unless given.
   */
  proposeForSignals?: readonly string[];
  /** The time zone of days and weeks, such as Europe/Berlin; UTC unless told. */
  timeZone?: string;
  clock?: Clock;
  /** From 0 up to 1, as `Math.random`, for the jitter of waiting; given by tests. */
  random?: () => number;
  logger?: Logger;
  /**
   * Where spans of actions and syncs go: `trace.getTracer('adjutant')` of `@opentelemetry/api`.
   * Nowhere unless given.
   */
  tracer?: Tracer;
  fetch?: typeof fetch;
  /** Teams and the repositories they own, by name; the rest belongs to the default team. */
  teams?: readonly DeclaredTeam[];
  /** People and their accounts, where no rule can know. */
  people?: readonly DeclaredPerson[];
  /** What relative store paths are resolved against; the working directory unless told. */
  baseDirectory?: string;
  /** Values never to be written to a log, error or row. */
  secrets?: readonly string[];
  /** Actions besides those of the connectors; a function is asked when the first is needed. */
  actions?: readonly AnyActionDefinition[] | (() => Promise<readonly AnyActionDefinition[]>);
  /** A policy file, or an engine of the host's own. Without one the default policy holds. */
  policy?: { file: string } | PolicyEngine;
  /**
   * Where work waits; rows of the store unless told. Another one has to pass `jobRunnerConformance` of
   * `@adjutant/core/testing`.
   */
  jobRunner?: JobRunner;
  /** Writes text, within the policy's budget; without one what needs it says that it is missing. */
  textModel?: TextModel;
  /**
   * Finds things by words; a full-text table of the store unless told. Another one has to pass
   * `searchIndexConformance` of `@adjutant/core/testing`.
   */
  searchIndex?: SearchIndex;
  /** How documents are split and answered from: `knowledgeMethod` of `@adjutant/insights`. */
  knowledge?: KnowledgeMethod;
  /** Makes vectors of documents, so that they are found by meaning too; words alone unless given. */
  embedder?: Embedder;
  /** Where events go beside the listeners of `on`: a broker of the host's. */
  eventBus?: EventBus;
  /** Where the keys come from that protect stored secrets; without one none can be stored or read. */
  keyProvider?: KeyProvider;
  approvals?: ApprovalOptions;
  /**
   * What this installation remembers of the stores that it made, kept outside of them. With it a store
   * that is older than remembered, or foreign, is treated as one that was restored before anything of it
   * is acted on. Without it only `restoreBackup` is such an event.
   */
  installation?: InstallationMemory;
  /**
   * Brings notices to people, such as that everything was read for the first time; unless given,
   * nobody is told.
   */
  notify?: Notify;
  /**
   * Where `workActions` puts checkpoints of the ledger: one when it starts, one each day, one when it
   * ends. Without them a ledger that was rewritten as a whole cannot be told from a true one.
   */
  checkpoints?: CheckpointPlan;
  /**
   * For how many days each class of rows is kept, null for ever: raw events 30 and reports 365 unless
   * told. `workActions` purges once a day.
   */
  retention?: Partial<RetentionDays>;
  /**
   * Where rows go before a purge deletes them: a folder beside the file of the store unless told, `false`
   * for nowhere. Another one has to pass `archiveSinkConformance` of `@adjutant/core/testing`.
   */
  archive?: ArchiveSink | false;
}

/** What a team's statuses mean. */
export interface FlowOptions {
  /**
   * The statuses in which somebody works on an item, as its source writes them, whatever their case;
   * in all others it waits. Without them flow efficiency is unknown.
   */
  activeStatuses: readonly string[];
}

/** How it is proved that a person decides. */
export interface ApprovalOptions {
  /** Whom passkeys are made for; a page on http://localhost unless told. */
  relyingParty?: RelyingParty;
  /** For a host that signs its people in itself; without it only passkeys prove presence. */
  hostSession?: HostSessionVerifier;
  /** The one canned demo workspace in which high risk may be decided without presence. */
  demoWorkspaceId?: string;
}

/** What happens during a sync, for a progress bar. */
export interface SyncProgress {
  source: string;
  scope: string;
  stream: string;
  phase: 'reading' | 'waiting' | 'done' | 'failed' | 'computing';
  records: number;
  totalEstimate: number | null;
  requests: number;
  quotaRemaining: number | null;
  /** Remaining time by the pace so far, or of the wait; null before there is one. @unit milliseconds */
  remainingMs: number | null;
}

export interface SyncOptions {
  workspaceId?: string;
  mode?: 'auto' | 'backfill' | 'incremental' | 'census';
  /** For a backfill: only what changed at or after this instant. Cut off, the same one goes on. */
  since?: number;
  /** Reads only the streams in which a webhook says something has changed; asks no other source. */
  hinted?: boolean;
  onProgress?: (progress: SyncProgress) => void;
  signal?: AbortSignal;
}

export interface StreamResult {
  source: string;
  scope: string;
  stream: string;
  /**
   * `skipped` where another process holds the stream's lease; `refused` where it was not asked for,
   * because the source had refused the credential: why stands in the source's notice.
   */
  outcome: 'complete' | 'skipped' | 'refused' | 'failed' | 'interrupted';
  records: number;
  rowsChanged: number;
  error: { code: string; message: string; hint: string | null } | null;
}

/** How a pass over one source went as a whole. */
export interface SourceResult {
  source: string;
  /** Requests that were sent, also those that failed. */
  requests: number;
  /** What the source said last is left of its quota, and of how much; null where it does not say. */
  quotaRemaining: number | null;
  quotaLimit: number | null;
  /** Until when it is not to be asked; null where nothing says so. @unit epoch milliseconds */
  waitsUntil: number | null;
  /** What keeps the whole source from being read, once; null where nothing does. */
  notice: { code: string; message: string; hint: string | null } | null;
}

export interface SyncSummary {
  streams: StreamResult[];
  /** One for each source that was asked for. */
  sources: SourceResult[];
  records: number;
  rowsChanged: number;
  /** Weeks of which weekly values were computed, because something in them changed. */
  weeksComputed: number;
  durationMs: number;
}

/** One Adjutant over one store. */
export interface Adjutant {
  /** The only way to data: a handle made for one workspace and one viewer. */
  workspace(id?: string): { as(viewer: Viewer): WorkspaceHandle };
  /**
   * Who may decide in a workspace, their passkeys, and where they are signed in: for the page and the
   * terminal of people. It is never handed to an assistant.
   */
  approvers(workspaceId?: string): Approvers;
  /**
   * Tokens with which programs and assistants show for whom they ask, over HTTP.
   * @throws AdjutantError `Permission` for assistants
   */
  accessTokens(viewer: Viewer, workspaceId?: string): AccessTokens;
  /** Returns whom a token of this workspace stands for now; null for one that stands for nobody. */
  verifyAccessToken(token: string, workspaceId?: string): Promise<VerifiedAccessToken | null>;
  /** The owner that the embedded default made: who a terminal speaks for. */
  owner(workspaceId?: string): Promise<Viewer>;
  /**
   * The stored secrets of a workspace, for its administrators and for the process that reads and
   * writes with them; never for an assistant. @throws AdjutantError `Permission`
   */
  secrets(viewer: Viewer, workspaceId?: string): Secrets;
  /**
   * Retention, archives, erasure of a person and backups, for administrators and for the worker itself;
   * never for an assistant. @throws AdjutantError `Permission`
   */
  data(viewer: Viewer, workspaceId?: string): DataCare;
  /**
   * The host's text model as one viewer uses it: what is sent is masked, each call counts towards the
   * month's budget and stands in the ledger. Null where the host brought none.
   */
  textModel(viewer: Viewer, workspaceId?: string): MeteredTextModel | null;
  /** Reads every configured source into the store. What fails stands in the summary; nothing is lost. */
  sync(options?: SyncOptions): Promise<SyncSummary>;
  /** The inbox for webhooks of the configured sources. */
  webhooks(workspaceId?: string): Webhooks;
  /** Syncs whenever a refresh was asked for or the interval has passed, until aborted. */
  work(options: {
    everyMs?: number;
    signal: AbortSignal;
    onProgress?: SyncOptions['onProgress'];
    /** Called after each pass, failed streams and all. */
    onPass?: (summary: SyncSummary) => void;
  }): Promise<void>;
  /**
   * Prepares, carries out and reconciles actions until aborted. It holds what connectors hold, so it
   * belongs into a process that a person starts, never into an assistant's.
   */
  workActions(options: { signal: AbortSignal; workspaceId?: string }): Promise<void>;
  /**
   * Adds a listener to what happens with actions, and returns what takes it away again. It hears in
   * the process that runs `workActions`, at least once, in order for each action.
   */
  on<Name extends AdjutantEventName>(event: Name, listener: EventListener<Name>): () => void;
  /** Work that waits: jobs that failed at every attempt, kinds and schedules of the host's own. */
  readonly jobs: Jobs;
  /** Events that could not be delivered. */
  readonly outbox: Outbox;
  /** The policy in force and what waits to be; null where the host brought an engine of its own. */
  policy(workspaceId?: string): Promise<PolicyState | null>;
  /** What each connector finds about its access. */
  check(): Promise<{ source: string; report: CheckReport }[]>;
  /** Does a round trip to the database, and tells how old what was read of each source is. */
  health(workspaceId?: string): Promise<{
    /** Whether the store can be read, and was not found to be unwritable. */
    ok: boolean;
    trouble: StoreTrouble | null;
    schemaVersion: number;
    /** @unit milliseconds */
    roundTripMs: number;
    sources: SourceFreshness[];
  }>;
  /** Why the store could not be written when this process last tried; null where it could. */
  storeTrouble(): StoreTrouble | null;
  /**
   * Whether `workActions` carries nothing out here: the store lies on a server, and `installation` does
   * not say that it was adopted. Everything else works, and other installations go on.
   */
  isHeldBack(): boolean;
  /** Tries to write to the store, and returns why that fails; null where it does not. */
  probeStore(): Promise<StoreTrouble | null>;
  /**
   * Counts what is stored and what waits in a workspace, for a monitor: streams, actions, jobs,
   * events, findings, the ledger. No rows, nobody's name.
   */
  operatingFigures(workspaceId?: string): Promise<OperatingFigures>;
  /** Rebuilds domain rows from the raw records; with unchanged code this changes nothing. */
  renormalise(workspaceId?: string): Promise<{ records: number; rowsChanged: number }>;
  /** Computes every weekly value again; what was kept up rightly stays as it is. */
  rebuildRollups(workspaceId?: string): Promise<RollupPass>;
  /** Yields every row of a workspace as JSON lines, in an order that two equal stores share. */
  exportWorkspace(workspaceId?: string): AsyncIterable<string>;
  importWorkspace(lines: AsyncIterable<string>): Promise<{ workspaceId: string; rows: number }>;
  deleteWorkspace(workspaceId: string): Promise<void>;
  /**
   * Verifies the ledger of every workspace of which the store holds any row that something rests on,
   * or a checkpoint tells, the default one first: somebody else may have added one to the file. For the
   * process alone, as it tells of all tenants.
   * @throws AdjutantError `InvalidInput` for a checkpoint that is none
   */
  verifyLedgers(options?: VerifyOptions): Promise<LedgerReport[]>;
  close(): Promise<void>;
}
