import type { JobRunner } from '../jobs/job-runner.ts';
import type { Logger } from '../logger.ts';
import type { SignalPass } from './signal-pass.ts';

const kind = 'signals.evaluate';
/** Time passes between syncs, too. */
const everyQuarterOfAnHour = '*/15 * * * *';

export interface SignalKeeperOptions {
  jobs: JobRunner;
  logger: Logger;
  /** Runs the rules; null where another process is at it. */
  evaluate(this: void, workspaceId: string): Promise<SignalPass | null>;
}

/** Runs the rules by the clock while something works for a workspace. */
export interface SignalKeeper {
  begin(workspaceId: string): Promise<void>;
}

/** Returns the keeper of signals, after telling the runner how a pass is made. */
export function keepSignals({ jobs, logger, evaluate }: SignalKeeperOptions): SignalKeeper {
  jobs.handle(kind, async ({ workspaceId }) => {
    const pass = await evaluate(workspaceId);
    if (pass !== null) logger.log('debug', 'rules were run', { workspaceId, ...pass });
    return undefined;
  });
  return {
    async begin(workspaceId) {
      await jobs.schedule({ workspaceId, name: kind, kind, cron: everyQuarterOfAnHour });
    },
  };
}
