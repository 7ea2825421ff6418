import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { ReadContext } from '../reads/read-context.ts';
import { readRows } from '../store/json-columns.ts';
import type { Candidate } from './choose-reviewers.ts';
import type { ReviewerReason, SuggestedReviewer } from './handle.ts';

const rowSchema = z.object({
  personId: z.string(),
  displayName: z.string(),
  source: z.string().nullable(),
  externalId: z.string().nullable(),
  login: z.string().nullable(),
});

const workingTime: ReviewerReason = { kind: 'working_time', text: 'it is working time there' };

/** Returns who was chosen, as people are named, with every account and without any figure. */
export async function describeReviewers(
  { store, workspaceId }: ReadContext,
  { source, chosen }: { source: string; chosen: readonly Candidate[] },
): Promise<SuggestedReviewer[]> {
  if (chosen.length === 0) return [];
  const rows = await readRows(
    store.read,
    rowSchema,
    Object.keys(rowSchema.shape),
    sql`select coalesce(p.merged_into_person_id, p.id) as "personId", named.display_name as "displayName",
        a.source, a.external_id as "externalId", a.login
      from json_each(${JSON.stringify(chosen.map(({ personId }) => personId))}) asked
      join people named on named.id = asked.value and named.workspace_id = ${workspaceId}
      join people p on p.workspace_id = named.workspace_id
        and (p.id = named.id or p.merged_into_person_id = named.id)
      left join person_accounts l on l.workspace_id = p.workspace_id and l.person_id = p.id
      left join accounts a on a.workspace_id = l.workspace_id and a.source = l.account_source
        and a.external_id = l.account_external_id
      order by a.source, a.external_id`,
  );
  return chosen.flatMap((candidate) => {
    const own = rows.filter(({ personId }) => personId === candidate.personId);
    const [first] = own;
    if (first === undefined) return [];
    return [
      {
        personId: candidate.personId,
        displayName: first.displayName,
        login: own.find((row) => row.source === source && row.login !== null)?.login ?? null,
        accounts: own.flatMap(({ source: of, externalId }) =>
          of === null || externalId === null ? [] : [{ source: of, externalId }],
        ),
        reasons: [...candidate.reasons, ...(candidate.isWorkingTime ? [workingTime] : [])],
        evidence: [...candidate.evidence],
      },
    ];
  });
}
