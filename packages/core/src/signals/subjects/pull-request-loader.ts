import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { PullRequestSubject } from '../../domain/signal-subjects/pull-request-subject.ts';
import { readRows } from '../../store/json-columns.ts';
import { yieldToEventLoop } from '../../store/yield-to-event-loop.ts';
import { isOpenFinding } from '../known-findings.ts';
import { keyOf, type SubjectContext } from '../subject-context.ts';
import { reviewState } from './review-state.ts';
import { loadReviewEvents } from './review-events.ts';
import { isBranchSync, isDependencyUpdate, isOnHold } from './change-kind.ts';
import { loadRepositoriesOfOne } from './repositories-of-one.ts';
import { sensitiveKinds } from './sensitive-kinds.ts';
import type { SubjectLoader } from './subject-source.ts';

/** For how long a merged pull request is still looked at. */
const mergedForMs = 14 * 86_400_000;
const recentForMs = 2 * 86_400_000;
const rowsBetweenYields = 500;

const rowSchema = z.object({
  id: z.string(),
  source: z.string(),
  externalId: z.string(),
  repositoryExternalId: z.string(),
  number: z.number().nullable(),
  title: z.string(),
  isDraft: z.number().nullable(),
  author: z.string().nullable(),
  openedAt: z.number().nullable(),
  readyAt: z.number().nullable(),
  mergedAt: z.number().nullable(),
  updatedAt: z.number().nullable(),
  baseRef: z.string().nullable(),
  headRef: z.string().nullable(),
  additions: z.number().nullable(),
  deletions: z.number().nullable(),
  changedFiles: z.number().nullable(),
  labels: z.string(),
  mergedWithoutReview: z.number().nullable(),
  isRevert: z.number().nullable(),
  workItemKeys: z.string().nullable(),
});
type Row = z.infer<typeof rowSchema>;
const textsSchema = z.array(z.string());

/** Returns open pull requests and those merged lately, the oldest first. */
export const loadPullRequests: SubjectLoader<'pull_request'> = async (context) => {
  const followers = await context.followers();
  const rows = (await loadRows(context)).filter(
    ({ source, repositoryExternalId }) => !followers.has(keyOf(source, repositoryExternalId)),
  );
  await yieldToEventLoop();
  const events = await loadReviewEvents(
    context,
    rows.map(({ source, externalId }) => ({ source, externalId })),
  );
  const ofOne = await loadRepositoriesOfOne(
    context,
    rows.filter(({ mergedWithoutReview }) => mergedWithoutReview === 1),
  );
  const subjects: PullRequestSubject[] = [];
  for (const [position, row] of rows.entries()) {
    if (position % rowsBetweenYields === rowsBetweenYields - 1) await yieldToEventLoop();
    const ofRow = events.get(keyOf(row.source, row.externalId)) ?? [];
    subjects.push({
      ...(await toSubject(context, row, ofRow)),
      hasOtherPeople: ofOne.get(keyOf(row.source, row.externalId)) ?? null,
    });
  }
  return subjects;
};

async function loadRows({ read, now, isPast, onlyRecent }: SubjectContext): Promise<Row[]> {
  const { workspaceId, store } = read;
  const columns = sql`p.id, p.source, p.external_id as "externalId",
    p.repository_external_id as "repositoryExternalId", p.number, p.title,
    p.is_draft as "isDraft", p.author_account_external_id as author, p.opened_at as "openedAt",
    p.ready_at as "readyAt", p.merged_at as "mergedAt", p.updated_at as "updatedAt",
    p.base_ref as "baseRef", p.head_ref as "headRef", p.additions, p.deletions,
    p.changed_files as "changedFiles", p.labels, f.merged_without_review as "mergedWithoutReview",
    f.is_revert as "isRevert",
    (select json_group_array(w.key) from pull_request_work_items l join work_items w
        on w.workspace_id = l.workspace_id and w.source = l.work_item_source
        and w.external_id = l.work_item_external_id
      where l.workspace_id = p.workspace_id and l.source = p.source
        and l.pull_request_external_id = p.external_id) as "workItemKeys"`;
  const from = sql`pull_requests p left join pull_request_facts f
    on f.workspace_id = p.workspace_id and f.source = p.source
    and f.pull_request_external_id = p.external_id`;
  const isOpen = isPast
    ? sql`p.opened_at <= ${now} and coalesce(p.merged_at, p.closed_at, ${now} + 1) > ${now}`
    : sql`p.state = 'open'`;
  const mergedSince = now - (onlyRecent ? recentForMs : mergedForMs);
  const mergedBefore = onlyRecent
    ? sql`union all select ${columns} from signal_findings s cross join ${from}
        where s.workspace_id = ${workspaceId} and ${isOpenFinding('s')} and s.subject_kind = 'pull_request'
          and p.workspace_id = s.workspace_id and p.id = s.subject_id
          and p.merged_at > ${now - mergedForMs} and p.merged_at <= ${mergedSince}`
    : sql``;
  // Each part finds its few rows by an index of its own.
  const rows = await readRows(
    store.read,
    rowSchema,
    Object.keys(rowSchema.shape),
    sql`select ${columns} from ${from} where p.workspace_id = ${workspaceId} and ${isOpen}
      union all select ${columns} from ${from} where p.workspace_id = ${workspaceId}
        and p.merged_at > ${mergedSince} and p.merged_at <= ${now}
      ${mergedBefore}`,
  );
  return rows.toSorted((one, other) => (one.id < other.id ? -1 : 1));
}

