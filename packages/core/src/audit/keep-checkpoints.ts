import type { JobRunner } from '../jobs/job-runner.ts';
import type { Logger } from '../logger.ts';
import { errorText } from '../jobs/error-text.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { readHead } from '../store/ledger-rows.ts';
import type { CheckpointPlan } from './handle.ts';
import { makeCheckpoint } from './make-checkpoint.ts';

const kind = 'audit.checkpoint';
/** At a minute that few other things are done at. */
const daily = '23 3 * * *';

export interface CheckpointKeeperOptions {
  plan: CheckpointPlan;
  jobs: JobRunner;
  logger: Logger;
  redact: (text: string) => string;
  contextOf(this: void, workspaceId: string): ReadContext;
}

/** Makes checkpoints while something works for a workspace: when it starts, by the clock, when it ends. */
export interface CheckpointKeeper {
  begin(workspaceId: string): Promise<void>;
  /** Never rejects: what ends must end. What went wrong is logged. */
  end(workspaceId: string): Promise<void>;
}

/**
 * Returns the keeper of checkpoints, after telling the runner how they are made. One that cannot be
 * made is a failed job: it is tried again, and listed as dead with its reason.
 */
export function keepCheckpoints(options: CheckpointKeeperOptions): CheckpointKeeper {
  const { plan, jobs, logger, redact, contextOf } = options;
  const make = async (workspaceId: string): Promise<void> => {
    const context = contextOf(workspaceId);
    // Of a ledger that holds nothing there is nothing to prove.
    if ((await readHead(context.store.read, workspaceId)) === null) return;
    const { seq, keyId, path } = await makeCheckpoint(context, plan);
    logger.log('info', 'a checkpoint of the ledger was made', { workspaceId, seq, keyId, path });
  };
  jobs.handle(kind, async ({ workspaceId }) => {
    await make(workspaceId);
    return undefined;
  });
  return {
    async begin(workspaceId) {
      await jobs.schedule({ workspaceId, name: kind, kind, cron: plan.cron ?? daily });
      await contextOf(workspaceId).store.transaction((transaction) =>
        jobs.enqueue(transaction, {
          workspaceId,
          kind,
          subjectId: kind,
          dedupeKey: `${kind}:start`,
        }),
      );
    },
    async end(workspaceId) {
      try {
        await make(workspaceId);
      } catch (error) {
        const told = { workspaceId, error: errorText(error, redact) };
        logger.log('error', 'the last checkpoint of the ledger could not be made', told);
      }
    },
  };
}
