import { sql } from 'drizzle-orm';
import { grantSubject } from '../approvers/record-grant.ts';
import { ownerGrantId, ownerIdOf } from '../approvers/owner-grant.ts';
import type { Database } from '../store/database.ts';
import { queryTuples } from '../store/raw-query.ts';
import type { Findings } from './finding.ts';
import { readTold } from './told-entries.ts';

/**
 * Adds a finding for each person whom nobody made one with another, or an administrator, as the
 * ledger tells it: both carry rights to decide.
 */
export async function checkPeople(
  database: Database,
  workspaceId: string,
  findings: Findings,
): Promise<void> {
  await checkMerges(database, workspaceId, findings);
  await checkAdministrators(database, workspaceId, findings);
}

type MergeTuple = [string, string, string | null, string | null];

async function checkMerges(
  database: Database,
  workspaceId: string,
  findings: Findings,
): Promise<void> {
  const rows = await queryTuples<MergeTuple>(
    database,
    sql`select p.id, p.merged_into_person_id, c.id, c.actor from people p
      left join identity_changes c on c.workspace_id = p.workspace_id and c.kind = 'merge'
        and c.from_person_id = p.id and c.to_person_id = p.merged_into_person_id
        and c.undone_at is null
      where p.workspace_id = ${workspaceId} and p.merged_into_person_id is not null`,
  );
  const changes = rows.flatMap(([, , changeId]) => changeId ?? []);
  const told = await readTold(database, workspaceId, ['people.merged'], changes);
  for (const [from, into, changeId, actor] of rows) {
    const isTold = told
      .get(changeId ?? '')
      ?.some(
        (entry) =>
          entry.detail['fromPersonId'] === from &&
          entry.detail['toPersonId'] === into &&
          entry.actor === actor,
      );
    if (isTold === true) continue;
    const message = `Person ${from} is one with ${into} in the database, and the ledger tells of no such merge.`;
    findings.add('row_without_entry', message, { subject: from });
  }
}

async function checkAdministrators(
  database: Database,
  workspaceId: string,
  findings: Findings,
): Promise<void> {
  const rows = await queryTuples<[string]>(
    database,
    sql`select id from people where workspace_id = ${workspaceId} and role = 'admin'`,
  );
  const subject = grantSubject(ownerGrantId(workspaceId));
  const told = await readTold(database, workspaceId, ['approver.granted'], [subject]);
  const owners = new Set(told.get(subject)?.map(({ detail }) => detail['personId']));
  for (const [id] of rows) {
    if (owners.has(id) && id === ownerIdOf(workspaceId)) continue;
    const message = `Person ${id} is an administrator in the database, and the ledger does not make them one.`;
    findings.add('row_without_entry', message, { subject: id });
  }
}
