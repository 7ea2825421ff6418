import { type SQL, sql } from 'drizzle-orm';
import type { ReadContext } from '../../reads/read-context.ts';
import { countsOnce } from '../../reads/repositories.ts';
import { deploymentsOfTeam } from '../../reads/team-repositories.ts';
import { incidentLinks, spanAfter } from './incident-links.ts';
import { incidentsAfterTeam } from './incidents-near-team.ts';
import { columnOfField, type SubjectLoader, type SubjectSpan } from './subject-source.ts';

/** What comes from the incidents that are held to a deployment. */
const ofIncidents: Readonly<Record<string, string>> = {
  incidentCount: 'coalesce(failures.incident_count, 0)',
  incidentLink: 'failures.incident_link',
  restoredAt: 'failures.restored_at',
};

/** Merges count at the first deployment that brought them, of their repository or of one that follows it. */
const hotfixCount = `(select count(*) from pull_request_facts brought
  where brought.workspace_id = f.workspace_id and brought.deployed_at = f.finished_at
    and (brought.is_hotfix or brought.is_revert)
    and (brought.source = f.source and brought.repository_external_id = f.repository_external_id
      or exists (select 1 from repository_leads follower
        where follower.workspace_id = f.workspace_id and follower.source = f.source
          and follower.repository_external_id = f.repository_external_id
          and follower.lead_source = brought.source
          and follower.lead_repository_external_id = brought.repository_external_id)))`;
const joined: Readonly<Record<string, string>> = {
  ...ofIncidents,
  // Who takes a rollback back brings the change again: that is no second failure.
  rolledBackAt: `case when f.kind = 'rollback' then null else rollbacks.rolled_back_at end`,
  hotfixCount,
};

/** One row per deployment, successful or not, to any environment. What failed is joined only if asked for. */
export const deploymentSubject: SubjectLoader = async (context, window, columns = []) => {
  const { workspaceId } = context;
  const wantsIncidents = columns.some((name) => Object.hasOwn(ofIncidents, name));
  const failures = wantsIncidents ? await failuresOf(context, window) : sql``;
  const rollbacks = columns.includes('rolledBackAt')
    ? rollbacksOf(workspaceId, window.from)
    : sql``;
  const { from, where } = await deploymentsOfTeam(context, 'f');
  return {
    from: sql`${from}${failures}${rollbacks}`,
    where: sql`${where} and ${countsOnce(workspaceId, 'deployments', 'f')}`,
    repositoryColumn: 'f.repository_external_id',
    columnOf: (name) => joined[name] ?? columnOfField(name),
    chunkSize: wantsIncidents ? 200_000 : 20_000,
  };
};

async function failuresOf(context: ReadContext, window: SubjectSpan): Promise<SQL> {
  const mayFollow = await incidentsAfterTeam(context, window);
  const links = await incidentLinks(context, spanAfter(window), mayFollow);
  return sql` left join (select deployment_id, count(*) as incident_count,
      max(method) as incident_link,
      case when count(*) = count(resolved_at) then max(resolved_at) end as restored_at
    from (select deployment_id, incident_id, resolved_at, min(method) as method
          from (${links}) group by deployment_id, incident_id)
    group by deployment_id) failures on failures.deployment_id = f.id`;
}

/** When each deployment was taken back by a later one, whatever window of deployments is asked for. */
function rollbacksOf(workspaceId: string, from: number): SQL {
  return sql` left join (select taken.id, min(d.finished_at) as rolled_back_at
    from deployments d join deployments taken on taken.workspace_id = d.workspace_id
      and taken.source = d.source and taken.external_id = d.previous_external_id
    where d.workspace_id = ${workspaceId} and d.kind = 'rollback' and d.result = 'success'
      and d.finished_at >= ${from} and d.finished_at >= taken.finished_at
    group by taken.id) rollbacks on rollbacks.id = f.id`;
}
