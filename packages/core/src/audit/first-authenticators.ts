import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { authenticatorSubject } from '../approvers/authenticator-history.ts';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { Checkpoint, SignedCheckpoint } from './checkpoint-text.ts';
import type { Findings } from './finding.ts';
import { storedObject } from './stored-object.ts';

const enrolledSchema = z.object({ personId: z.string(), fingerprint: z.string() });

/** Returns the first authenticator that the chain tells of, for each person. */
export async function readFirstAuthenticators(
  database: Database,
  workspaceId: string,
): Promise<Checkpoint['authenticators']> {
  const rows = await queryTuples<[string]>(
    database,
    sql`select detail from audit_entries
      where workspace_id = ${workspaceId} and subject = ${authenticatorSubject}
        and event = 'authenticator.enrolled' and seq is not null
      order by seq`,
  );
  const first = new Map<string, string>();
  for (const [detail] of rows) {
    const enrolled = enrolledSchema.safeParse(storedObject(detail));
    if (!enrolled.success || first.has(enrolled.data.personId)) continue;
    first.set(enrolled.data.personId, enrolled.data.fingerprint);
  }
  return [...first].map(([personId, fingerprint]) => ({ personId, fingerprint }));
}

/** Adds a finding for each person whose first authenticator is not the one that was exported. */
export async function checkFirstAuthenticators(
  database: Database,
  workspaceId: string,
  checkpoints: readonly SignedCheckpoint[],
  findings: Findings,
): Promise<void> {
  const now = new Map(
    (await readFirstAuthenticators(database, workspaceId)).map((row) => [
      row.personId,
      row.fingerprint,
    ]),
  );
  const told = new Set<string>();
  for (const { seq, authenticators } of checkpoints) {
    for (const { personId, fingerprint } of authenticators) {
      if (now.get(personId) === fingerprint || told.has(personId)) continue;
      told.add(personId);
      findings.add(
        'authenticator_replaced',
        `The first authenticator of ${personId} is not the one that the checkpoint of entry ${seq} names.`,
        { subject: personId },
      );
    }
  }
}
