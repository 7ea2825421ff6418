import type { SourceResult, StreamResult, SyncOptions, SyncSummary } from '../adjutant.ts';
import type { Clock } from '../clock.ts';
import type { MetricSet, MetricSettings } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import type { DeclaredPerson } from '../identity/resolve-accounts.ts';
import { linkDelivery } from '../delivery/link-delivery.ts';
import { dropDocumentsOfInactive } from '../knowledge/drop-documents.ts';
import { resolveIdentities } from '../identity/resolve-identities.ts';
import { refreshLeads } from '../leads/refresh-leads.ts';
import { rememberSources } from '../leads/remember-sources.ts';
import type { Logger } from '../logger.ts';
import { refreshPullRequestFacts } from '../metrics/refresh-facts.ts';
import { refreshIncidentTeams } from '../teams/refresh-incident-teams.ts';
import { refreshRollups } from '../rollups/refresh-rollups.ts';
import { keepsRollups } from '../rollups/rollup-state.ts';
import type { RollupPass } from '../rollups/rollups-handle.ts';
import { acquireLease, type Lease } from '../store/lease.ts';
import type { Store } from '../store/store.ts';
import { endHintedPasses, type HintedPass } from '../webhooks/hinted-pass.ts';
import { linkWorkByKey } from '../work-links/link-work-by-key.ts';
import { assignTeams } from '../workspace/assign-teams.ts';
import type { DeclaredTeam } from '../workspace/declared-team.ts';
import type { CrashPoint } from './crash-point.ts';
import type { ConfiguredConnector } from './define-connector.ts';
import { syncConnector } from './sync-connector.ts';
import { inSourceSpan, inSyncSpan } from '../tracing/sync-spans.ts';
import type { Tracer } from '../tracing/tracer.ts';

const derivingLeaseMs = 120_000;
const derivingPatienceMs = 30_000;

export interface SyncDependencies {
  store: Store;
  workspaceId: string;
  connectors: readonly ConfiguredConnector[];
  metrics: MetricSet | null;
  settings: MetricSettings;
  /** Whether weekly values are wanted, though nobody has made any yet. */
  rollups: boolean;
  clock: Clock;
  logger: Logger;
  tracer: Tracer | null;
  fetch: typeof fetch;
  reach: CrashPoint;
  teams: readonly DeclaredTeam[];
  people: readonly DeclaredPerson[];
  /** From 0 up to 1: keeps several waiting processes from knocking at the same moment. */
  random: () => number;
  /** Runs the rules that signals are made by; null where there are none. */
  runRules: (() => Promise<unknown>) | null;
  /** Purges deliveries that are older than they are kept for; what goes wrong fails no sync. */
  forgetOldDeliveries: () => Promise<void>;
  /** Indexes what was written so far, if the last time was long enough ago. */
  indexMeanwhile: () => Promise<void>;
  /** Indexes all that waits. What cannot be indexed now waits on; no sync fails for it. */
  indexAll: (signal?: AbortSignal) => Promise<void>;
}

/** Reads every stream of every configured source, then links accounts and computes facts. */
export async function runSync(
  dependencies: SyncDependencies,
  options: SyncOptions,
): Promise<SyncSummary> {
  checkSince(options);
  return inSyncSpan(dependencies, options, () => passOver(dependencies, options));
}

async function passOver(
  dependencies: SyncDependencies,
  options: SyncOptions,
): Promise<SyncSummary> {
  const startedAt = dependencies.clock.now();
  const streams: StreamResult[] = [];
  const sources: SourceResult[] = [];
  const hinted: HintedPass[] = [];
  for (const connector of dependencies.connectors) {
    const pass = await inSourceSpan(dependencies, connector.definition.id, () =>
      syncConnector(dependencies, connector, options, hinted),
    );
    if (pass === null) continue;
    streams.push(...pass.streams);
    sources.push(pass.source);
  }
  // Where no hint was open nothing has come in, and nothing follows from it.
  const isIdle = options.hinted === true && streams.length === 0;
  const isOver = isIdle || options.signal?.aborted === true;
  if (!isOver) {
    await derive(dependencies, options);
    await dependencies.indexAll(options.signal);
  }
  const rollups = isOver ? null : await computeRollups(dependencies, options);
  const { store, workspaceId } = dependencies;
  if (options.signal?.aborted !== true) {
    await endHintedPasses(store, workspaceId, hinted);
    await dependencies.forgetOldDeliveries();
  }
  if (!isOver) await runRules(dependencies);
  return {
    streams,
    sources,
    records: streams.reduce((sum, stream) => sum + stream.records, 0),
    rowsChanged: streams.reduce((sum, stream) => sum + stream.rowsChanged, 0),
    weeksComputed: rollups?.weeks ?? 0,
    durationMs: dependencies.clock.now() - startedAt,
  };
}

