import { sql } from 'drizzle-orm';
import { hashPayload, sha256 } from '../actions/payload-hash.ts';
import { parseJsonObject } from '../actions/stored-preview.ts';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import { isBehind, type RowPlace, rowPlace } from '../store/row-place.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { Findings } from './finding.ts';
import { readTold } from './told-entries.ts';

const pageSize = 200;
/** The version of a definition is part of the hash, and stands nowhere else. */
const mostVersions = 100;

type WordsTuple = [
  place: string,
  actionId: string,
  revision: number,
  type: string,
  source: string | null,
  externalId: string | null,
  ref: string | null,
  payload: string,
  preconditions: string | null,
  preview: string | null,
  previewHash: string | null,
  payloadHash: string,
  /** False for a revision before the last: its action may name another target by now. */
  isLast: 0 | 1,
];

/** Adds a finding for each revision whose words do not make the hashes that were prepared, or were not told. */
export async function checkWords(
  database: Database,
  workspaceId: string,
  findings: Findings,
): Promise<void> {
  const standIns = await readStandIns(database, workspaceId);
  let after: RowPlace = null;
  do {
    // The plus keeps SQLite from the workspace's index: in its order every page would sort all rows.
    const rows: WordsTuple[] = await queryTuples<WordsTuple>(
      database,
      sql`select ${rowPlace('r.')}, r.action_id, r.revision, a.type, a.target_source, a.target_external_id,
          a.target_ref, r.payload, r.preconditions, r.preview, r.preview_hash, r.payload_hash, r.revision = a.revision
        from action_revisions r
        join actions a on a.workspace_id = r.workspace_id and a.id = r.action_id
        where +r.workspace_id = ${workspaceId} and r.payload_hash is not null and ${isBehind(after, 'r.')}
        order by r.rowid limit ${pageSize}`,
    );
    const told = await readTold(
      database,
      workspaceId,
      ['action.prepared'],
      rows.map(([, actionId]) => actionId),
    );
    for (const row of rows) {
      const [, actionId, revision] = row;
      const about = { subject: actionId };
      const name = `Revision ${revision} of action ${actionId}`;
      // A revision that only asks anew keeps the words, and the hash, of the one before it.
      const isTold = told.get(actionId)?.some(({ detail }) => detail['payloadHash'] === row[11]);
      if (isTold !== true) {
        const message = `${name} has a hash that the ledger tells of nowhere.`;
        findings.add('row_without_entry', message, about);
      }
      if (isRewritten(row, standIns) || makesHashes(workspaceId, row)) continue;
      const message = `${name}: its words are not those that were hashed, shown and decided.`;
      findings.add('row_differs', message, about);
    }
    after = rows.length < pageSize ? null : (rows.at(-1)?.[0] ?? null);
    await yieldToEventLoop();
  } while (after !== null);
}

/** What stands in the place of people who were erased: with it in them, words make other hashes. */
async function readStandIns(database: Database, workspaceId: string): Promise<string[]> {
  const rows = await queryTuples<[string]>(
    database,
    sql`select distinct stand_in from erasure_marks where workspace_id = ${workspaceId}`,
  );
  return rows.map(([standIn]) => standIn);
}

function isRewritten(row: WordsTuple, standIns: readonly string[]): boolean {
  const texts = [row[5], row[6], row[7], row[8], row[9]];
  return standIns.some((standIn) => texts.some((text) => text?.includes(standIn) === true));
}

function makesHashes(workspaceId: string, row: WordsTuple): boolean {
  const [, , , type, source, externalId, ref, payload, conditions, preview, previewHash] = row;
  if (preview === null || previewHash === null || sha256(preview) !== previewHash) return false;
  if (row[12] === 0) return true;
  if (source === null || externalId === null || ref === null || conditions === null) return false;
  try {
    const target = { source, externalId, ref };
    const bound = { payload: parseJsonObject(payload), preconditions: parseJsonObject(conditions) };
    for (let definitionVersion = 1; definitionVersion <= mostVersions; definitionVersion += 1) {
      const words = { workspaceId, type, definitionVersion, target, ...bound, previewHash };
      if (hashPayload(words) === row[11]) return true;
    }
    return false;
  } catch {
    return false;
  }
}
