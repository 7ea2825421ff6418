import { sql } from 'drizzle-orm';
import { queryTuples } from '../../store/raw-query.ts';
import type { SubjectLoader } from './subject-source.ts';
import { loadUnplannedWork, noUnplannedWork } from './unplanned-work.ts';

/** Returns every team with how much of its work was planned, by key. */
export const loadTeams: SubjectLoader<'team'> = async (context) => {
  const { workspaceId, store } = context.read;
  const teams = await queryTuples<[string, string, string]>(
    store.read,
    sql`select id, key, name from teams where workspace_id = ${workspaceId} order by key`,
  );
  const unplanned = await loadUnplannedWork(context);
  return teams.map(([id, key, name]) => {
    const { fields, evidence } = unplanned.get(id) ?? noUnplannedWork;
    return {
      id,
      key,
      title: name,
      repository: null,
      teamId: id,
      asOf: context.now,
      evidence: [id, ...evidence],
      ...fields,
      reviewerCount: null,
      openReviewRequests: null,
      largestReviewShare: null,
      openDependencyUpdates: null,
      oldDependencyUpdates: null,
    };
  });
};
