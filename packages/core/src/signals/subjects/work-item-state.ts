import type { WorkItemSubject } from '../../domain/signal-subjects/work-item-subject.ts';
import { type KnownAccount, type KnownRepository, keyOf } from '../subject-context.ts';
import { blockedState } from './blocked-state.ts';
import { dueState } from './due-state.ts';
import type { Freed } from './freed-items.ts';
import { changesOf, type ItemChanges, lastChange, valueAt } from './item-changes.ts';
import type { LinkedRequest } from './linked-requests.ts';
import { sensitiveKinds } from './sensitive-kinds.ts';
import { type SprintStay, type SprintStays, sprintStays } from './sprint-stays.ts';
import { type ItemStatus, type StatusMeanings, statusAt } from './status-stretches.ts';
import type { WorkItemWorld } from './work-item-loader.ts';
import { projectOf, type WorkItemRow } from './work-item-rows.ts';

/** What is known of one work item. */
export interface KnownItem {
  row: WorkItemRow;
  changes: ItemChanges;
  requests: readonly LinkedRequest[];
  /** What it waited for last; nobody could have got on with it before that was done. */
  freed: Freed | null;
  meanings: StatusMeanings;
  accounts: ReadonlyMap<string, KnownAccount>;
  repositories: ReadonlyMap<string, KnownRepository>;
}

const mostEvidence = 200;
/** Moving an item between sprints or days brings it no further. */
const progressFields: ReadonlySet<string> = new Set(['status', 'flagged', 'assignee', 'points']);

/** Returns a work item as it stood; null where it was done, or not there yet. */
export function toWorkItem(world: WorkItemWorld, known: KnownItem): WorkItemSubject | null {
  const { context, sprints, blockers } = world;
  const { row, changes, requests, freed, meanings } = known;
  const asOf = context.asOf(row.source);
  const status = statusAt(row, changesOf(changes, 'status'), asOf, meanings);
  if (status.category === 'done') return null;
  const stays = sprintStays(row, changesOf(changes, 'sprint'), asOf, sprints);
  const owner = ownerState(known, status, asOf);
  const isInProgress = status.category === 'in_progress';
  const progress = isInProgress ? progressState(known, asOf) : null;
  const startedAt = row.startedAt !== null && row.startedAt <= asOf ? row.startedAt : null;
  const project = projectOf(row.key);
  const habits = world.habits.get(keyOf(row.source, project));
  const blockedBy = blockers.get(keyOf(row.source, row.externalId)) ?? [];
  const blocked = blockedState({ row, changes, status, stays, blockedBy, asOf });
  const open = requests.filter(({ isOpen }) => isOpen);
  const titleSince = lastChange(changesOf(changes, 'title'), asOf)?.at ?? row.createdAt;
  return {
    id: row.id,
    key: row.key,
    title: row.title,
    repository: row.key.includes('#') ? project : null,
    teamId: teamOf(requests),
    asOf,
    evidence: [
      row.id,
      ...changes.all
        .filter(({ at }) => at <= asOf)
        .slice(-mostEvidence)
        .map(({ id }) => id),
      ...stays.stays.map(({ sprint }) => sprint.id),
      ...blockedBy.map(({ id }) => id),
      ...(isInProgress && freed !== null && freed.at <= asOf ? [freed.id] : []),
      ...requests.flatMap(({ id, lastActivityId }) =>
        lastActivityId === null || !isInProgress ? [id] : [id, lastActivityId],
      ),
    ],
    project,
    kind: row.kind,
    statusCategory: status.category,
    status: status.status,
    statusSince: status.since,
    points: pointsAt(row, changes, asOf),
    ...owner,
    ownerlessWeekdayHours: context.weekdayHoursSince(owner.ownerlessSince, asOf),
    projectAssignedShare: habits?.assignedShare ?? null,
    ...sprintFields(known, stays, sprints.recorded.has(row.source)),
    createdAt: row.createdAt,
    createdHours: context.hoursSince(row.createdAt, asOf),
    startedAt,
    inProgressSince: status.inProgressSince,
    inProgressHours: isInProgress ? context.hoursSince(startedAt, asOf) : null,
    expectedHours: habits?.expectedHours ?? null,
    expectedEvidence: habits?.evidence ?? [],
    lastProgressAt: progress,
    idleWeekdayHours: context.weekdayHoursSince(progress, asOf),
    ...dueState(known, status, asOf, context.read.settings.timeZone),
    ...blocked,
    blockedWeekdayHours: context.weekdayHoursSince(blocked.blockedSince, asOf),
    openPullRequestCount: open.length,
    openPullRequestIds: open.map(({ id }) => id),
    titleSince,
    sensitiveKinds: sensitiveKinds(row.title),
  };
}