/** What needs somebody follows from everything else. A rule that fails fails no sync. */
async function runRules(dependencies: SyncDependencies): Promise<void> {
  const { workspaceId, logger } = dependencies;
  try {
    await dependencies.runRules?.();
  } catch (error) {
    const told = { workspaceId, error: error instanceof Error ? error.name : 'unknown' };
    logger.log('error', 'the rules could not be run', told);
  }
}

function checkSince({ mode, since }: SyncOptions): void {
  if (since === undefined) return;
  if (mode === 'backfill' && Number.isSafeInteger(since) && since > 0) return;
  throw new AdjutantError('InvalidInput', 'since is the instant that a backfill goes back to.', {
    hint: "Give epoch milliseconds, and mode: 'backfill'.",
  });
}

/** People and facts follow from the rows. One process at a time, or two would make the same person twice. */
async function derive(dependencies: SyncDependencies, options: SyncOptions): Promise<void> {
  const { store, workspaceId, metrics, reach } = dependencies;
  const lease = await acquirePatiently(dependencies);
  if (lease === null) return;
  try {
    await rememberSources(store, workspaceId, dependencies.connectors);
    await dropDocumentsOfInactive(dependencies);
    await refreshLeads(store, workspaceId);
    await assignTeams(store, workspaceId, dependencies.teams);
    await resolveIdentities({
      store,
      workspaceId,
      clock: dependencies.clock,
      declaredPeople: dependencies.people,
      reach: () => reach('identity_written'),
    });
    await linkWorkByKey(store, workspaceId);
    await linkDelivery(store, workspaceId, linkedHere(dependencies.connectors));
    await refreshIncidentTeams(store, workspaceId);
    if (metrics === null) return;
    options.onProgress?.({
      source: '',
      scope: '',
      stream: 'facts',
      phase: 'computing',
      records: 0,
      totalEstimate: null,
      requests: 0,
      quotaRemaining: null,
      remainingMs: null,
    });
    const { pullRequestFacts } = metrics;
    await refreshPullRequestFacts(store, workspaceId, pullRequestFacts, () =>
      reach('facts_written'),
    );
  } finally {
    await lease.release().catch(() => undefined);
  }
}

/** Weekly values follow from facts. Where another process is at them, it computes these too. */
async function computeRollups(
  { store, workspaceId, clock, metrics, settings, reach, rollups }: SyncDependencies,
  { signal }: SyncOptions,
): Promise<RollupPass | null> {
  if (metrics === null) return null;
  // They cost as much as a sync, and only a dashboard on SQL reads them: whoever wants them says so.
  if (!rollups && !(await keepsRollups(store.read, workspaceId))) return null;
  const viewer = { kind: 'system' as const };
  const context = { store, workspaceId, viewer, teamId: null, clock, metrics, settings };
  const written = () => reach('rollups_written');
  return refreshRollups(context, { everything: false, signal, reach: written });
}

/** The sources that leave it to us to find which commits a deployment or release carries. */
function linkedHere(connectors: readonly ConfiguredConnector[]): Set<string> {
  return new Set(
    connectors.flatMap(({ definition }) =>
      definition.claimsCommits === true ? [] : definition.id,
    ),
  );
}

async function acquirePatiently(dependencies: SyncDependencies): Promise<Lease | null> {
  const { store, workspaceId, clock } = dependencies;
  const options = { workspaceId, name: 'derive', durationMs: derivingLeaseMs, clock };
  const attempts = 60;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const lease = await acquireLease(store, options);
    if (lease !== null) return lease;
    await clock.sleep(derivingPatienceMs / attempts);
  }
  return null;
}
