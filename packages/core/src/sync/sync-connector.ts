import { and, eq } from 'drizzle-orm';
import type { SourceResult, StreamResult, SyncOptions } from '../adjutant.ts';
import { AdjutantError } from '../errors.ts';
import { dropDocumentsOutside } from '../knowledge/drop-documents.ts';
import { tables } from '../store/tables.ts';
import { createHintedPass, type HintedPass } from '../webhooks/hinted-pass.ts';
import { readHints } from '../webhooks/webhook-hints.ts';
import { createConnectorContext } from './connector-context.ts';
import { isCredentialRefused } from './credential-refused.ts';
import type { ConfiguredConnector, ConnectorContext, Scope } from './define-connector.ts';
import { type Place, readInTurns } from './read-in-turns.ts';
import { readStream } from './read-stream.ts';
import { createRequestBudget } from './request-budget.ts';
import type { SyncDependencies } from './run-sync.ts';
import { writeScope } from './scopes.ts';
import { inStreamSpan } from '../tracing/sync-spans.ts';
import { createSourceWatch, type SourceWatch } from './source-watch.ts';

/** What came of a pass over one source. */
export interface ConnectorPass {
  streams: StreamResult[];
  source: SourceResult;
}

/**
 * Reads every stream of every scope of one source, and returns what came of it; null where only
 * hints are to be followed and there are none. All of it shares one client and one budget. Once the
 * source refuses the credential it is not asked again: what was not read says so.
 */
export async function syncConnector(
  dependencies: SyncDependencies,
  connector: ConfiguredConnector,
  options: SyncOptions,
  hinted: HintedPass[],
): Promise<ConnectorPass | null> {
  const { store, workspaceId, clock } = dependencies;
  const { definition } = connector;
  const hints =
    definition.webhooks === undefined
      ? []
      : await readHints(store.read, workspaceId, definition.id);
  if (options.hinted === true && hints.length === 0) return null;
  const followed = createHintedPass(definition.id, hints);
  if (definition.webhooks !== undefined) hinted.push(followed);
  const budget = createRequestBudget(definition.id);
  const watch = createSourceWatch({ store, workspaceId, source: definition.id, clock, budget });
  const counting = { ...dependencies, fetch: countedFetch(dependencies.fetch, watch) };
  const context = createConnectorContext(counting, connector, options.signal);

  const { scopes, error } = await discoverAll(dependencies, connector, context, options);
  const streams = await readInTurns({
    places: await placesOf(dependencies, connector, scopes, options, followed),
    isRefused: isCredentialRefused(error),
    budget,
    source: definition.id,
    isStopped: () => options.signal?.aborted === true,
    async read(place, tally, isTurnOver) {
      const { scope, stream } = place;
      const { logger, reach, random, indexMeanwhile } = dependencies;
      const asked = { options, budget, watch, indexMeanwhile };
      const shared = { store, workspaceId, clock, logger, reach, random, ...asked };
      const source = definition.id;
      const pass = {
        ...shared,
        source,
        scope,
        stream,
        context,
        isHinted: followed.isWanted(scope, stream.id),
        tally,
        isTurnOver,
      };
      const about = { source, stream: stream.id };
      const result = await inStreamSpan(dependencies, about, tally, () => readStream(pass));
      await watch.note();
      return result;
    },
    note: ({ scope, stream }, isRead) => followed.note(scope, stream.id, isRead),
  });
  if (error !== null) streams.push(notDiscovered(definition.id, error));
  else if (options.signal?.aborted !== true) {
    followed.noteEnd();
    const shown = scopes.map(({ externalId }) => externalId);
    await dropDocumentsOutside(dependencies, definition.id, shown);
  }
  const notice = error ?? streams.find((stream) => isCredentialRefused(stream.error))?.error;
  const isCutOff = options.signal?.aborted === true && notice === undefined;
  return { streams, source: await watch.end(isCutOff ? 'as before' : (notice ?? null)) };
}

/** Which repositories wait is known before the first is read, or none could be told to wait for others. */
async function discoverAll(
  { store, workspaceId }: SyncDependencies,
  { definition }: ConfiguredConnector,
  context: ConnectorContext<unknown>,
  { signal }: SyncOptions,
): Promise<{ scopes: Scope[]; error: StreamResult['error'] }> {
  const scopes: Scope[] = [];
  try {
    for await (const scope of definition.discover(context)) {
      await writeScope(store, workspaceId, definition.id, scope);
      scopes.push(scope);
      if (signal?.aborted) break;
    }
    return { scopes, error: null };
  } catch (error) {
    if (signal?.aborted) return { scopes, error: null };
    if (!AdjutantError.isInstance(error)) throw error;
    const { code, message, hint } = error;
    return { scopes, error: { code, message, hint } };
  }
}

async function placesOf(
  { store, workspaceId }: SyncDependencies,
  { definition }: ConfiguredConnector,
  scopes: readonly Scope[],
  options: SyncOptions,
  followed: HintedPass,
): Promise<Place[]> {
  const settled = await readSettled({ store, workspaceId }, definition.id);
  const mayBeSettled = options.mode !== 'backfill';
  return scopes.flatMap((scope) =>
    definition.streams
      .filter((stream) => stream.appliesTo?.(scope) !== false)
      .filter((stream) => options.hinted !== true || followed.isWanted(scope, stream.id))
      .map((stream) => {
        const isSettled = settled.has(`${scope.externalId}\n${stream.id}`);
        return { scope, stream, isBackfill: !(mayBeSettled && isSettled) };
      }),
  );
}

/** The streams that were read to their end before, so that only what is new is left. */
async function readSettled(
  { store, workspaceId }: Pick<SyncDependencies, 'store' | 'workspaceId'>,
  source: string,
): Promise<Set<string>> {
  const { syncCursors } = tables;
  const rows = await store.read
    .select()
    .from(syncCursors)
    .where(and(eq(syncCursors.workspaceId, workspaceId), eq(syncCursors.source, source)));
  return new Set(
    rows.flatMap(({ complete, backfillSince, scopeExternalId, stream }) =>
      complete && backfillSince === null ? [`${scopeExternalId}\n${stream}`] : [],
    ),
  );
}

function countedFetch(send: typeof fetch, watch: SourceWatch): typeof fetch {
  return (...request) => {
    watch.count();
    return send(...request);
  };
}

function notDiscovered(source: string, error: NonNullable<StreamResult['error']>): StreamResult {
  const counts = { records: 0, rowsChanged: 0 };
  return { source, scope: '', stream: '', outcome: 'failed', ...counts, error };
}