/** The team whose repositories it is worked on in, where it is one alone. */
function teamOf(requests: readonly LinkedRequest[]): string | null {
  const teams = new Set(requests.flatMap(({ teamId }) => teamId ?? []));
  return teams.size === 1 ? ([...teams][0] ?? null) : null;
}

function pointsAt(row: WorkItemRow, changes: ItemChanges, asOf: number): number | null {
  const present = row.points === null ? null : String(row.points);
  const value = valueAt(changesOf(changes, 'points'), asOf, present);
  const points = value === null ? Number.NaN : Number(value);
  return Number.isFinite(points) ? points : null;
}

type OwnerState = Pick<
  WorkItemSubject,
  'isAssigned' | 'assigneePersonId' | 'ownerlessSince' | 'unassignedSince'
>;

function ownerState(
  { row, changes, accounts }: KnownItem,
  { category, inProgressSince }: ItemStatus,
  asOf: number,
): OwnerState {
  const turns = changesOf(changes, 'assignee');
  const assignee = valueAt(turns, asOf, row.assignee);
  const isAssigned = assignee !== null;
  const unassignedSince = isAssigned ? null : (lastChange(turns, asOf)?.at ?? row.createdAt);
  return {
    isAssigned,
    assigneePersonId: isAssigned
      ? (accounts.get(keyOf(row.source, assignee))?.personId ?? null)
      : null,
    unassignedSince,
    ownerlessSince:
      category !== 'in_progress' || unassignedSince === null || inProgressSince === null
        ? null
        : Math.max(unassignedSince, inProgressSince),
  };
}

function progressState({ row, changes, requests, freed, accounts }: KnownItem, asOf: number) {
  const own = changes.all.findLast(
    ({ field, at, actor }) =>
      at <= asOf &&
      progressFields.has(field) &&
      accounts.get(keyOf(row.source, actor))?.isBot !== true,
  );
  const freedAt = freed !== null && freed.at <= asOf ? freed.at : 0;
  return (
    requests.reduce(
      (last, { lastActivityAt }) => Math.max(last, lastActivityAt ?? 0),
      Math.max(own?.at ?? 0, row.createdAt ?? 0, freedAt),
    ) || null
  );
}

type SprintFields = Pick<
  WorkItemSubject,
  | 'isInActiveSprint'
  | 'isPlanned'
  | 'sprintStartedAt'
  | 'sprintPlannedEndAt'
  | 'sprintCount'
  | 'sprintsSince'
>;

function sprintFields(known: KnownItem, stays: SprintStays, isRecorded: boolean): SprintFields {
  const { active, isPlanned } = stays;
  const carried = stays.stays.filter((stay) => isCarried(known, stay));
  return {
    isInActiveSprint: active !== null,
    isPlanned,
    sprintStartedAt: active?.sprint.startedAt ?? null,
    sprintPlannedEndAt: active?.sprint.plannedEndAt ?? null,
    sprintCount: isRecorded ? carried.length : null,
    sprintsSince: isRecorded ? carried.map(({ since }) => since) : [],
  };
}

/** What was done at the end of a sprint was not carried on from it, also where it was reopened later. */
function isCarried({ row, changes, meanings }: KnownItem, { sprint }: SprintStay): boolean {
  const endedAt = sprint.completedAt ?? sprint.plannedEndAt;
  if (sprint.state !== 'closed' || endedAt === null) return true;
  return statusAt(row, changesOf(changes, 'status'), endedAt - 1, meanings).category !== 'done';
}
