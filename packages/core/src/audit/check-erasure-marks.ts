import { sql } from 'drizzle-orm';
import { addressStandIn, personStandIn } from '../erasure/eraser.ts';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { Findings } from './finding.ts';
import { readTold, type ToldEntry } from './told-entries.ts';

/** The entries of an erasure; the first is in one transaction with its marks. */
export const erasureBegunEvent = 'person.erasure_begun';
export const erasedEvent = 'person.erased';

type MarkTuple = [kind: string, digest: string, personId: string, standIn: string, salt: string];

/** What an erasure put in somebody's place without telling which words it left: the entries behind it are not its own. */
export interface UntoldStandIn {
  standIn: string;
  upTo: number;
}

/**
 * Adds a finding for each mark of an erasure that the ledger tells of nowhere, or whose stand-in is not
 * Adjutant's. Returns the stand-ins of erasures by versions that told no hashes of what they left.
 */
export async function checkErasureMarks(
  database: Database,
  workspaceId: string,
  findings: Findings,
): Promise<UntoldStandIn[]> {
  const marks = await queryTuples<MarkTuple>(
    database,
    sql`select kind, digest, person_id, stand_in, salt from erasure_marks where workspace_id = ${workspaceId}`,
  );
  const people = marks.map(([, , personId]) => personId);
  const events = [erasureBegunEvent, erasedEvent];
  const told = await readTold(database, workspaceId, events, people);
  const addresses = new Set(
    marks.filter(([kind]) => kind === 'value').map(([, digest]) => addressStandIn(digest)),
  );
  const untold = new Map<string, UntoldStandIn>();
  for (const [, , personId, standIn, salt] of marks) {
    const about = { subject: personId };
    const entries = told.get(personId) ?? [];
    const name = `A mark of the erasure of ${personId}`;
    if (!entries.some(({ event }) => event === erasureBegunEvent)) {
      const message = `${name} stands in the database, and the ledger tells of no such erasure.`;
      findings.add('row_without_entry', message, about);
    } else if (standIn !== personStandIn(salt, personId) && !addresses.has(standIn)) {
      findings.add('row_differs', `${name} has a stand-in that Adjutant does not make.`, about);
    } else if (entries.some(isUntold)) {
      const upTo = Math.max(...entries.map(({ seq }) => seq));
      untold.set(standIn, { standIn, upTo });
    }
  }
  return [...untold.values()];
}

function isUntold({ event, detail }: ToldEntry): boolean {
  return event === erasureBegunEvent && detail['tellsWords'] !== true;
}
