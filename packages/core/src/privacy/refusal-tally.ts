import { eq } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import type { Clock } from '../clock.ts';
import { errorText } from '../jobs/error-text.ts';
import type { Logger } from '../logger.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { type Refusal, refusalEvent, refusalSubject } from './refusal.ts';

const hourMs = 3_600_000;
/** Askers that are told apart at once; an assistant chooses its name, and could choose many. */
const mostKinds = 1_000;
const others = 'others';

/** Who was refused what. */
export interface RefusedQuery extends Refusal {
  workspaceId: string;
  actor: string;
}

/**
 * Counts refused questions. The first of its kind in an hour is written at once and not waited for,
 * those after it as one entry when the hour is over: a loop of questions makes two entries an hour.
 */
export interface RefusalTally {
  note(refused: RefusedQuery): void;
  /** Writes what was counted in hours that are over, or everything. It never rejects. */
  flush(options?: { everything?: boolean }): Promise<void>;
}

interface Counted {
  refused: RefusedQuery;
  hour: number;
  /** Not written yet, and when the first and the last of these were. */
  times: number;
  firstAt: number;
  lastAt: number;
}

export function createRefusalTally(deps: {
  store: Store;
  clock: Clock;
  logger: Logger;
  redact: (text: string) => string;
}): RefusalTally {
  const { store, clock, logger, redact } = deps;
  const counted = new Map<string, Counted>();
  let writing: Promise<void> = Promise.resolve();
  const hourOf = (at: number): number => at - (at % hourMs);
  let latestHour = 0;

  async function write(isDue: (entry: Counted) => boolean): Promise<void> {
    for (const [key, entry] of counted) {
      if (!isDue(entry)) continue;
      const { times, firstAt, lastAt } = entry;
      entry.times = 0;
      try {
        if (times > 0) {
          await store.transaction((transaction) =>
            append(transaction, { ...entry, times, firstAt, lastAt }, clock.now()),
          );
        }
        if (entry.times === 0 && entry.hour < hourOf(clock.now())) counted.delete(key);
      } catch (error) {
        // Kept for the next time, with what came meanwhile.
        entry.times += times;
        entry.firstAt = firstAt;
        const told = { error: errorText(error, redact) };
        logger.log('warn', 'refused questions could not be noted in the ledger', told);
        return;
      }
    }
  }
  const queue = (isDue: (entry: Counted) => boolean): Promise<void> => {
    writing = writing.then(() => write(isDue));
    return writing;
  };
  return {
    note(asked) {
      const now = clock.now();
      const hour = hourOf(now);
      // Hours that are over come first, so that the ledger tells them in their order.
      if (hour > latestHour) void queue((entry) => entry.hour < hour);
      latestHour = Math.max(latestHour, hour);
      const isKnown = (actor: string) => counted.has(keyOf({ ...asked, actor }, hour));
      const actor = counted.size < mostKinds || isKnown(asked.actor) ? asked.actor : others;
      const refused = { ...asked, actor };
      const key = keyOf(refused, hour);
      const before = counted.get(key);
      if (before !== undefined) {
        if (before.times === 0) before.firstAt = now;
        before.times += 1;
        before.lastAt = now;
      } else {
        const first = { refused, hour, times: 1, firstAt: now, lastAt: now };
        counted.set(key, first);
        void queue((entry) => entry === first);
      }
    },
    flush: ({ everything = false } = {}) =>
      queue((entry) => everything || entry.hour < hourOf(clock.now())),
  };
}

function keyOf({ workspaceId, actor, class: of, reason }: RefusedQuery, hour: number): string {
  return JSON.stringify([workspaceId, actor, of, reason, hour]);
}

type Transaction = Parameters<Parameters<Store['transaction']>[0]>[0];

async function append(
  transaction: Transaction,
  { refused, times, firstAt, lastAt }: Counted,
  at: number,
): Promise<void> {
  const { workspaces } = tables;
  const { workspaceId, actor, class: of, reason } = refused;
  const [known] = await transaction
    .select({ id: workspaces.id })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId));
  // A workspace that was deleted meanwhile keeps no trace of who asked about it.
  if (known === undefined) return;
  await appendAuditEntry(transaction, {
    workspaceId,
    at,
    actor,
    event: refusalEvent,
    subject: refusalSubject,
    detail: { class: of, reason, times, firstAt, lastAt },
    outcome: 'refused',
  });
}
