import type { Adjutant, AdjutantOptions, SyncOptions, SyncSummary } from './adjutant.ts';
import { createAccessTokens } from './access-tokens/create-access-tokens.ts';
import { verifyAccessToken } from './access-tokens/verify-access-token.ts';
import { createApprovers } from './approvers/approvers.ts';
import { createPresenceCheck } from './approvers/change-presence.ts';
import type { PresenceCheck } from './identity/presence.ts';
import { checkRelyingParty, localRelyingParty, notYetServed } from './approvers/relying-party.ts';
import { archiveIn } from './data/archive-in.ts';
import { openDataCare } from './data/create-data-care.ts';
import { forgetOldDeliveries, keepRetention } from './retention/keep-retention.ts';
import type { PurgeDeps } from './retention/purge.ts';
import { retentionIn } from './retention/retention.ts';
import { createSignInTally } from './approvers/sign-in-tally.ts';
import { keepCheckpoints } from './audit/keep-checkpoints.ts';
import { createReadTally, type ReadTally } from './audit/read-tally.ts';
import { verifyLedgers } from './audit/verify-ledgers.ts';
import { calendarIn } from './calendar/calendar-in.ts';
import { keepCards } from './cards/keep-cards.ts';
import { citationsKept } from './citations/keep-citations.ts';
import { systemClock } from './clock.ts';
import { type MetricSettings, viewerLabel } from './domain.ts';
import { bothBuses } from './events/both-buses.ts';
import { createEventBus } from './events/create-event-bus.ts';
import { createEventDispatcher } from './events/create-event-dispatcher.ts';
import { createJobRunner } from './jobs/create-job-runner.ts';
import type { PrivacyDeps } from './privacy/create-privacy.ts';
import { noteRefusedCalls } from './privacy/note-refused-calls.ts';
import type { Refusal } from './privacy/refusal.ts';
import { createRefusalTally } from './privacy/refusal-tally.ts';
import { readSourceFreshness } from './reads/source-freshness.ts';
import type { ReadContext } from './reads/read-context.ts';
import { redactingLogger } from './json-logger.ts';
import { silentLogger } from './logger.ts';
import { createRedactor } from './redact-secrets.ts';
import { createSetupNotice } from './notices/tell-setup-completed.ts';
import { keepReminders } from './reports/keep-reminders.ts';
import { reportFeed } from './reports/report-feed.ts';
import { indexReports } from './reports/report-index.ts';
import { rebuildRollups } from './rollups/rebuild-rollups.ts';
import { noKeys } from './secrets/key-provider.ts';
import { createFts5Index } from './search/fts5-index.ts';
import { createDocumentFeed } from './search/document-feed.ts';
import { noKnowledgeMethod } from './knowledge/knowledge-method.ts';
import { noMetrics } from './metrics/no-metrics.ts';
import { createPartVectors } from './knowledge/part-vectors.ts';
import { keepIndexed } from './search/keep-indexed.ts';
import { pullRequestFeed, workItemFeed } from './search/work-feeds.ts';
import { openSecrets } from './secrets/open-secrets.ts';
import { openStore } from './store/open-store.ts';
import { storeHost } from './store/store-url.ts';
import type { Store } from './store/store.ts';
import { type CrashPoint, noCrashPoint } from './sync/crash-point.ts';
import type { CheckReport } from './sync/define-connector.ts';
import { renormalise } from './sync/renormalise.ts';
import { createConnectorContext } from './sync/connector-context.ts';
import { proposeForFindings } from './signals/propose-for-findings.ts';
import { runSignals } from './signals/run-signals.ts';
import type { SignalPass } from './signals/signal-pass.ts';
import { keepSignals } from './signals/keep-signals.ts';
import { runSync, type SyncDependencies } from './sync/run-sync.ts';
import { keepRedelivery } from './webhooks/keep-redelivery.ts';
import { createWebhooks } from './webhooks/create-webhooks.ts';
import type { Webhooks } from './webhooks/webhooks.ts';
import { workLoop } from './sync/work-loop.ts';
import type { ActionFaults } from './actions/action-faults.ts';
import { type StoreWatch, watchStore } from './installation/watch-store.ts';
import { createActionHost } from './workspace/action-host.ts';
import { actionWork } from './workspace/action-work.ts';
import { createAdmission } from './workspace/calls/admit-viewer.ts';
import { checkViewer } from './workspace/calls/check-viewer.ts';
import { givenOptions } from './given-options.ts';
import { guardCalls, guardHandedOut, guardRoot } from './workspace/calls/guard-calls.ts';
import { countReads } from './workspace/count-reads.ts';
import { createHandle } from './workspace/create-handle.ts';
import { lazyActions } from './workspace/lazy-actions.ts';
import { ensureWorkspace, ownerViewer } from './workspace/default-owner.ts';
import { deleteWorkspace } from './workspace/delete-workspace.ts';
import { exportWorkspace, importWorkspace } from './workspace/export-workspace.ts';
import { meterTextModel } from './text-model/meter-text-model.ts';
import { tracedLogger } from './tracing/traced-logger.ts';
import { readOperatingFigures } from './operations/read-operating-figures.ts';

