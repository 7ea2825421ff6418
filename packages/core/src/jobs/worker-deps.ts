import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { Store } from '../store/store.ts';
import type { Backoff } from './backoff.ts';
import type { JobHandler } from './job-runner.ts';
import type { WakeUp } from './wake-up.ts';

/** What a worker is made of. */
export interface WorkerDeps {
  store: Store;
  clock: Clock;
  random: () => number;
  logger: Logger;
  redact: (text: string) => string;
  pollMs: number;
  leaseMs: number;
  shutdownMs: number;
  backoff: Backoff;
  /** The machine's own time: a handler takes of that, whatever the clock says. */
  wait: Clock['sleep'];
  wakeUp: WakeUp;
  handlers: ReadonlyMap<string, JobHandler>;
}
