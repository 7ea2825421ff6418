import type { SourceResult } from '../adjutant.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import type { CountingBudget } from './request-budget.ts';

/** A pass over many repositories is written down this often; a wait at once. */
const writeEveryMs = 5_000;

/** What is known of a source while a pass is over it, and where others see it. */
export interface SourceWatch {
  /** Counts a request as it is sent. */
  count(): void;
  /** Notes that nothing is asked for so long. */
  waiting(milliseconds: number): void;
  /** Writes down where the pass stands, if that was not done just now. */
  note(): Promise<void>;
  /** Writes down how the pass ended and returns it; one that was stopped leaves the notice as it was. */
  end(notice: SourceResult['notice'] | 'as before'): Promise<SourceResult>;
}

export interface WatchedPass {
  store: Store;
  workspaceId: string;
  source: string;
  clock: Clock;
  budget: Pick<CountingBudget, 'used' | 'remaining' | 'limit'>;
}

/** Returns the watch over one pass over a source. */
export function createSourceWatch(pass: WatchedPass): SourceWatch {
  const { clock, budget, source } = pass;
  let requests = 0;
  let waitsUntil: number | null = null;
  let writtenAt = clock.now();
  let writing: Promise<unknown> = Promise.resolve();
  const now = (): Omit<SourceResult, 'notice'> => ({
    source,
    // A client of its own may send what is only taken from the budget, and discovery has none.
    requests: Math.max(requests, budget.used),
    quotaRemaining: budget.remaining,
    quotaLimit: budget.limit,
    waitsUntil: waitsUntil !== null && waitsUntil > clock.now() ? waitsUntil : null,
  });
  // One after the other; where one fails the next says the same again.
  const write = async (notice: SourceResult['notice'] | 'as before'): Promise<void> => {
    writtenAt = clock.now();
    const state = now();
    writing = writing.then(() => writePass(pass, state, notice)).catch(() => undefined);
    await writing;
  };
  return {
    count() {
      requests += 1;
    },
    waiting(milliseconds) {
      if (milliseconds <= 0) return;
      waitsUntil = clock.now() + milliseconds;
      void write('as before');
    },
    async note() {
      if (clock.now() - writtenAt >= writeEveryMs) await write('as before');
    },
    async end(notice) {
      await write(notice);
      return { ...now(), notice: notice === 'as before' ? null : notice };
    },
  };
}

async function writePass(
  { store, workspaceId, clock }: WatchedPass,
  { source, ...used }: Omit<SourceResult, 'notice'>,
  notice: SourceResult['notice'] | 'as before',
): Promise<void> {
  const { sourcePasses } = tables;
  const said = notice === 'as before' ? null : notice;
  const values = { ...used, updatedAt: clock.now() };
  const told = {
    noticeCode: said?.code ?? null,
    noticeMessage: said?.message ?? null,
    noticeHint: said?.hint ?? null,
  };
  await store.transaction(async (transaction) => {
    await transaction
      .insert(sourcePasses)
      .values({ workspaceId, source, ...values, ...told })
      .onConflictDoUpdate({
        target: [sourcePasses.workspaceId, sourcePasses.source],
        set: notice === 'as before' ? values : { ...values, ...told },
      });
  });
}