const defaultWorkspaceId = 'default';

/**
 * Opens the store, brings its schema up to date and returns an Adjutant over it. Nothing is read
 * from any source before `sync()`.
 * @throws AdjutantError `InvalidInput`, `Configuration`, `StoreCorrupt`, `StoreTooNew`, `StoreBusy`
 */
export async function createAdjutant(options: AdjutantOptions): Promise<Adjutant> {
  return createAdjutantWithCrashPoints(options, noCrashPoint);
}

/** The same, with a hook at every named crash point and other times for actions; for fault tests. */
export async function createAdjutantWithCrashPoints(
  options: AdjutantOptions,
  reach: CrashPoint,
  actionFaults: ActionFaults = {},
): Promise<Adjutant> {
  const clock = options.clock ?? systemClock;
  checkRelyingParty(options.approvals?.relyingParty ?? localRelyingParty);
  retentionIn(options.retention);
  const store = await openStore(options.store, {
    clock,
    authToken: options.authToken,
    baseDirectory: options.baseDirectory,
  });
  const { installation, logger = silentLogger } = options;
  const watch =
    installation === undefined ? null : watchStore({ store, memory: installation, clock, logger });
  try {
    await ensureWorkspace(store, defaultWorkspaceId, clock);
    await watch?.recogniseAll({ isMadeHere: store.isMadeHere });
  } catch (error) {
    await store.close();
    throw error;
  }
  return assemble(store, options, { reach, actionFaults, watch });
}