async function toSubject(
  context: SubjectContext,
  row: Row,
  events: Parameters<typeof reviewState>[1],
): Promise<Omit<PullRequestSubject, 'hasOtherPeople'>> {
  const repository = (await context.repositories()).get(
    keyOf(row.source, row.repositoryExternalId),
  );
  const author = (await context.accounts()).get(keyOf(row.source, row.author));
  const asOf = context.asOf(row.source);
  const isOpen = row.mergedAt === null || row.mergedAt > asOf;
  const state = isOpen ? 'open' : 'merged';
  const readyAt = row.readyAt ?? row.openedAt;
  const seen = context.isPast ? events.filter(({ at }) => at <= asOf) : events;
  const review = reviewState({ ...row, state, isDraft: row.isDraft === 1, readyAt }, seen);
  const lastActivityAt = review.lastActivityAt ?? row.updatedAt;
  const name = repository?.name ?? row.repositoryExternalId;
  const labels = textsSchema.parse(JSON.parse(row.labels));
  const isByBot = author?.isBot ?? false;
  return {
    id: row.id,
    key: row.number === null ? `${name} ${row.externalId.slice(0, 12)}` : `${name}#${row.number}`,
    title: row.title,
    repository: name,
    source: row.source,
    fullName: repository?.fullName ?? null,
    number: row.number,
    teamId: repository?.teamId ?? null,
    asOf,
    evidence: [row.id, ...review.evidence],
    state,
    isDraft: review.isDraft,
    authorPersonId: author?.personId ?? null,
    isByBot,
    isDependencyUpdate: isDependencyUpdate(row, isByBot),
    isOnHold: isOnHold(row.title, labels),
    isBranchSync: isBranchSync(row, repository?.defaultBranch ?? null),
    isOnDefaultBranch: isDefault(row.baseRef, repository?.defaultBranch ?? null),
    labels,
    openedAt: row.openedAt,
    readyAt,
    mergedAt: isOpen ? null : row.mergedAt,
    mergedHours: isOpen ? null : context.hoursSince(row.mergedAt, asOf),
    ageHours: isOpen ? context.hoursSince(readyAt, asOf) : null,
    lastActivityAt,
    idleHours: isOpen ? context.hoursSince(lastActivityAt, asOf) : null,
    waitingFor: review.waitingFor,
    waitingSince: review.waitingSince,
    waitingWeekdayHours: context.weekdayHoursSince(review.waitingSince, asOf),
    sizeLines:
      row.additions === null || row.deletions === null ? null : row.additions + row.deletions,
    changedFiles: row.changedFiles,
    reviewCount: review.reviewCount,
    approvalCount: review.approvalCount,
    changesRequestedCount: review.changesRequestedCount,
    requestedReviewerCount: review.requestedReviewerCount,
    mergedWithoutReview: row.mergedWithoutReview === null ? null : row.mergedWithoutReview === 1,
    isRevert: row.isRevert === 1,
    workItemKeys: textsSchema.parse(JSON.parse(row.workItemKeys ?? '[]')),
    sensitiveKinds: sensitiveKinds(row.title),
  };
}

function isDefault(baseRef: string | null, defaultBranch: string | null): boolean | null {
  return baseRef === null || defaultBranch === null ? null : baseRef === defaultBranch;
}
