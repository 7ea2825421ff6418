import { AdjutantError } from '../errors.ts';
import type { JobRunner } from '../jobs/job-runner.ts';
import type { Logger } from '../logger.ts';
import { purge, type PurgeDeps } from './purge.ts';

const kind = 'retention.purge';
/** At a minute that few other things are done at. */
const daily = '11 4 * * *';
const jitterMs = 10 * 60_000;

/** Purges once a day, while something works for a workspace. */
export interface RetentionKeeper {
  begin(workspaceId: string): Promise<void>;
}

/**
 * Returns the keeper, after telling the runner how it is done. A purge that fails has deleted nothing that
 * is not archived: it is tried again, and listed as dead with its reason.
 */
export function keepRetention(options: {
  jobs: JobRunner;
  logger: Logger;
  depsOf(this: void, workspaceId: string): PurgeDeps;
}): RetentionKeeper {
  const { jobs, logger, depsOf } = options;
  jobs.handle(kind, async ({ workspaceId }) => {
    const { rows } = await purge(depsOf(workspaceId), {});
    logger.log('info', 'what is older than it is kept for was purged', { workspaceId, rows });
    return undefined;
  });
  return {
    begin: (workspaceId) => jobs.schedule({ workspaceId, name: kind, kind, cron: daily, jitterMs }),
  };
}

/** Purges what webhooks delivered long ago, after a sync has read it; what goes wrong fails no sync. */
export async function forgetOldDeliveries(deps: PurgeDeps, logger: Logger): Promise<void> {
  const options = { classes: ['raw_events'] as const };
  try {
    const { rows } = await purge(deps, { ...options, dryRun: true });
    if (rows > 0) await purge(deps, options);
  } catch (error) {
    const code = AdjutantError.isInstance(error) ? error.code : 'Unexpected';
    logger.log('warn', 'Old deliveries could not be purged; the next sync tries again.', { code });
  }
}
