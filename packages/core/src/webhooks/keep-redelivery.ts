import type { Clock } from '../clock.ts';
import { AdjutantError, type AdjutantErrorCode } from '../errors.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import type { Logger } from '../logger.ts';
import { recordPlumbing } from '../plumbing.ts';
import { acquireLease, type Lease } from '../store/lease.ts';
import type { Store } from '../store/store.ts';
import type { ConfiguredConnector } from '../sync/define-connector.ts';
import { createConnectorContext } from '../sync/connector-context.ts';
import type { FailedDelivery } from './failed-delivery.ts';

const kind = 'webhooks.redeliver';
/** At a minute that few other things are done at. */
const hourly = '41 * * * *';
const jitterMs = 5 * 60_000;
/** A worker that died meanwhile keeps nobody from it for longer. */
const leaseMs = 30 * 60_000;
/** In an hour from one source: what waits longer comes with the next ones, or with a sync. */
const mostInOneHour = 100;
/** So many may be refused beside those: each is asked for again every hour. */
const mostRefusedInOneHour = 100;
/** What says no to one delivery with these says no to every other. */
const endsAll: ReadonlySet<AdjutantErrorCode> = new Set([
  'Authentication',
  'RateLimited',
  'Configuration',
]);
/** Between two requests that change something, as sources advise. */
const pauseMs = 1_000;

export interface RedeliveryOptions {
  store: Store;
  jobs: JobRunner;
  clock: Clock;
  logger: Logger;
  fetch: typeof fetch;
  connectors: readonly ConfiguredConnector[];
}

/** Asks sources once an hour, while something works for a workspace, for webhooks that failed. */
export interface RedeliveryKeeper {
  begin(workspaceId: string): Promise<void>;
}

/**
 * Returns the keeper, after telling the runner what it does; null where no source can be asked. What
 * cannot be asked for is logged, and looked for again in an hour: nothing depends on it, because a
 * sync finds whatever a webhook would have told of.
 */
export function keepRedelivery(options: RedeliveryOptions): RedeliveryKeeper | null {
  const { store, jobs, clock } = options;
  const able = options.connectors.filter(
    ({ definition }) => definition.failedDeliveries !== undefined,
  );
  if (able.length === 0) return null;
  jobs.handle(kind, async ({ workspaceId, signal }) => {
    const lease = await acquireLease(store, {
      workspaceId,
      name: kind,
      durationMs: leaseMs,
      clock,
    });
    // Another process is at it: two would ask for the same ones.
    if (lease === null) return undefined;
    try {
      for (const connector of able) {
        await askForFailed({ ...options, lease, workspaceId, signal }, connector);
      }
    } finally {
      await lease.release();
    }
    return undefined;
  });
  return {
    begin: (workspaceId) =>
      jobs.schedule({ workspaceId, name: kind, kind, cron: hourly, jitterMs, catchUpMs: 0 }),
  };
}

async function askForFailed(
  pass: RedeliveryOptions & { lease: Lease; workspaceId: string; signal: AbortSignal },
  connector: ConfiguredConnector,
): Promise<void> {
  const { clock, logger, fetch, signal } = pass;
  const { definition } = connector;
  const source = definition.id;
  const context = createConnectorContext({ clock, logger, fetch }, connector, signal);
  let asked = 0;
  let refused = 0;
  /** The first reason stands for all of them in the log. */
  let trouble: AdjutantError | null = null;
  const note = (error: unknown): AdjutantError => {
    if (signal.aborted || !AdjutantError.isInstance(error)) throw error;
    trouble ??= error;
    return error;
  };
  try {
    for await (const failed of definition.failedDeliveries?.(context) ?? []) {
      if (asked + refused > 0) await clock.sleep(pauseMs, signal);
      if (!(await record(pass, source, failed))) break;
      const error = await failed.sendAgain().then(() => null, note);
      if (error !== null && endsAll.has(error.code)) break;
      if (error === null) asked += 1;
      // One that is refused keeps those behind it from nothing.
      else refused += 1;
      if (asked >= mostInOneHour || refused >= mostRefusedInOneHour) break;
    }
  } catch (error) {
    note(error);
  }
  logTrouble(logger, source, trouble, refused);
  if (asked > 0)
    logger.log('info', 'Webhooks that failed were asked for again.', { source, asked });
}

function logTrouble(
  logger: Logger,
  source: string,
  trouble: AdjutantError | null,
  refused: number,
): void {
  if (trouble === null) return;
  const { code, message, hint } = trouble;
  const what = 'Webhooks that failed could not be asked for again.';
  logger.log('warn', what, { source, code, message, hint, refused });
}

/** Writes it into the ledger; false where another process took over meanwhile. */
function record(
  { store, clock, lease, workspaceId }: RedeliveryOptions & { lease: Lease; workspaceId: string },
  source: string,
  { deliveryId, event, place, failedAt }: FailedDelivery,
): Promise<boolean> {
  return store.transaction(async (transaction) => {
    if (!(await lease.renew(transaction))) return false;
    await recordPlumbing(transaction, {
      workspaceId,
      at: clock.now(),
      kind: 'hookRedelivery',
      subject: `${source}:${deliveryId}`,
      detail: { source, event, place, failedAt },
    });
    return true;
  });
}
