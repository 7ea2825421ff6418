import { sql } from 'drizzle-orm';
import type { TeamSubject } from '../../domain/signal-subjects/team-subject.ts';
import { queryTuples } from '../../store/raw-query.ts';
import type { SubjectContext } from '../subject-context.ts';
import { countOld, type DependencyUpdate, loadDependencyUpdates } from './dependency-updates.ts';
import { keyText } from './key-text.ts';
import { loadReviewLoad } from './review-load.ts';
import type { SubjectLoader } from './subject-source.ts';
import { loadUnplannedWork, noUnplannedWork } from './unplanned-work.ts';

/** Returns every team, by key; the default one has what nobody owns too. Daily rules look at it. */
export const loadTeams: SubjectLoader<'team'> = async (context) => {
  const { workspaceId, store } = context.read;
  const teams = await queryTuples<[string, string, string]>(
    store.read,
    sql`select id, key, name from teams where workspace_id = ${workspaceId} order by key`,
  );
  const defaultTeamId = teams.find(([, key]) => key === 'default')?.[0] ?? '';
  const load = await loadReviewLoad(context, defaultTeamId);
  const updates = await updatesByTeam(context, defaultTeamId);
  const unplanned = await loadUnplannedWork(context);
  return teams.map(([id, key, name]): TeamSubject => {
    const ofTeam = load.get(id);
    const open = updates.get(id) ?? [];
    const work = unplanned.get(id) ?? noUnplannedWork;
    return {
      id,
      key: keyText(key),
      title: name,
      repository: null,
      teamId: id,
      asOf: context.now,
      evidence: ofTeam?.evidence ?? [id],
      reviewerCount: ofTeam?.reviewerCount ?? 0,
      openReviewRequests: ofTeam?.openReviewRequests ?? 0,
      largestReviewShare: ofTeam?.largestReviewShare ?? null,
      largestReviewSince: ofTeam?.largestReviewSince ?? null,
      reviewsGiven: ofTeam?.reviewsGiven ?? 0,
      largestGivenShare: ofTeam?.largestGivenShare ?? null,
      largestGivenSince: ofTeam?.largestGivenSince ?? null,
      ...work.fields,
      startedEvidence: [...work.evidence],
      openDependencyUpdates: open.length,
      oldDependencyUpdates: countOld(open, context.now),
    };
  });
};

async function updatesByTeam(
  context: SubjectContext,
  defaultTeamId: string,
): Promise<Map<string, DependencyUpdate[]>> {
  const repositories = await context.repositories();
  const followers = await context.followers();
  const found = new Map<string, DependencyUpdate[]>();
  for (const [key, updates] of await loadDependencyUpdates(context)) {
    if (followers.has(key)) continue;
    const teamId = repositories.get(key)?.teamId ?? defaultTeamId;
    found.set(teamId, [...(found.get(teamId) ?? []), ...updates]);
  }
  return found;
}