function assemble(
  store: Store,
  options: AdjutantOptions,
  inner: { reach: CrashPoint; actionFaults: ActionFaults; watch: StoreWatch | null },
): Adjutant {
  const { reach, actionFaults, watch } = inner;
  const { clock = systemClock, connectors = [], metrics = noMetrics } = options;
  const settings: MetricSettings = {
    activeStatuses: options.flow?.activeStatuses ?? null,
    timeZone: calendarIn(options.timeZone ?? 'UTC').timeZone,
  };
  const signalRules = options.signals ?? [];
  // Grows with every secret that is stored or read, so that no log line holds one.
  const knownSecrets = [...(options.secrets ?? [])];
  const logger = tracedLogger(redactingLogger(options.logger ?? silentLogger, knownSecrets));
  const tracer = options.tracer ?? null;
  const method = options.knowledge ?? noKnowledgeMethod;
  const index = options.searchIndex ?? createFts5Index(store);
  const vectors =
    options.embedder === undefined ? null : createPartVectors(store, options.embedder, method);
  const feeds = [createDocumentFeed(method), pullRequestFeed, workItemFeed, reportFeed];
  const searchers = keepIndexed({ store, clock, logger, index, feeds, vectors });
  const days = retentionIn(options.retention);
  const archive = archiveIn(options.archive, options.store, options.baseDirectory);
  const purging = (workspaceId: string): PurgeDeps => ({
    store,
    workspaceId,
    clock,
    days,
    ...archive,
    actor: 'system',
    searchIndex: index,
  });
  const dependencies = (workspaceId: string): SyncDependencies => ({
    store,
    workspaceId,
    connectors,
    metrics: options.metrics ?? null,
    settings,
    rollups: options.rollups ?? false,
    clock,
    logger,
    tracer,
    fetch: options.fetch ?? globalThis.fetch,
    reach,
    teams: options.teams ?? [],
    people: options.people ?? [],
    random: options.random ?? Math.random,
    forgetOldDeliveries: () => forgetOldDeliveries(purging(workspaceId), logger),
    runRules: signalRules.length === 0 ? null : () => evaluate(workspaceId),
    ...searchers(workspaceId),
  });
  const random = options.random ?? Math.random;
  const redact = createRedactor(knownSecrets);
  const jobs = options.jobRunner ?? createJobRunner({ store, clock, logger, random, redact });
  const relyingParty = notYetServed(options.approvals?.relyingParty ?? localRelyingParty);
  const host = createActionHost({
    store,
    clock,
    logger,
    tracer,
    fetch: options.fetch ?? globalThis.fetch,
    jobs,
    connectors,
    relyingParty,
    ...givenOptions(options, ['actions', 'policy', 'approvals']),
    ...(watch === null ? {} : { beforeSend: watch.remember, isHeldBack: watch.isHeldBack }),
    ...actionFaults,
  });
  const bus = createEventBus();
  const dispatcher = createEventDispatcher({
    store,
    clock,
    logger,
    bus: options.eventBus === undefined ? bus : bothBuses(bus, options.eventBus),
    random,
    redact,
  });
  keepCards({
    store,
    clock,
    logger,
    fetch: options.fetch ?? globalThis.fetch,
    connectors,
    bus,
    jobs,
    readAction: (workspaceId, actionId) =>
      lazyActions(host, workspaceId, { kind: 'system' }).get(actionId),
  });
  const presenceIn = (workspaceId: string): PresenceCheck =>
    createPresenceCheck(
      { store, workspaceId, clock, relyingParty },
      {
        hostSession: options.approvals?.hostSession,
        cooperativeSuffices: options.approvals?.demoWorkspaceId === workspaceId,
      },
    );
  const contextOf = (workspaceId: string): ReadContext => ({
    presence: presenceIn(workspaceId),
    declaredPeople: options.people ?? [],
    store,
    workspaceId,
    viewer: { kind: 'system' },
    teamId: null,
    clock,
    metrics,
    settings,
    signalRules,
    answerFindings: () =>
      proposeForFindings(contextOf(workspaceId), {
        ruleIds: options.proposeForSignals ?? [],
        propose: (input) => lazyActions(host, workspaceId, { kind: 'system' }).propose(input),
        logger,
      }),
  });
  const evaluate = (workspaceId: string): Promise<SignalPass | null> =>
    runSignals({
      ...contextOf(workspaceId),
      noteRefusal: (refusal) => refusals.note({ workspaceId, actor: 'system', ...refusal }),
    });
  const reads = createReadTally({ store, clock, logger, redact });
  const refusals = createRefusalTally({ store, clock, logger, redact });
  const signIns = createSignInTally({ store, clock, logger, redact });
  /** What whoever works writes now and then: reads of assistants, and what nobody was told. */
  const tallies: ReadTally = {
    count: (...read) => reads.count(...read),
    async flush(flushing) {
      await reads.flush(flushing);
      await refusals.flush(flushing);
      await signIns.flush(flushing);
      await watch?.flush();
    },
  };
  const privacy: PrivacyDeps = {
    refusalsWritten: () => refusals.flush({ everything: true }),
    installation: () => ({
      connectors: connectors.map(({ definition, config }) => ({
        source: definition.id,
        hosts: definition.hosts(config),
      })),
      storeHost: storeHost(options.store),
      retention: days,
    }),
  };
  const checkpoints =
    options.checkpoints === undefined
      ? null
      : keepCheckpoints({
          plan: options.checkpoints,
          jobs,
          logger,
          redact,
          contextOf,
        });
  const signals = signalRules.length === 0 ? null : keepSignals({ jobs, logger, evaluate });
  const redelivery = keepRedelivery({
    store,
    jobs,
    clock,
    logger,
    fetch: options.fetch ?? globalThis.fetch,
    connectors,
  });
  const retention = keepRetention({ jobs, logger, depsOf: purging });
  const reminders = keepReminders({
    store,
    jobs,
    clock,
    timeZone: settings.timeZone,
    ready: (workspaceId) => host.ready(workspaceId),
  });
  const { notify } = options;
  const tellPass =
    notify === undefined ? null : createSetupNotice({ store, clock, logger, notify });
  const ensure = async (workspaceId: string): Promise<void> => {
    if (await ensureWorkspace(store, workspaceId, clock)) await watch?.keepMade(workspaceId);
  };
  const sync = async (syncOptions: SyncOptions = {}): Promise<SyncSummary> => {
    const workspaceId = syncOptions.workspaceId ?? defaultWorkspaceId;
    await ensure(workspaceId);
    const summary = await runSync(dependencies(workspaceId), syncOptions);
    await tellPass?.(workspaceId, summary);
    return summary;
  };
  const closing = new AbortController();
  const inboxes = new Map<string, Webhooks>();
  const inboxOf = (workspaceId: string): Webhooks => {
    const known = inboxes.get(workspaceId);
    if (known !== undefined) return known;
    const inbox = createWebhooks({
      store,
      workspaceId,
      connectors,
      clock,
      logger,
      sync: (passOptions) => sync({ ...passOptions, workspaceId }),
      closing: closing.signal,
    });
    inboxes.set(workspaceId, inbox);
    return inbox;
  };
  return guardRoot({
    workspace: (workspaceId = defaultWorkspaceId) => ({
      as(viewer) {
        const checked = checkViewer(viewer);
        const actor = viewerLabel(checked);
        const noteRefusal = (refusal: Refusal): void =>
          refusals.note({ workspaceId, actor, ...refusal });
        const context = {
          ...contextOf(workspaceId),
          viewer: checked,
          noteRefusal,
          searchIndex: index,
        };
        const made = createHandle(context, lazyActions(host, workspaceId, checked), privacy, {
          index,
          method,
          vectors,
        });
        const guarded = guardCalls(made, createAdmission(store, workspaceId, checked));
        const handle = noteRefusedCalls(guarded, noteRefusal);
        if (checked.kind !== 'agent') return handle;
        return countReads(handle, (what) => reads.count(workspaceId, actor, what));
      },
    }),
    approvers(workspaceId = defaultWorkspaceId) {
      const approvers = createApprovers(
        {
          store,
          workspaceId,
          clock,
          relyingParty,
          noteFailedSignIn: signIns.note,
        },
        {
          hostVouches: options.approvals?.hostSession !== undefined,
          async takesClicks() {
            for (const { definition, config } of connectors) {
              const secrets = (await definition.clicks?.secrets(config)) ?? [];
              if (secrets.length > 0) return true;
            }
            return false;
          },
        },
      );
      return guardHandedOut('approvers', approvers);
    },
    accessTokens(viewer, workspaceId = defaultWorkspaceId) {
      const checked = checkViewer(viewer);
      const tokens = createAccessTokens(
        { store, workspaceId, clock, onToken: (token) => void knownSecrets.push(token) },
        checked,
      );
      return guardHandedOut('accessTokens', tokens, createAdmission(store, workspaceId, checked));
    },
    verifyAccessToken: (token, workspaceId = defaultWorkspaceId) =>
      verifyAccessToken({ store, clock, workspaceId }, token),
    async owner(workspaceId = defaultWorkspaceId) {
      await ensure(workspaceId);
      return ownerViewer(workspaceId);
    },
    secrets(viewer, workspaceId = defaultWorkspaceId) {
      const checked = checkViewer(viewer);
      const secrets = openSecrets(
        { store, workspaceId, clock, keyProvider: options.keyProvider ?? noKeys(), knownSecrets },
        checked,
      );
      return guardHandedOut('secrets', secrets, createAdmission(store, workspaceId, checked));
    },
    data(viewer, workspaceId = defaultWorkspaceId) {
      const checked = checkViewer(viewer);
      const actor = viewerLabel(checked);
      const care = openDataCare(
        {
          ...purging(workspaceId),
          noteRefusal: (refusal) => refusals.note({ workspaceId, actor, ...refusal }),
          indexAll: () => searchers(workspaceId).indexAll(),
        },
        checked,
      );
      return guardHandedOut('data', care, createAdmission(store, workspaceId, checked));
    },
    textModel(viewer, workspaceId = defaultWorkspaceId) {
      if (options.textModel === undefined) return null;
      const metered = meterTextModel(options.textModel, {
        store,
        clock,
        workspaceId,
        actor: viewerLabel(checkViewer(viewer)),
        async policy() {
          const deps = await host.ready(workspaceId);
          return { engine: deps.policyFor(workspaceId), redactor: deps.redactorFor(workspaceId) };
        },
      });
      return guardHandedOut('textModel', metered);
    },
    sync,
    webhooks: (workspaceId = defaultWorkspaceId) =>
      guardHandedOut('webhooks', inboxOf(workspaceId)),
    work: ({ everyMs, signal, onProgress, onPass }) =>
      workLoop({
        store,
        workspaceId: defaultWorkspaceId,
        clock,
        random,
        logger,
        everyMs: everyMs ?? null,
        signal,
        onProgress,
        onPass,
        sync,
      }),
    workActions: ({ signal, workspaceId = defaultWorkspaceId }) =>
      actionWork({
        store,
        workspaceId,
        clock,
        random,
        host,
        dispatcher,
        checkpoints,
        redelivery,
        retention,
        signals,
        reads: tallies,
        reminders,
        indexReports: () => indexReports({ store, workspaceId, clock, searchIndex: index }),
        signal,
      }),
    on: (event, listener) => bus.on(event, listener),
    jobs,
    outbox: dispatcher,
    policy: (workspaceId = defaultWorkspaceId) => host.policy(workspaceId),
    async check() {
      const reports: { source: string; report: CheckReport }[] = [];
      for (const connector of connectors) {
        const context = createConnectorContext(
          dependencies(defaultWorkspaceId),
          connector,
          undefined,
        );
        reports.push({
          source: connector.definition.id,
          report: await connector.definition.check(context),
        });
      }
      return reports;
    },
    async health(workspaceId = defaultWorkspaceId) {
      const startedAt = performance.now();
      const sources = await readSourceFreshness(store, workspaceId);
      const roundTripMs = performance.now() - startedAt;
      const trouble = await store.probe();
      const ok = trouble === null;
      return { ok, trouble, schemaVersion: store.schemaVersion, roundTripMs, sources };
    },
    storeTrouble: () => store.trouble,
    isHeldBack: () => watch?.isHeldBack() ?? false,
    probeStore: () => store.probe({ always: true }),
    operatingFigures: (workspaceId = defaultWorkspaceId) =>
      readOperatingFigures({ store, workspaceId, ownJobs: options.jobRunner === undefined }),
    renormalise: (workspaceId = defaultWorkspaceId) =>
      renormalise(store, workspaceId, connectors, clock),
    rebuildRollups: (workspaceId = defaultWorkspaceId) =>
      rebuildRollups(contextOf(workspaceId), () => reach('rollups_written')),
    exportWorkspace: (workspaceId = defaultWorkspaceId) => exportWorkspace(store, workspaceId),
    async importWorkspace(lines) {
      const imported = await importWorkspace(store, lines, watch?.takeIn);
      await watch?.keepMade(imported.workspaceId);
      return imported;
    },
    deleteWorkspace: (workspaceId) => deleteWorkspace(store, workspaceId, clock),
    verifyLedgers: (verifying) => verifyLedgers(store, defaultWorkspaceId, verifying),
    async close() {
      closing.abort();
      await tallies.flush({ everything: true });
      await citationsKept(store);
      await store.close();
    },
  });
}
