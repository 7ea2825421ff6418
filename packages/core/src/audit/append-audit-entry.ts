import { randomBytes } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';
import { AdjutantError } from '../errors.ts';
import type { Database } from '../store/database.ts';
import { createIdentifier } from '../store/identifier.ts';
import {
  countUnchained,
  insertLedgerRow,
  insertPersonalRow,
  type LedgerHead,
  readHead,
  readLastEntry,
} from '../store/ledger-rows.ts';
import { entryHash, genesisHash, personalDigest } from './entry-hash.ts';
import { storableDetail, storableText } from './storable-text.ts';

export interface NewAuditEntry {
  workspaceId: string;
  at: number;
  actor: string;
  event: string;
  subject?: string | null;
  detail?: Record<string, unknown>;
  traceId?: string | null;
  outcome?: string | null;
  /** What of it is personal or free text: kept beside the chain, which holds only digests. */
  personal?: Record<string, string>;
}

/** The first entry of a chain that follows entries without one says how many those are. */
export const chainStartedEvent = 'audit.chain_started';

const saltBytes = 16;

/**
 * Appends one entry to the workspace's chain, in the transaction of the change that it tells of.
 * @throws AdjutantError `LedgerIntegrity` where the stored end of the chain is not its end
 */
export async function appendAuditEntry(transaction: Database, entry: NewAuditEntry): Promise<void> {
  const { workspaceId } = entry;
  const head = await readHead(transaction, workspaceId);
  if (head !== null) return write(transaction, head, entry, true);
  // Without a stored end the entries themselves tell it; verification says that it was missing.
  const last = await readLastEntry(transaction, workspaceId);
  if (last !== null) return write(transaction, last, entry, false);
  await begin(transaction, entry);
}

async function begin(transaction: Database, entry: NewAuditEntry): Promise<void> {
  const { workspaceId, at } = entry;
  const start: LedgerHead = { seq: 0, hash: genesisHash };
  const unchained = await countUnchained(transaction, workspaceId);
  if (unchained === 0) return write(transaction, start, entry, false);
  const detail = { unchained };
  const first = { workspaceId, at, actor: 'system', event: chainStartedEvent, detail };
  await write(transaction, start, first, false);
  await appendAuditEntry(transaction, entry);
}

async function write(
  transaction: Database,
  head: LedgerHead,
  entry: NewAuditEntry,
  hasHead: boolean,
): Promise<void> {
  const { workspaceId, personal } = entry;
  const fields = personal === undefined ? [] : saltedFields(personal);
  const body = {
    id: createIdentifier(),
    workspaceId,
    at: entry.at,
    actor: storableText(entry.actor),
    event: entry.event,
    subject: textOrNull(entry.subject),
    detail: entry.detail === undefined ? '{}' : storableDetail(entry.detail),
    traceId: textOrNull(entry.traceId),
    outcome: textOrNull(entry.outcome),
    personalDigests: fields.length === 0 ? null : digestsOf(fields),
    seq: head.seq + 1,
  };
  const row = { ...body, previousHash: head.hash, hash: entryHash(head.hash, body) };
  try {
    await insertLedgerRow(transaction, row, hasHead);
  } catch (error) {
    const last = await readLastEntry(transaction, workspaceId);
    if (last === null || last.seq < row.seq) throw error;
    throw new AdjutantError(
      'LedgerIntegrity',
      `The ledger ends at entry ${head.seq} by its own record, and entry ${last.seq} is there.`,
      { hint: 'Somebody changed the database. Run "adjutant audit verify".', cause: error },
    );
  }
  for (const { name, salt, value } of fields) {
    await insertPersonalRow(transaction, { workspaceId, entryId: row.id, name, salt, value });
  }
}

function textOrNull(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : storableText(text);
}

interface SaltedField {
  name: string;
  salt: string;
  value: string;
}

function saltedFields(personal: Readonly<Record<string, string>>): SaltedField[] {
  return Object.entries(personal).map(([name, value]) => ({
    name,
    salt: randomBytes(saltBytes).toString('hex'),
    value: storableText(value),
  }));
}

function digestsOf(fields: readonly SaltedField[]): string {
  return canonicalJson(
    Object.fromEntries(
      fields.map(({ name, salt, value }) => [name, personalDigest(salt, name, value)]),
    ),
  );
}
