import type { ActionWorker } from '../actions/action-worker.ts';
import type { CheckpointKeeper } from '../audit/keep-checkpoints.ts';
import type { ReadTally } from '../audit/read-tally.ts';
import type { Clock } from '../clock.ts';
import type { EventDispatcher } from '../events/event-dispatcher.ts';
import type { RedeliveryKeeper } from '../webhooks/keep-redelivery.ts';
import type { RetentionKeeper } from '../retention/keep-retention.ts';
import type { ReminderKeeper } from '../reports/keep-reminders.ts';
import { acquireLease, type Lease } from '../store/lease.ts';
import { outliveTrouble } from '../store/outlive-trouble.ts';
import { isCorrupt } from '../store/store-errors.ts';
import type { SignalKeeper } from '../signals/keep-signals.ts';
import type { Store } from '../store/store.ts';
import { type ActionHost, actionWorkerLeaseName } from './action-host.ts';

const leaseMs = 30_000;
const beatMs = leaseMs / 3;
/** Between two looks at what no job told of. @unit milliseconds */
const sweepMs = 1_000;

export interface ActionWork {
  store: Store;
  workspaceId: string;
  clock: Clock;
  random: () => number;
  host: ActionHost;
  /** Takes what happened to whoever listens in this process. */
  dispatcher: EventDispatcher;
  /** Null where no place for checkpoints was named. */
  checkpoints: CheckpointKeeper | null;
  /** Null where no source can be asked for webhooks that failed. */
  redelivery: RedeliveryKeeper | null;
  retention: RetentionKeeper;
  /** Null where no rules were given. */
  signals: SignalKeeper | null;
  /** Of reports, for those who asked for it. */
  reminders: ReminderKeeper;
  reads: ReadTally;
  /** Makes reports be found that still wait for it. */
  indexReports(this: void): Promise<unknown>;
  signal: AbortSignal;
}

/**
 * Prepares, carries out and reconciles actions until aborted: jobs say at once what is due, a sweep
 * finds what no job told of. Several processes may: each action is claimed by one of them.
 */
export async function actionWork(work: ActionWork): Promise<void> {
  const { workspaceId, host, checkpoints, redelivery, retention, signals, reminders, signal } =
    work;
  const { store, clock, random } = work;
  const begun = await outliveTrouble({ store, clock, random, logger: host.logger, signal }, () =>
    host.work(workspaceId),
  );
  const { worker, runner } = begun;
  await outliveTrouble({ store, clock, random, logger: host.logger, signal }, async () => {
    await checkpoints?.begin(workspaceId);
    await redelivery?.begin(workspaceId);
    await retention.begin(workspaceId);
    await signals?.begin(workspaceId);
    await reminders.begin(workspaceId);
  });
  try {
    await Promise.all([
      runner.work({ signal }),
      work.dispatcher.work({ signal }),
      sweep(work, worker),
      keepSaying(work),
    ]);
  } finally {
    await checkpoints?.end(workspaceId).catch((error: unknown) => {
      host.logger.log('warn', 'the last checkpoint could not be made', failureName(error));
    });
  }
}

async function sweep(
  { store, workspaceId, clock, host, reads, indexReports, signal }: ActionWork,
  worker: ActionWorker,
): Promise<void> {
  while (!signal.aborted) {
    try {
      await host.policy(workspaceId);
      await worker.sweep(signal);
      await reads.flush();
      await indexReports();
    } catch (error) {
      if (signal.aborted) return;
      // Going on would make it worse.
      if (isCorrupt(error)) throw error;
      // A locked or full disk passes; what is due stays due.
      host.logger.log('error', 'a sweep over actions failed', failureName(error));
    }
    await clock.sleep(sweepMs, signal).catch(() => undefined);
    await store.probe().catch(() => undefined);
  }
}

function failureName(error: unknown): { error: string } {
  return { error: error instanceof Error ? error.name : 'unknown' };
}

/** Says that a worker is alive. */
async function keepSaying(work: ActionWork): Promise<void> {
  const { clock, signal } = work;
  let lease: Lease | null = null;
  try {
    while (!signal.aborted) {
      // A locked disk passes; nobody is told of a worker meanwhile.
      lease = await beat(work, lease).catch(() => null);
      await clock.sleep(beatMs, signal).catch(() => undefined);
    }
  } finally {
    await lease?.release().catch(() => undefined);
  }
}

/** Another process's word that it works is as good as ours. */
async function beat(
  { store, workspaceId, clock }: ActionWork,
  held: Lease | null,
): Promise<Lease | null> {
  if (held !== null && (await store.transaction((transaction) => held.renew(transaction)))) {
    return held;
  }
  return acquireLease(store, {
    workspaceId,
    name: actionWorkerLeaseName,
    durationMs: leaseMs,
    clock,
  });
}
