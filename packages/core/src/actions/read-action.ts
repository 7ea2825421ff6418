import { and, count, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { nextCursor, readCursor, readLimit } from '../reads/paging.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import { type ActionRecord, type ActionRow, findRecord } from './action-rows.ts';
import { type ActionScope, noSuchAction } from './action-scope.ts';
import type { ActionDetail, Actions, ActionSummary } from './handle.ts';
import { maskDetail } from './mask-detail.ts';
import { nextStepOf } from './next-step.ts';
import { parseJsonObject, readPreview, type StoredPreview } from './stored-preview.ts';

const { actions, actionRevisions, actionDecisions, people } = tables;

/** Returns one action with everything that belongs to it. @throws AdjutantError `NotFound` */
export async function readAction(scope: ActionScope, actionId: string): Promise<ActionDetail> {
  const database = scope.deps.store.read;
  const record = await findRecord(database, actionId, scope.workspaceId);
  if (record === null) throw noSuchAction(actionId);
  const { action, revision, attempts } = record;
  const preview = readPreview(revision.preview);
  const revisions = await readRevisions(database, action);
  const sponsorName = await readSponsorName(database, action);
  const detail: ActionDetail = {
    ...summarise(scope, action, sponsorName),
    effectClass: action.effectClass,
    reversible: isReversible(scope, action, preview),
    payload: parseJsonObject(revision.payload),
    payloadHash: revision.payloadHash,
    preconditions: revision.preconditions === null ? null : parseJsonObject(revision.preconditions),
    preview:
      preview === null
        ? null
        : { facts: preview.facts, recipients: preview.recipients, content: preview.content },
    rationale: revisions[0]?.row.rationale ?? null,
    outsideTexts: revisions[0]?.row.outsideTexts ?? null,
    policyReason: action.policyReason,
    policyHash: action.policyHash,
    quorum: action.quorum,
    assurance: action.assurance,
    sponsorPersonId: action.sponsorPersonId,
    targetUrl: preview?.targetUrl ?? null,
    modelVersion: action.modelVersion,
    traceId: action.traceId,
    executeBy: action.executeBy,
    decidedAt: action.decidedAt,
    decidedBy: action.decidedBy,
    settledAt: action.settledAt,
    outcome: action.outcome === null ? null : parseJsonObject(JSON.stringify(action.outcome)),
    decisions: await readDecisions(database, action),
    revisions: revisions.map(({ row, authorName }) => ({
      revision: row.revision,
      payload: parseJsonObject(row.payload),
      author: row.author,
      authorName,
      // Of the first revision the words are the proposer's rationale, of a later one the reason.
      reason: row.revision === 1 ? null : row.rationale,
      createdAt: row.createdAt,
    })),
    attempts: attempts.map(attemptView),
  };
  return maskDetail(detail, scope.deps.redactorFor(scope.workspaceId));
}

/** What was raised for what it may set off, such as a run that deploys, cannot be taken back. */
function isReversible(
  { deps }: ActionScope,
  { type }: ActionRow,
  preview: StoredPreview | null,
): boolean {
  return (deps.definitions.get(type)?.reversible ?? false) && !preview?.raisedRisk;
}

/**
 * Returns the actions of a workspace: first those that wait for a decision, the riskiest first and of
 * one risk the oldest first, then all others, the newest first. @throws AdjutantError `InvalidInput`
 */
export async function listActions(
  scope: ActionScope,
  query: Parameters<Actions['list']>[0] = {},
): Promise<Awaited<ReturnType<Actions['list']>>> {
  const database = scope.deps.store.read;
  const offset = readCursor(query.cursor);
  const limit = readLimit(query.limit);
  const matching = and(
    eq(actions.workspaceId, scope.workspaceId),
    query.status === undefined ? undefined : inArray(actions.status, [...query.status]),
  );
  const [counted] = await database.select({ total: count() }).from(actions).where(matching);
  const total = counted?.total ?? 0;
  const rows = await database
    .select({ action: actions, sponsorName: people.displayName })
    .from(actions)
    .leftJoin(people, isSponsorOf)
    .where(matching)
    .orderBy(...waitingFirst, desc(actions.createdAt), desc(actions.id))
    .limit(limit)
    .offset(offset);
  return {
    items: rows.map(({ action, sponsorName }) => summarise(scope, action, sponsorName)),
    total,
    nextCursor: nextCursor(offset, rows.length, total),
  };
}

const isSponsorOf = and(
  eq(people.workspaceId, actions.workspaceId),
  eq(people.id, actions.sponsorPersonId),
);

/** What of the order is only for those that wait; for all others every term is the same. */
const waitingFirst: readonly SQL[] = [
  sql`case when ${actions.status} = 'pending' then 0 else 1 end`,
  sql`case when ${actions.status} <> 'pending' then 0 when ${actions.risk} = 'high' then 1
    when ${actions.risk} = 'medium' then 2 when ${actions.risk} = 'low' then 3 else 4 end`,
  sql`case when ${actions.status} = 'pending' then ${actions.createdAt} else 0 end`,
  sql`case when ${actions.status} = 'pending' then ${actions.id} else '' end`,
];

async function readSponsorName(database: Database, action: ActionRow): Promise<string | null> {
  const [row] = await database
    .select({ name: people.displayName })
    .from(actions)
    .innerJoin(people, isSponsorOf)
    .where(and(eq(actions.workspaceId, action.workspaceId), eq(actions.id, action.id)));
  return row?.name ?? null;
}

function summarise(
  { deps }: ActionScope,
  action: ActionRow,
  sponsorName: string | null,
): ActionSummary {
  return {
    id: action.id,
    type: action.type,
    title: deps.definitions.get(action.type)?.title ?? action.type,
    status: action.status,
    revision: action.revision,
    risk: action.risk,
    mode: action.mode,
    targetRef: action.targetRef,
    requester: action.requester,
    sponsorName,
    createdAt: action.createdAt,
    expiresAt: action.expiresAt,
    nextStep: nextStepOf(action),
  };
}

function attemptView(row: ActionRecord['attempts'][number]): ActionDetail['attempts'][number] {
  const { number, step, kind, status, startedAt, finishedAt } = row;
  return { number, step, kind, status, startedAt, finishedAt };
}

async function readRevisions(database: Database, action: ActionRow) {
  return database
    .select({ row: actionRevisions, authorName: people.displayName })
    .from(actionRevisions)
    .leftJoin(
      people,
      and(
        eq(people.workspaceId, actionRevisions.workspaceId),
        eq(people.id, actionRevisions.authorPersonId),
      ),
    )
    .where(
      and(
        eq(actionRevisions.workspaceId, action.workspaceId),
        eq(actionRevisions.actionId, action.id),
      ),
    )
    .orderBy(actionRevisions.revision);
}

async function readDecisions(
  database: Database,
  action: ActionRow,
): Promise<ActionDetail['decisions']> {
  const rows = await database
    .select({ decision: actionDecisions, name: people.displayName })
    .from(actionDecisions)
    .leftJoin(
      people,
      and(
        eq(people.workspaceId, actionDecisions.workspaceId),
        eq(people.id, actionDecisions.reviewerPersonId),
      ),
    )
    .where(
      and(
        eq(actionDecisions.workspaceId, action.workspaceId),
        eq(actionDecisions.actionId, action.id),
      ),
    )
    .orderBy(actionDecisions.decidedAt, actionDecisions.id);
  return rows.map(({ decision, name }) => ({
    reviewerPersonId: decision.reviewerPersonId,
    reviewerName: name ?? decision.reviewerPersonId,
    verdict: decision.verdict,
    reason: decision.reason,
    surface: decision.surface,
    assurance: decision.assurance,
    revision: decision.revision,
    decidedAt: decision.decidedAt,
    voided: decision.voidedAt !== null,
  }));
}
