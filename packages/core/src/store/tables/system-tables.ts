import { sql } from 'drizzle-orm';
import type { PullRequestFacts } from '../../domain.ts';
import type { ColumnKit } from '../column-kit.ts';

/** Raw records, cursors, gaps, facts, leases, requests and the ledger. */
export function systemTables(kit: ColumnKit) {
  const { table, text, integer, instant, flag, json, index, unique, primaryKey } = kit;
  return {
    schemaVersion: table('schema_version', {
      version: integer().primaryKey(),
      name: text().notNull(),
      checksum: text().notNull(),
      appliedAt: instant().notNull(),
    }),
    rawRecords: table(
      'raw_records',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        source: text().notNull(),
        stream: text().notNull(),
        scopeExternalId: text().notNull(),
        externalId: text().notNull(),
        contentHash: text().notNull(),
        payload: text().notNull(),
        fetchedAt: instant().notNull(),
        /** What came with a delivered record; null for one that was fetched. */
        headers: text(),
        signature: text(),
        /** Which delivery of its source it is, counted as they were kept; null for every other record. */
        deliveryNumber: integer(),
      },
      (t) => [
        unique('raw_records_key').on(
          t.workspaceId,
          t.source,
          t.scopeExternalId,
          t.externalId,
          t.stream,
        ),
        // Deliveries that are read themselves, in the order in which they are read.
        index('raw_records_delivered')
          .on(t.workspaceId, t.source, t.deliveryNumber)
          .where(sql`delivery_number is not null`),
        // Deliveries by what they carry, which is kept once.
        index('raw_records_delivered_body')
          .on(t.workspaceId, t.source, t.contentHash)
          .where(sql`scope_external_id = '@deliveries'`),
      ],
    ),
    /** What is known of each source that was ever read, for processes that have no connector. */
    sources: table(
      'sources',
      {
        workspaceId: text().notNull(),
        source: text().notNull(),
        title: text().notNull(),
        /** The stream that brings reviews; null where none does. */
        reviewStream: text(),
        /** False for one that shows only what was sent to it: it leads nobody. */
        showsCode: flag().notNull().default(true),
        /** False once the configuration no longer names it. */
        active: flag().notNull(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.source] })],
    ),
    /** How the last pass over each source went as a whole: what it used, and what stopped it. */
    sourcePasses: table(
      'source_passes',
      {
        workspaceId: text().notNull(),
        source: text().notNull(),
        requests: integer().notNull(),
        quotaRemaining: integer(),
        quotaLimit: integer(),
        /** Until when nothing is asked, because the source wants it so or its quota is used up. */
        waitsUntil: instant(),
        noticeCode: text(),
        noticeMessage: text(),
        noticeHint: text(),
        updatedAt: instant().notNull(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.source] })],
    ),
    scopes: table(
      'scopes',
      {
        workspaceId: text().notNull(),
        source: text().notNull(),
        externalId: text().notNull(),
        name: text().notNull(),
        detail: json<Record<string, unknown>>().notNull(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.source, t.externalId] })],
    ),
    /** Streams in which a webhook says something has changed, until they are read. */
    webhookHints: table(
      'webhook_hints',
      {
        workspaceId: text().notNull(),
        source: text().notNull(),
        /** Empty for every scope of the source. */
        scopeExternalId: text().notNull(),
        stream: text().notNull(),
        /** New with each delivery that gives it, so that one given again is told from the one before. */
        token: text().notNull(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.source, t.scopeExternalId, t.stream] })],
    ),
    syncCursors: table(
      'sync_cursors',
      {
        workspaceId: text().notNull(),
        source: text().notNull(),
        scopeExternalId: text().notNull(),
        stream: text().notNull(),
        state: json<Record<string, unknown>>().notNull(),
        complete: flag().notNull(),
        lastStartedAt: instant(),
        lastFinishedAt: instant(),
        lastError: text(),
        /** Set while a backfill is under way: how far back it goes, 0 for everything. */
        backfillSince: instant(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.source, t.scopeExternalId, t.stream] })],
    ),
    gaps: table(
      'gaps',
      {
        workspaceId: text().notNull(),
        source: text().notNull(),
        scopeExternalId: text().notNull(),
        stream: text().notNull(),
        code: text().notNull(),
        message: text().notNull(),
        affectedCount: integer(),
        touches: json<string[]>(),
      },
      (t) => [
        primaryKey({ columns: [t.workspaceId, t.source, t.scopeExternalId, t.stream, t.code] }),
      ],
    ),
    /** Subjects whose facts must be computed again; filled in the ingest transaction. */
    dirtySubjects: table(
      'dirty_subjects',
      {
        workspaceId: text().notNull(),
        kind: text().notNull(),
        source: text().notNull(),
        externalId: text().notNull(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.kind, t.source, t.externalId] })],
    ),
    pullRequestFacts: table(
      'pull_request_facts',
      {
        workspaceId: text().notNull(),
        teamId: text().notNull(),
        source: text().notNull(),
        pullRequestExternalId: text().notNull(),
        pullRequestId: text().notNull(),
        repositoryExternalId: text().notNull(),
        factsVersion: integer().notNull(),
        authorIsBot: flag().notNull(),
        openedAt: instant(),
        mergedAt: instant(),
        closedAt: instant(),
        deployedAt: instant(),
        releasedAt: instant(),
        firstCommitAt: instant(),
        codingMs: instant(),
        pickupMs: instant(),
        reviewMs: instant(),
        mergeWaitMs: instant(),
        deployMs: instant(),
        totalMs: instant(),
        unattributedMs: instant(),
        firstCommitToMergeMs: instant(),
        releaseWaitMs: instant(),
        isRevert: flag().notNull(),
        isHotfix: flag().notNull().default(false),
        deploymentMethod: text().$type<NonNullable<PullRequestFacts['deploymentMethod']>>(),
        sizeLines: integer(),
        reviewCount: integer(),
        reviewerCount: integer(),
        commentCount: integer(),
        reworkRounds: integer(),
        idleMs: instant(),
        lastActivityAt: instant(),
        mergedWithoutReview: flag(),
      },
      (t) => [
        primaryKey({ columns: [t.workspaceId, t.source, t.pullRequestExternalId] }),
        // In the order that a team's figures are read in, so that no chunk of them is sorted.
        index('pull_request_facts_team_merged').on(
          t.workspaceId,
          t.teamId,
          t.mergedAt,
          t.pullRequestId,
        ),
        index('pull_request_facts_team_deployed').on(
          t.workspaceId,
          t.teamId,
          t.deployedAt,
          t.pullRequestId,
        ),
        index('pull_request_facts_team_released').on(
          t.workspaceId,
          t.teamId,
          t.releasedAt,
          t.pullRequestId,
        ),
        // Chunks of a metric's columns are read in these orders.
        index('pull_request_facts_by_id').on(t.workspaceId, t.pullRequestId),
        // How many rows say not when they were opened is asked beside those that are open.
        index('pull_request_facts_unopened')
          .on(t.workspaceId, t.teamId)
          .where(sql`opened_at is null`),
        index('pull_request_facts_by_merge').on(t.workspaceId, t.mergedAt, t.pullRequestId),
        index('pull_request_facts_by_deployment').on(t.workspaceId, t.deployedAt, t.pullRequestId),
      ],
    ),
    leases: table(
      'leases',
      {
        workspaceId: text().notNull(),
        name: text().notNull(),
        holder: text().notNull(),
        /** Rises with every change of holder, so that a late writer can be told from the present one. */
        fence: integer().notNull(),
        expiresAt: instant().notNull(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.name] })],
    ),
    refreshRequests: table(
      'refresh_requests',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        requestedBy: text().notNull(),
        requestedAt: instant().notNull(),
        doneAt: instant(),
      },
      (t) => [index('refresh_requests_open').on(t.workspaceId, t.doneAt)],
    ),
    auditEntries: table(
      'audit_entries',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        at: instant().notNull(),
        actor: text().notNull(),
        event: text().notNull(),
        subject: text(),
        detail: json<Record<string, unknown>>().notNull(),
        /** What it was part of, from proposal to effect. */
        traceId: text(),
        outcome: text(),
        /** Salted digests of what of it is personal, by name; null where nothing is. */
        personalDigests: json<Record<string, string>>(),
        /** Place in the chain; null for what was written before there was one. */
        seq: integer(),
        previousHash: text(),
        hash: text(),
      },
      (t) => [
        // No more of them than these: every change to state pays for each.
        unique('audit_entries_seq').on(t.workspaceId, t.seq),
        index('audit_entries_subject').on(t.workspaceId, t.subject),
      ],
    ),
    /** The end of each workspace's chain, moved in the transaction of the entry. */
    auditHeads: table('audit_heads', {
      workspaceId: text().primaryKey(),
      seq: integer().notNull(),
      hash: text().notNull(),
    }),
    /** What of an entry is personal. The chain holds only its digest, so that it can be erased. */
    auditPersonalData: table(
      'audit_personal_data',
      {
        workspaceId: text().notNull(),
        entryId: text().notNull(),
        name: text().notNull(),
        salt: text().notNull(),
        value: text().notNull(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.entryId, t.name] })],
    ),
    /** The salt of each sealed row's digest: with it goes what the digest could tell. */
    rowSeals: table(
      'row_seals',
      {
        id: text().primaryKey(),
        workspaceId: text().notNull(),
        tableName: text().notNull(),
        /** The row's primary key, as JSON. */
        rowKey: text().notNull(),
        salt: text().notNull(),
      },
      (t) => [unique('row_seals_row').on(t.workspaceId, t.tableName, t.rowKey)],
    ),
    /** What each transaction left of sealed rows: a chain of salted digests. */
    auditSeals: table(
      'audit_seals',
      {
        workspaceId: text().notNull(),
        seq: integer().notNull(),
        previousHash: text().notNull(),
        hash: text().notNull(),
        body: text().notNull(),
      },
      (t) => [primaryKey({ columns: [t.workspaceId, t.seq] })],
    ),
  };
}
