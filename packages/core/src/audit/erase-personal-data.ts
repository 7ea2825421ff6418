import { type SQL, sql } from 'drizzle-orm';
import { viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { queryTuples, runStatement } from '../store/raw-query.ts';
import { clearingTransaction } from '../store/clearing-transaction.ts';
import { appendAuditEntry } from './append-audit-entry.ts';
import { personalDataErasedEvent } from './erasure-entry.ts';
import { requireKeeper } from './require-keeper.ts';

/** So many entries are named in one entry of erasure. */
const chunkSize = 200;

/** Erases what is personal of entries, a chunk a transaction, each with the entry that tells of it. */
export async function erasePersonalData(
  context: ReadContext,
  of: { entryId: string } | { personId: string },
): Promise<{ entries: number }> {
  requireKeeper(context.viewer, 'erases personal data from the ledger');
  const which = 'entryId' in of ? sql`e.id = ${of.entryId}` : isAbout(of.personId);
  const entries = await eraseEntries({ ...context, actor: viewerLabel(context.viewer) }, which);
  if (entries > 0) return { entries };
  throw new AdjutantError('NotFound', 'The ledger holds no personal data of that.', {
    hint: 'It was erased already, or there never was any.',
  });
}

/** Erases what is personal of the entries for which a condition holds, and returns how many those are. */
export async function eraseEntries(context: ErasingContext, which: SQL): Promise<number> {
  let entries = 0;
  for (;;) {
    const erased = await eraseChunk(context, which);
    entries += erased;
    if (erased < chunkSize) return entries;
  }
}

type ErasingContext = Pick<ReadContext, 'store' | 'workspaceId' | 'clock'> & { actor: string };

async function eraseChunk(
  { store, workspaceId, actor, clock }: ErasingContext,
  which: SQL,
): Promise<number> {
  return clearingTransaction(store, async (transaction) => {
    const rows = await queryTuples<[string]>(
      transaction,
      sql`select distinct e.id from audit_personal_data p
        join audit_entries e on e.workspace_id = p.workspace_id and e.id = p.entry_id
        where p.workspace_id = ${workspaceId} and (${which}) order by e.id limit ${chunkSize}`,
    );
    const entryIds = rows.map(([id]) => id);
    if (entryIds.length === 0) return 0;
    // First the entry: without one that names them, a trigger lets no row go.
    await appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor,
      event: personalDataErasedEvent,
      detail: { entryIds },
    });
    const list = sql.join(
      entryIds.map((id) => sql`${id}`),
      sql`, `,
    );
    await runStatement(
      transaction,
      sql`delete from audit_personal_data
        where workspace_id = ${workspaceId} and entry_id in (${list})`,
    );
    return entryIds.length;
  });
}

/** What a person did, what an assistant did for them, and what is about them. */
export function isAbout(personId: string): SQL {
  const label = `person:${personId}`;
  const sponsored = ` for ${label}`;
  return sql`e.actor = ${label} or e.subject in (${personId}, ${label})
    or substr(e.actor, length(e.actor) - ${sponsored.length - 1}) = ${sponsored}
    or e.detail ->> 'personId' = ${personId} or e.detail ->> 'reviewerPersonId' = ${personId}`;
}
