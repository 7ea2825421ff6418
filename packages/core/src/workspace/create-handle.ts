import { and, asc, eq, isNull } from 'drizzle-orm';
import { viewerLabel } from '../domain.ts';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { createAudit } from '../audit/create-audit.ts';
import { explainCitation } from '../citations/explain-citation.ts';
import { createContactPreferences } from '../contacts/contact-preferences.ts';
import { mergePeople, splitPerson, undoIdentityChange } from '../identity/change-identity.ts';
import { createIdentityReview } from '../identity/identity-review.ts';
import { listIdentityChanges } from '../identity/list-identity-changes.ts';
import { suggestMerges } from '../identity/suggest-merges.ts';
import type { KnowledgeDeps } from '../knowledge/ask.ts';
import { createKnowledge } from '../knowledge/create-knowledge.ts';
import { createAiImpact } from '../reads/ai-impact.ts';
import { createIncidents } from '../incidents/create-incidents.ts';
import { compareMetric } from '../reads/compare-metric.ts';
import { createLoad } from '../load/create-load.ts';
import { listNoteDrafts } from '../notes/note-draft.ts';
import { explainMetric } from '../reads/explain-metric.ts';
import { forecast } from '../reads/forecast.ts';
import { findPeople } from '../reads/find-people.ts';
import { getWork } from '../reads/get-work.ts';
import { createHistory } from '../reads/history.ts';
import { listWork } from '../reads/list-work.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { listRepositories } from '../reads/repositories.ts';
import { readMetric } from '../reads/read-metric.ts';
import { readSyncStatus } from '../reads/sync-status.ts';
import { readTeamOverview } from '../reads/team-overview.ts';
import { createPrivacy, type PrivacyDeps } from '../privacy/create-privacy.ts';
import { createReports } from '../reports/create-reports.ts';
import { dataWithoutSecrets } from '../redaction/secrets-only.ts';
import { createProjects } from '../projects/projects.ts';
import { createReviewers } from '../reviewers/suggest-reviewers.ts';
import { createRollups } from '../rollups/read-rollups.ts';
import { createSignals } from '../signals/create-signals.ts';
import { createSprints } from '../reads/sprints.ts';
import { createIdentifier } from '../store/identifier.ts';
import { tables } from '../store/tables.ts';
import { createTeamProposals } from '../teams/team-proposals.ts';
import type { WorkspaceHandle } from './handle.ts';
import type { WorkspaceActions } from '../actions/assistant-actions.ts';

/** Returns the handle through which everything of one workspace is read and changed. */
export function createHandle(
  context: ReadContext,
  actions: WorkspaceActions,
  privacy: PrivacyDeps,
  knowledge: KnowledgeDeps,
): WorkspaceHandle {
  return {
    workspaceId: context.workspaceId,
    timeZone: context.settings.timeZone,
    viewer: context.viewer,
    forTeam: (teamId) => createHandle({ ...context, teamId }, actions, privacy, knowledge),
    teams: () => readTeams(context),
    overview: (query = {}) => readTeamOverview(context, dataWithoutSecrets(query)),
    repositories: () => listRepositories(context),
    listWork: (query = {}) => listWork(context, query),
    getWork: (id) => getWork(context, id),
    listMetrics: () => [...context.metrics.metrics],
    // What figures are filtered by stands in their answers and citations.
    metric: (query) => readMetric(context, dataWithoutSecrets(query)),
    explainMetric: (query) => explainMetric(context, dataWithoutSecrets(query)),
    explainCitation: (id, page = {}) => explainCitation(context, id, page),
    compareMetric: (query) => compareMetric(context, dataWithoutSecrets(query)),
    forecast: (query) => forecast(context, query),
    syncStatus: (query = {}) => readSyncStatus(context, query),
    requestRefresh: () => requestRefresh(context),
    findPeople: (query = {}) => findPeople(context, query),
    identitySuggestions: () => suggestMerges(context),
    identityReview: createIdentityReview(context),
    identityChanges: () => listIdentityChanges(context),
    mergePeople: (from, to, proof) => mergePeople(context, from, to, proof),
    splitPerson: (personId, accounts, proof) => splitPerson(context, personId, accounts, proof),
    undoIdentityChange: (changeId, proof) => undoIdentityChange(context, changeId, proof),
    actions,
    teamProposals: createTeamProposals(context),
    projects: createProjects(context),
    aiImpact: createAiImpact(context),
    sprints: createSprints(context),
    signals: createSignals(context),
    history: createHistory(context),
    reviewers: createReviewers(context),
    incidents: createIncidents(context),
    rollups: createRollups(context),
    contactPreferences: createContactPreferences(context),
    noteDrafts: ({ limit } = {}) => listNoteDrafts(context.store, context.workspaceId, limit),
    audit: createAudit(context),
    privacy: createPrivacy(context, privacy),
    knowledge: createKnowledge(context, knowledge),
    reports: createReports(context),
    load: createLoad(context),
  };
}

async function readTeams(context: ReadContext) {
  const rows = await context.store.read
    .select()
    .from(tables.teams)
    .where(eq(tables.teams.workspaceId, context.workspaceId))
    .orderBy(asc(tables.teams.name), asc(tables.teams.id));
  return rows.map(({ workspaceId: _, ...team }) => team);
}

/** Asks the worker for a pass. One waiting request serves everybody who asks. */
async function requestRefresh(context: ReadContext) {
  const { refreshRequests } = tables;
  const { workspaceId, clock, viewer } = context;
  return context.store.transaction(async (transaction) => {
    const [waiting] = await transaction
      .select({ id: refreshRequests.id })
      .from(refreshRequests)
      .where(and(eq(refreshRequests.workspaceId, workspaceId), isNull(refreshRequests.doneAt)));
    if (waiting !== undefined) return { requestId: waiting.id, alreadyPending: true };
    const requestId = createIdentifier();
    const requestedBy = viewerLabel(viewer);
    await transaction
      .insert(refreshRequests)
      .values({ id: requestId, workspaceId, requestedBy, requestedAt: clock.now(), doneAt: null });
    await appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor: requestedBy,
      event: 'sync.refresh_requested',
      subject: requestId,
    });
    return { requestId, alreadyPending: false };
  });
}
