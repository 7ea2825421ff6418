import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import { genesisSeal, sealHash } from '../store/seal-rows.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { Checkpoint } from './checkpoint-text.ts';
import type { Findings } from './finding.ts';
import { storedObject } from './stored-object.ts';

const pageSize = 500;
const bodySchema = z.object({
  anew: z.literal(true).optional(),
  fromBefore: z.literal(true).optional(),
  rows: z.record(
    z.string(),
    z.array(z.tuple([z.string(), z.string().nullable(), z.string().nullable()])),
  ),
});

/** What the chain last says of a row, by the id of its seal. */
export interface LastSeal {
  table: string;
  /** Null where the row is gone. */
  digest: string | null;
  isFromBefore: boolean;
}

/** The chain of seals, as far as it was read. */
export interface ReadSeals {
  last: Map<string, LastSeal>;
  /** Where a seal was written over a row that was not what the seal before it says. */
  overwritten: { id: string; table: string; seq: number }[];
  /** Reads what was added since. */
  catchUp(): Promise<boolean>;
  /** Once everything is read: whether it reaches as far as what was exported. */
  finish(): void;
}

/** Returns the chain of seals of a workspace; what is wrong with it becomes a finding as it is read. */
export function openSeals(
  database: Database,
  workspaceId: string,
  checkpoints: readonly Checkpoint[],
  findings: Findings,
): ReadSeals {
  const last = new Map<string, LastSeal>();
  const exported = new Map(
    checkpoints.flatMap(({ seals }) => (seals ? [[seals.seq, seals.hash]] : [])),
  );
  let seq = 0;
  let previous = genesisSeal;
  const overwritten: ReadSeals['overwritten'] = [];
  const differ = (message: string): void => findings.add('seals_differ', message);
  const look = ([at, before, hash, body]: SealTuple): void => {
    if (at !== seq + 1) differ(`Seals ${seq + 1} to ${at - 1} of rows are missing.`);
    else if (before !== previous) differ(`Seal ${seq} of rows was written anew, or ${at} was.`);
    if (sealHash(before, workspaceId, at, body) !== hash)
      differ(`Seal ${at} of rows is not what was written.`);
    const known = exported.get(at);
    if (known !== undefined && known !== hash) {
      findings.add('checkpoint_differs', `Seal ${at} of rows is not the one that was exported.`);
    }
    [seq, previous] = [at, hash];
    const read = bodySchema.safeParse(storedObject(body));
    if (!read.success) return differ(`Seal ${at} of rows cannot be read.`);
    if (read.data.anew === true) last.clear();
    const isFromBefore = read.data.fromBefore === true;
    for (const [table, rows] of Object.entries(read.data.rows)) {
      for (const [id, digest, was] of rows) {
        if (was !== (last.get(id)?.digest ?? null)) overwritten.push({ id, table, seq: at });
        last.set(id, { table, digest, isFromBefore });
      }
    }
  };
  return {
    last,
    overwritten,
    async catchUp() {
      let hasMoved = false;
      for (;;) {
        const rows = await queryTuples<SealTuple>(
          database,
          sql`select seq, previous_hash, hash, body from audit_seals
            where workspace_id = ${workspaceId} and seq > ${seq} order by seq limit ${pageSize}`,
        );
        for (const row of rows) look(row);
        hasMoved ||= rows.length > 0;
        if (rows.length < pageSize) return hasMoved;
        await yieldToEventLoop();
      }
    },
    finish() {
      const furthest = Math.max(0, ...exported.keys());
      if (furthest > seq) differ(`Seals ${seq + 1} to ${furthest} of rows are missing at the end.`);
    },
  };
}

type SealTuple = [seq: number, previousHash: string, hash: string, body: string];
