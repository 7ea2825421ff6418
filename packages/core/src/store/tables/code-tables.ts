import { sql } from 'drizzle-orm';
import type { AiEvidence, PullRequest, PullRequestEvent, Repository } from '../../domain.ts';
import type { ColumnKit } from '../column-kit.ts';

/** Repositories, commits and pull requests. */
export function codeTables(kit: ColumnKit) {
  const { table, text, integer, real, instant, flag, json, index, unique, primaryKey } = kit;
  return {
    repositories: table(
      'repositories',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        source: text().notNull(),
        externalId: text().notNull(),
        name: text().notNull(),
        fullName: text(),
        url: text(),
        defaultBranch: text(),
        mergeStyle: text().$type<NonNullable<Repository['mergeStyle']>>(),
      },
      (t) => [unique('repositories_key').on(t.workspaceId, t.source, t.externalId)],
    ),
    /** What the ownership file says; who really owns a repository stands in `repository_teams`. */
    repositoryOwners: table(
      'repository_owners',
      {
        workspaceId: text().notNull(),
        source: text().notNull(),
        repositoryExternalId: text().notNull(),
        position: integer().notNull(),
        pattern: text().notNull(),
        owner: text().notNull(),
      },
      (t) => [
        primaryKey({
          columns: [t.workspaceId, t.source, t.repositoryExternalId, t.position, t.owner],
        }),
      ],
    ),
    /** Every address a repository is or was known by, so that a renamed one is still recognised. */
    repositoryOrigins: table(
      'repository_origins',
      {
        workspaceId: text().notNull(),
        source: text().notNull(),
        repositoryExternalId: text().notNull(),
        origin: text().notNull(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.source, t.repositoryExternalId, t.origin] })],
    ),
    /** Repositories that another source shows better: their rows are kept and not counted. */
    repositoryLeads: table(
      'repository_leads',
      {
        workspaceId: text().notNull(),
        source: text().notNull(),
        repositoryExternalId: text().notNull(),
        leadSource: text().notNull(),
        leadRepositoryExternalId: text().notNull(),
      },
      (t) => [
        primaryKey({ columns: [t.workspaceId, t.source, t.repositoryExternalId] }),
        index('repository_leads_lead').on(t.workspaceId, t.leadSource, t.leadRepositoryExternalId),
      ],
    ),
    /**
     * Of sources that show no code: deployments to an environment and runs of a pipeline that the
     * leading source shows too, which are not counted.
     */
    deliveryFollowers: table(
      'delivery_followers',
      {
        workspaceId: text().notNull(),
        kind: text().$type<'deployment' | 'pipeline_run'>().notNull(),
        source: text().notNull(),
        repositoryExternalId: text().notNull(),
        /** Of the environment or the pipeline, as the source that follows writes it. */
        name: text().notNull(),
        /** When those have finished that are not counted, both ends inside. */
        fromAt: instant().notNull(),
        untilAt: instant().notNull(),
      },
      (t) => [
        primaryKey({
          columns: [t.workspaceId, t.kind, t.source, t.repositoryExternalId, t.name],
        }),
      ],
    ),
    /** The team that owns a repository: ours, not the source's, so it has a table of its own. */
    repositoryTeams: table(
      'repository_teams',
      {
        workspaceId: text().notNull(),
        source: text().notNull(),
        repositoryExternalId: text().notNull(),
        teamId: text().notNull(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.source, t.repositoryExternalId] })],
    ),
    commits: table(
      'commits',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        source: text().notNull(),
        repositoryExternalId: text().notNull(),
        sha: text().notNull(),
        authorAccountExternalId: text(),
        committerAccountExternalId: text(),
        authoredAt: instant(),
        committedAt: instant().notNull(),
        subject: text().notNull(),
        parentCount: integer().notNull(),
        isRevert: flag().notNull(),
        revertsSha: text(),
      },
      (t) => [
        unique('commits_key').on(t.workspaceId, t.source, t.repositoryExternalId, t.sha),
        // Lists are read in this order, newest first.
        index('commits_listed').on(t.workspaceId, t.committedAt, t.id),
      ],
    ),
    commitParents: table(
      'commit_parents',
      {
        workspaceId: text().notNull(),
        source: text().notNull(),
        repositoryExternalId: text().notNull(),
        sha: text().notNull(),
        position: integer().notNull(),
        parentSha: text().notNull(),
      },
      (t) => [
        primaryKey({
          columns: [t.workspaceId, t.source, t.repositoryExternalId, t.sha, t.position],
        }),
      ],
    ),
    pullRequests: table(
      'pull_requests',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        source: text().notNull(),
        externalId: text().notNull(),
        repositoryExternalId: text().notNull(),
        number: integer(),
        title: text().notNull(),
        state: text().$type<PullRequest['state']>().notNull(),
        originalState: text(),
        isDraft: flag(),
        authorAccountExternalId: text(),
        openedAt: instant(),
        readyAt: instant(),
        mergedAt: instant(),
        closedAt: instant(),
        updatedAt: instant(),
        firstCommitAt: instant(),
        mergeSha: text(),
        headSha: text(),
        baseRef: text(),
        headRef: text(),
        additions: integer(),
        deletions: integer(),
        mergeMethod: text().$type<NonNullable<PullRequest['mergeMethod']>>(),
        labels: json<string[]>().notNull().default([]),
        changedFiles: integer(),
        mergedByAccountExternalId: text(),
        revertsNumber: integer(),
      },
      (t) => [
        unique('pull_requests_key').on(t.workspaceId, t.source, t.externalId),
        index('pull_requests_merged').on(t.workspaceId, t.mergedAt),
        index('pull_requests_state').on(t.workspaceId, t.state),
        index('pull_requests_merge_sha').on(t.workspaceId, t.mergeSha),
        index('pull_requests_repository').on(
          t.workspaceId,
          t.source,
          t.repositoryExternalId,
          t.number,
        ),
      ],
    ),
    pullRequestCommits: table(
      'pull_request_commits',
      {
        workspaceId: text().notNull(),
        source: text().notNull(),
        pullRequestExternalId: text().notNull(),
        repositoryExternalId: text().notNull(),
        sha: text().notNull(),
        committedAt: instant(),
      },
      (t) => [
        primaryKey({ columns: [t.workspaceId, t.source, t.pullRequestExternalId, t.sha] }),
        // Whether a commit came with a pull request: what ran on it ran on a branch of its own.
        index('pull_request_commits_sha').on(
          t.workspaceId,
          t.source,
          t.repositoryExternalId,
          t.sha,
        ),
      ],
    ),
    pullRequestEvents: table(
      'pull_request_events',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        source: text().notNull(),
        externalId: text().notNull(),
        pullRequestExternalId: text().notNull(),
        kind: text().$type<PullRequestEvent['kind']>().notNull(),
        state: text(),
        actorAccountExternalId: text(),
        subjectAccountExternalId: text(),
        at: instant().notNull(),
      },
      (t) => [
        unique('pull_request_events_key').on(t.workspaceId, t.source, t.externalId),
        index('pull_request_events_request').on(t.workspaceId, t.source, t.pullRequestExternalId),
        // Of all events, only reviews are read by when they were.
        index('pull_request_events_reviewed').on(t.workspaceId, t.at).where(sql`kind = 'review'`),
      ],
    ),
    pullRequestFiles: table(
      'pull_request_files',
      {
        workspaceId: text().notNull(),
        source: text().notNull(),
        pullRequestExternalId: text().notNull(),
        path: text().notNull(),
        additions: integer(),
        deletions: integer(),
      },
      (t) => [
        primaryKey({ columns: [t.workspaceId, t.source, t.pullRequestExternalId, t.path] }),
        // Who changed a file lately.
        index('pull_request_files_path').on(t.workspaceId, t.path),
      ],
    ),
    aiEvidence: table(
      'ai_evidence',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        source: text().notNull(),
        externalId: text().notNull(),
        subjectKind: text().$type<AiEvidence['subjectKind']>().notNull(),
        repositoryExternalId: text().notNull(),
        subjectExternalId: text().notNull(),
        class: text().$type<AiEvidence['class']>().notNull(),
        tool: text(),
        model: text(),
        origin: text().$type<AiEvidence['origin']>().notNull(),
        confidence: real().notNull(),
      },
      (t) => [
        unique('ai_evidence_key').on(t.workspaceId, t.source, t.externalId),
        index('ai_evidence_subject').on(t.workspaceId, t.subjectExternalId),
      ],
    ),
    aiUsageDays: table(
      'ai_usage_days',
      {
        workspaceId: text().notNull(),
        source: text().notNull(),
        accountExternalId: text().notNull(),
        tool: text().notNull(),
        day: text().notNull(),
        interactions: integer(),
        suggestions: integer(),
        suggestionsAccepted: integer(),
        linesAdded: integer(),
        linesDeleted: integer(),
        usedAgent: flag(),
        usedChat: flag(),
        usedCli: flag(),
        creditsUsed: real(),
        groupExternalIds: json<string[]>(),
      },
      (t) => [
        primaryKey({ columns: [t.workspaceId, t.source, t.accountExternalId, t.tool, t.day] }),
        // Figures ask for the days of a window, of everybody.
        index('ai_usage_days_day').on(t.workspaceId, t.day, t.tool),
      ],
    ),
  };
}
