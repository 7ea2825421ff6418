import { eq } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import type { Clock } from '../clock.ts';
import type { SignInMethod } from '../domain.ts';
import { errorText } from '../jobs/error-text.ts';
import type { Logger } from '../logger.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';

const hourMs = 3_600_000;
/** Kinds that are told apart at once; reasons are words of ours, so there are few. */
const mostKinds = 100;

/** An attempt to sign in that failed. Who it was is unknown, and no name of theirs is kept. */
export interface FailedSignIn {
  workspaceId: string;
  method: SignInMethod;
  /** One word of ours, such as `link_not_open`. */
  reason: string;
}
export type NoteFailedSignIn = (failed: FailedSignIn) => void;

/**
 * Counts attempts to sign in that failed. The first of its kind in an hour is written at once and not
 * waited for, those after it as one entry: somebody who tries all day makes two entries an hour.
 */
export interface SignInTally {
  note: NoteFailedSignIn;
  /** Writes what was counted in hours that are over, or everything. It never rejects. */
  flush(options?: { everything?: boolean }): Promise<void>;
}

interface Counted {
  failed: FailedSignIn;
  hour: number;
  /** Not written yet. */
  times: number;
}

export function createSignInTally(deps: {
  store: Store;
  clock: Clock;
  logger: Logger;
  redact: (text: string) => string;
}): SignInTally {
  const { store, clock, logger, redact } = deps;
  const counted = new Map<string, Counted>();
  const hourOf = (at: number): number => at - (at % hourMs);
  let writing: Promise<void> = Promise.resolve();

  async function write(isDue: (entry: Counted) => boolean): Promise<void> {
    for (const [key, entry] of counted) {
      if (!isDue(entry)) continue;
      const { times } = entry;
      entry.times = 0;
      try {
        if (times > 0) await append(store, { ...entry, times }, clock.now());
        if (entry.times === 0 && entry.hour < hourOf(clock.now())) counted.delete(key);
      } catch (error) {
        // Kept for the next time, with what came meanwhile.
        entry.times += times;
        const told = { error: errorText(error, redact) };
        logger.log('warn', 'failed sign-ins could not be noted in the ledger', told);
        return;
      }
    }
  }
  const queue = (isDue: (entry: Counted) => boolean): Promise<void> => {
    writing = writing.then(() => write(isDue));
    return writing;
  };
  return {
    note(failed) {
      const hour = hourOf(clock.now());
      const key = JSON.stringify([failed.workspaceId, failed.method, failed.reason, hour]);
      const before = counted.get(key);
      if (before !== undefined) {
        before.times += 1;
        return;
      }
      if (counted.size >= mostKinds) return;
      const first = { failed, hour, times: 1 };
      counted.set(key, first);
      void queue((entry) => entry === first || entry.hour < hour);
    },
    flush: ({ everything = false } = {}) =>
      queue((entry) => everything || entry.hour < hourOf(clock.now())),
  };
}

function append(store: Store, { failed, times, hour }: Counted, at: number): Promise<void> {
  const { workspaceId, method, reason } = failed;
  return store.transaction(async (transaction) => {
    const { workspaces } = tables;
    const [known] = await transaction
      .select({ id: workspaces.id })
      .from(workspaces)
      .where(eq(workspaces.id, workspaceId));
    // A workspace that was deleted meanwhile keeps no trace.
    if (known === undefined) return;
    await appendAuditEntry(transaction, {
      workspaceId,
      at,
      actor: 'nobody',
      event: 'sign_in.failed',
      subject: 'sign_in',
      detail: { method, reason, times, hour },
      outcome: 'refused',
    });
  });
}
