import { and, eq } from 'drizzle-orm';
import type { SyncSummary } from '../adjutant.ts';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import type { Notify } from './notice.ts';

const { auditEntries } = tables;
const event = 'setup.completed';

export interface SetupNoticeDeps {
  store: Store;
  clock: Clock;
  logger: Logger;
  notify: Notify;
}

/**
 * Returns what is told of each pass: after the first one that read every source to its end, people hear
 * of it once. The ledger remembers that, so that neither another process nor a restart says it again.
 */
export function createSetupNotice(
  deps: SetupNoticeDeps,
): (workspaceId: string, summary: SyncSummary) => Promise<void> {
  const settled = new Set<string>();
  return async (workspaceId, { streams, records }) => {
    if (settled.has(workspaceId)) return;
    if (streams.length === 0 || streams.some(({ outcome }) => outcome !== 'complete')) return;
    settled.add(workspaceId);
    const sources = [...new Set(streams.map(({ source }) => source))];
    if (!(await markOnce(deps, workspaceId, sources))) return;
    try {
      await deps.notify({
        kind: 'setup_completed',
        workspaceId,
        title: 'Adjutant is set up',
        text: `Everything that is configured was read once: ${sources.join(', ')}, ${records} records. From now on only what is new is read.`,
        at: deps.clock.now(),
      });
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown';
      deps.logger.log('warn', 'a notice was not delivered', { kind: 'setup_completed', name });
    }
  };
}

/** Writes the mark. @returns whether it was not there before */
function markOnce(
  { store, clock }: SetupNoticeDeps,
  workspaceId: string,
  sources: readonly string[],
): Promise<boolean> {
  return store.transaction(async (transaction) => {
    const [known] = await transaction
      .select({ id: auditEntries.id })
      .from(auditEntries)
      .where(and(eq(auditEntries.workspaceId, workspaceId), eq(auditEntries.event, event)))
      .limit(1);
    if (known !== undefined) return false;
    await appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor: 'system',
      event,
      detail: { sources },
    });
    return true;
  });
}
