import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { and, eq } from 'drizzle-orm';
import type { Clock } from '../clock.ts';
import type { Database } from './database.ts';
import type { Store } from './store.ts';
import { tables } from './tables.ts';

const { leases } = tables;

/** Names this process, so that another on the same machine can see when it has died. */
export const processHolder = `${hostname()}|${process.pid}|${randomBytes(6).toString('hex')}`;

/** Returns a name for one lease of this process. */
export function newHolder(): string {
  return `${processHolder}|${randomBytes(4).toString('hex')}`;
}

/** A right to be the only one at something, until it is released or runs out. */
export interface Lease {
  readonly name: string;
  /** Extends the lease inside a transaction. @returns false where another has taken it */
  renew(transaction: Database): Promise<boolean>;
  release(): Promise<void>;
}

export interface LeaseOptions {
  workspaceId: string;
  name: string;
  durationMs: number;
  clock: Clock;
  /**
   * Tells leases of one process apart. Whoever asks again with the same one, because it could not be told
   * whether it was given, has it.
   */
  holder?: string;
}

/** Returns the lease, or null while somebody alive holds it. */
export async function acquireLease(store: Store, options: LeaseOptions): Promise<Lease | null> {
  const { workspaceId, name, durationMs, clock } = options;
  const holder = options.holder ?? newHolder();
  const key = and(eq(leases.workspaceId, workspaceId), eq(leases.name, name));
  const fence = await store.transaction(async (transaction) => {
    const now = clock.now();
    const [present] = await transaction.select().from(leases).where(key);
    if (present === undefined) {
      const row = { workspaceId, name, holder, fence: 1, expiresAt: now + durationMs };
      await transaction.insert(leases).values(row);
      return 1;
    }
    const isOthers = present.holder !== '' && present.holder !== holder;
    if (isOthers && present.expiresAt > now && holderMayLive(present.holder)) return null;
    const next = present.fence + 1;
    await transaction
      .update(leases)
      .set({ holder, fence: next, expiresAt: now + durationMs })
      .where(key);
    return next;
  });
  if (fence === null) return null;
  const mine = and(key, eq(leases.holder, holder), eq(leases.fence, fence));
  return {
    name,
    async renew(transaction) {
      const renewed = await transaction
        .update(leases)
        .set({ expiresAt: clock.now() + durationMs })
        .where(mine)
        .returning({ name: leases.name });
      return renewed.length === 1;
    },
    async release() {
      await store.transaction(async (transaction) => {
        await transaction.update(leases).set({ holder: '', expiresAt: 0 }).where(mine);
      });
    },
  };
}

/** True while somebody alive holds the lease. */
export async function isLeaseHeld(
  database: Database,
  workspaceId: string,
  name: string,
  now: number,
): Promise<boolean> {
  const [row] = await database
    .select()
    .from(leases)
    .where(and(eq(leases.workspaceId, workspaceId), eq(leases.name, name)));
  return row !== undefined && row.holder !== '' && row.expiresAt > now && holderMayLive(row.holder);
}

/** A killed process cannot release: on its own machine its absence is as good as a release. */
export function holderMayLive(holder: string): boolean {
  const [host, pid] = holder.split('|');
  if (host !== hostname()) return true;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
