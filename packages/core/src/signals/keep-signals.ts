import type { JobRunner } from '../jobs/job-runner.ts';
import type { Logger } from '../logger.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { evaluateSignals } from './evaluate-signals.ts';

const kind = 'signals.evaluate';
/** Time passes between syncs, too. */
const everyQuarterOfAnHour = '*/15 * * * *';

export interface SignalKeeperOptions {
  jobs: JobRunner;
  logger: Logger;
  contextOf(this: void, workspaceId: string): ReadContext;
}

/** Runs the rules by the clock while something works for a workspace. */
export interface SignalKeeper {
  begin(workspaceId: string): Promise<void>;
}

/** Returns the keeper of signals, after telling the runner how a pass is made. */
export function keepSignals({ jobs, logger, contextOf }: SignalKeeperOptions): SignalKeeper {
  jobs.handle(kind, async ({ workspaceId }) => {
    const context = contextOf(workspaceId);
    const pass = await evaluateSignals(context, { rules: context.signalRules ?? [] });
    if (pass !== null) logger.log('debug', 'rules were run', { workspaceId, ...pass });
    return undefined;
  });
  return {
    async begin(workspaceId) {
      await jobs.schedule({ workspaceId, name: kind, kind, cron: everyQuarterOfAnHour });
    },
  };
}
