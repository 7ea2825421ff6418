import { sql } from 'drizzle-orm';
import { hashPayload, sha256 } from '../actions/payload-hash.ts';
import { parseJsonObject } from '../actions/stored-preview.ts';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import { isBehind, type RowPlace, rowPlace } from '../store/row-place.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import { checkErasureMarks, type UntoldStandIn } from './check-erasure-marks.ts';
import { areLeftWords, wordsErasedEvent } from './erased-words.ts';
import type { Findings } from './finding.ts';
import { readTold, type ToldEntry } from './told-entries.ts';

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

/**
 * Adds a finding for each revision whose words make neither the hashes that were prepared nor those of what
 * an erasure left, or were not told. Returns how many an erasure gave another target without telling their hashes.
 */
export async function checkWords(
  database: Database,
  workspaceId: string,
  findings: Findings,
): Promise<number> {
  const standIns = await checkErasureMarks(database, workspaceId, findings);
  let unknown = 0;
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
      ['action.prepared', wordsErasedEvent],
      rows.map(([, actionId]) => actionId),
    );
    for (const row of rows) {
      const [, actionId, revision] = row;
      const about = { subject: actionId };
      const name = `Revision ${revision} of action ${actionId}`;
      const entries = told.get(actionId) ?? [];
      if (!entries.some(isPreparing(row))) {
        const message = `${name} has a hash that the ledger tells of nowhere.`;
        findings.add('row_without_entry', message, about);
      }
      const judgement = judge(workspaceId, row, entries, standIns);
      if (judgement === 'untold') unknown += 1;
      else if (judgement !== null)
        findings.add('row_differs', `${name}: ${faults[judgement]}`, about);
    }
    after = rows.length < pageSize ? null : (rows.at(-1)?.[0] ?? null);
    await yieldToEventLoop();
  } while (after !== null);
  return unknown;
}

const faults = {
  rewritten: 'its words are not those that were hashed, shown and decided.',
  erased_otherwise: 'its words are not those that the erasure of a person left.',
};

type Judgement = 'untold' | keyof typeof faults | null;

function judge(
  workspaceId: string,
  row: WordsTuple,
  told: readonly ToldEntry[],
  standIns: readonly UntoldStandIn[],
): Judgement {
  if (makesHashes(workspaceId, row)) return null;
  const [, , revision, , source, externalId, ref, payload, conditions, preview] = row;
  const target = [source, externalId, ref];
  const texts = [payload, conditions, preview];
  const areLeft = areLeftWords(told, { target, revision, texts }, row[12] === 1);
  if (areLeft !== null) return areLeft ? null : 'erased_otherwise';
  // A version that told no hashes could change the target alone: a trigger kept it from the other words.
  if (row[12] === 0 || !fitsPreview(row)) return 'rewritten';
  const preparedAt = Math.min(...told.filter(isPreparing(row)).map(({ seq }) => seq));
  const isUntold = standIns.some(
    ({ standIn, upTo }) => preparedAt < upTo && target.some((text) => text?.includes(standIn)),
  );
  return isUntold ? 'untold' : 'rewritten';
}

// A revision that only asks anew keeps the words, and the hash, of the one before it.
function isPreparing(row: WordsTuple): (entry: ToldEntry) => boolean {
  return ({ event, detail }) => event === 'action.prepared' && detail['payloadHash'] === row[11];
}

function fitsPreview([, , , , , , , , , preview, previewHash]: WordsTuple): boolean {
  return preview !== null && sha256(preview) === previewHash;
}

function makesHashes(workspaceId: string, row: WordsTuple): boolean {
  const [, , , type, source, externalId, ref, payload, conditions, , previewHash] = row;
  if (previewHash === null || !fitsPreview(row)) return false;
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
