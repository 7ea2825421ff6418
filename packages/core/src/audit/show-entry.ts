import { sql } from 'drizzle-orm';
import { AdjutantError } from '../errors.ts';
import type { ReadContext } from '../reads/read-context.ts';
import type { LedgerRow } from '../store/ledger-rows.ts';
import { queryTuples } from '../store/raw-query.ts';
import { entryHash, personalDigest } from './entry-hash.ts';
import type { AuditDetail, PersonalField } from './handle.ts';
import { isKeeper } from './require-keeper.ts';
import { storedObject } from './stored-object.ts';

type Unchained = Omit<LedgerRow, 'seq' | 'previousHash' | 'hash'> & {
  seq: number | null;
  previousHash: string | null;
  hash: string | null;
};

/** Returns one entry, named by id or by its number, with its place in the chain and what of it is personal. */
export async function showEntry(context: ReadContext, entryId: string): Promise<AuditDetail> {
  const row = await findEntry(context, entryId);
  const { seq, previousHash, hash } = row;
  const isChained = seq !== null && previousHash !== null && hash !== null;
  return {
    id: row.id,
    at: row.at,
    actor: row.actor,
    event: row.event,
    subject: row.subject,
    detail: storedObject(row.detail),
    traceId: row.traceId,
    outcome: row.outcome,
    seq,
    previousHash,
    hash,
    isIntact: isChained ? entryHash(previousHash, { ...row, seq }) === hash : null,
    personal: await personalFields(context, row),
  };
}

async function findEntry({ store, workspaceId }: ReadContext, entryId: string): Promise<Unchained> {
  // What is listed first in each line is what people type; an id is never all digits.
  const isNumber = /^\d{1,15}$/.test(entryId);
  const [found] = await queryTuples<
    [
      string,
      number,
      string,
      string,
      string | null,
      string,
      string | null,
      string | null,
      string | null,
      number | null,
      string | null,
      string | null,
    ]
  >(
    store.read,
    sql`select id, at, actor, event, subject, detail, trace_id, outcome, personal_digests, seq,
        previous_hash, hash
      from audit_entries where workspace_id = ${workspaceId} and ${isNumber ? sql`seq = ${Number(entryId)}` : sql`id = ${entryId}`}`,
  );
  if (found === undefined) {
    throw new AdjutantError('NotFound', 'The ledger has no such entry.', {
      hint: 'Take a number or an id that the list shows.',
    });
  }
  const [id, at, actor, event, subject, detail, traceId, outcome, digests, seq, previous, hash] =
    found;
  return {
    id,
    workspaceId,
    at,
    actor,
    event,
    subject,
    detail,
    traceId,
    outcome,
    personalDigests: digests,
    seq,
    previousHash: previous,
    hash,
  };
}

async function personalFields(
  { store, workspaceId, viewer }: ReadContext,
  row: Unchained,
): Promise<PersonalField[]> {
  if (row.personalDigests === null) return [];
  const stored = await queryTuples<[string, string, string]>(
    store.read,
    sql`select name, salt, value from audit_personal_data
      where workspace_id = ${workspaceId} and entry_id = ${row.id}`,
  );
  return Object.entries(storedObject(row.personalDigests)).map(([name, digest]): PersonalField => {
    const found = stored.find(([storedName]) => storedName === name);
    if (found === undefined) return { name, value: null, state: 'erased' };
    const [, salt, value] = found;
    if (!isKeeper(viewer)) return { name, value: null, state: 'hidden' };
    const fits = personalDigest(salt, name, value) === digest;
    return { name, value, state: fits ? 'shown' : 'changed' };
  });
}
