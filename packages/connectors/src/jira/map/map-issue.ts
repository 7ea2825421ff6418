import type { DomainRows } from '@adjutant/core';
import type { WorkItem, WorkItemChange, WorkItemLink } from '@adjutant/core/domain';
import { boundedText } from '../../commits/text.ts';
import { AccountCollector } from './accounts.ts';
import { toInstant } from './instants.ts';
import type { ChangePayload, IssuePayload } from './issue-payload.ts';
import { kindOfIssue } from './kind-of-issue.ts';

const source = 'jira';
const maxTitleLength = 1_000;
const maxValueLength = 400;
const maxNameLength = 100;
const toleratedMs = 60_000;

/** What a status means, by the key that Jira keeps in every language. */
const categories: Readonly<Record<string, NonNullable<WorkItem['statusCategory']>>> = {
  new: 'to_do',
  indeterminate: 'in_progress',
  done: 'done',
};

/** Returns the rows that an issue stands for. Pure. */
export function mapIssue(payload: IssuePayload): DomainRows {
  const accounts = new AccountCollector();
  accounts.of(payload.reporter);
  const assignee = accounts.of(payload.assignee);
  const statusCategory = categoryOf(payload.status?.category);
  const changes = payload.changes ?? [];
  const workItem: WorkItem = {
    source,
    externalId: payload.id,
    key: boundedText(payload.key, maxNameLength),
    title: boundedText(payload.title ?? '', maxTitleLength),
    kind: kindOfIssue(payload.type),
    originalType: bounded(payload.type?.name, maxNameLength),
    statusCategory,
    originalStatus: bounded(payload.status?.name, maxValueLength),
    points: payload.points ?? null,
    parentExternalId: payload.parentId ?? null,
    assigneeAccountExternalId: assignee,
    sprintExternalId: currentSprint(payload.sprints),
    createdAt: toInstant(payload.createdAt),
    startedAt: startedAt(payload, changes),
    doneAt: statusCategory === 'done' ? doneAt(payload, changes) : null,
    dueDay: dayOf(payload.dueDay),
  };
  const workItemChanges = changes.flatMap((change) => rowOfChange(payload.id, change, accounts));
  const workItemLinks = (payload.links ?? []).map(
    ({ kind, from, to }): WorkItemLink => ({
      source,
      workItemExternalId: from,
      kind,
      otherExternalId: to,
    }),
  );
  return { ...accounts.rows(), workItems: [workItem], workItemChanges, workItemLinks };
}

function categoryOf(key: string | null | undefined): WorkItem['statusCategory'] {
  return key === null || key === undefined ? null : (categories[key] ?? null);
}

/** Of the sprints that it has been in, the one that runs; else the one to come, else the last. */
function currentSprint(sprints: IssuePayload['sprints']): string | null {
  const list = sprints ?? [];
  const newestOf = (wanted: string): string | undefined =>
    list.findLast(({ state }) => state?.toLowerCase() === wanted)?.id;
  return newestOf('active') ?? newestOf('future') ?? list.at(-1)?.id ?? null;
}

/** When somebody first worked on it. Without its history only of one that is worked on now. */
function startedAt(payload: IssuePayload, changes: readonly ChangePayload[]): number | null {
  const started = changes
    .filter(({ field, toCategory }) => field === 'status' && toCategory === 'indeterminate')
    .flatMap(({ at }) => toInstant(at) ?? []);
  if (started.length > 0) return Math.min(...started);
  const isUnderWay = payload.status?.category === 'indeterminate';
  return isUnderWay ? toInstant(payload.categoryChangedAt) : null;
}

/**
 * When it was done, the last time: it may be taken up again, and some sites keep the resolution of
 * the first time then.
 */
function doneAt(payload: IssuePayload, changes: readonly ChangePayload[]): number | null {
  const resolved = toInstant(payload.resolvedAt);
  const since = doneSince(changes);
  // A resolution is set with the move or shortly after it.
  if (resolved !== null && (since === null || resolved >= since - toleratedMs)) return resolved;
  return since ?? toInstant(payload.categoryChangedAt);
}

/** When it last came into a status that means done, out of one that does not. */
function doneSince(changes: readonly ChangePayload[]): number | null {
  let since: number | null = null;
  let isDone = false;
  const moves = changes
    .filter(({ field }) => field === 'status')
    .map(({ at, toCategory }) => ({ at: toInstant(at) ?? 0, isDone: toCategory === 'done' }))
    .toSorted((one, other) => one.at - other.at);
  for (const move of moves) {
    if (move.isDone && !isDone) since = move.at;
    isDone = move.isDone;
  }
  return isDone ? since : null;
}

function rowOfChange(
  issueId: string,
  { id, field, at, actor, from, to }: ChangePayload,
  accounts: AccountCollector,
): WorkItemChange[] {
  const instant = toInstant(at);
  if (instant === null) return [];
  return [
    {
      source,
      externalId: id,
      workItemExternalId: issueId,
      field: boundedText(field, maxNameLength),
      fromValue: bounded(from, maxValueLength),
      toValue: bounded(to, maxValueLength),
      actorAccountExternalId: accounts.of(actor),
      at: instant,
    },
  ];
}

function bounded(value: string | null | undefined, maxLength: number): string | null {
  return value === null || value === undefined ? null : boundedText(value, maxLength);
}

function dayOf(text: string | null | undefined): string | null {
  const day = text?.slice(0, 10) ?? '';
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : null;
}
