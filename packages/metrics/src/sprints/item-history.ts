import type { SprintItemChange, SprintReplayItem, StatusMeaning } from '@adjutant/core/domain';

/** Whether an item is done, as far as its status tells. */
export type Doneness = 'done' | 'open' | 'unknown';

/** What an item was at any instant. A change at an instant has happened at that instant. */
export interface ItemHistory {
  item: SprintReplayItem;
  isIn(sprintExternalId: string, at: number): boolean;
  pointsAt(at: number): number | null;
  donenessAt(at: number): Doneness;
  /** The instants at which its sprints changed, and its creation, in order. */
  sprintInstants: readonly number[];
  /** The instants at which its status changed, in order. */
  statusInstants: readonly number[];
  statusAt(at: number): string | null;
}

/** Returns the external ids that a value of the field `sprint` names. */
export function sprintIdsIn(value: string | null): string[] {
  if (value === null) return [];
  return value
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
}

/** Returns what an item was at any instant, from its changes; what never changed is as it is now. */
export function createItemHistory(
  item: SprintReplayItem,
  meaningOf: ReadonlyMap<string, StatusMeaning['category']>,
): ItemHistory {
  const sprints = changesOf(item.changes, 'sprint');
  const points = changesOf(item.changes, 'points');
  const statuses = changesOf(item.changes, 'status');
  const existsAt = (at: number) => item.createdAt === null || item.createdAt <= at;
  const statusAt = (at: number) => valueAt(statuses, at, item.originalStatus);
  return {
    item,
    isIn: (sprint, at) =>
      existsAt(at) && sprintIdsIn(valueAt(sprints, at, item.sprintExternalId)).includes(sprint),
    pointsAt: (at) => (points.length === 0 ? item.points : pointsIn(valueAt(points, at, null))),
    donenessAt: (at) =>
      statuses.length === 0 ? unchangedDoneness(item, at) : donenessOf(statusAt(at), meaningOf),
    statusAt,
    sprintInstants: [...(item.createdAt === null ? [] : [item.createdAt]), ...instantsOf(sprints)],
    statusInstants: instantsOf(statuses),
  };
}

function donenessOf(
  status: string | null,
  meaningOf: ReadonlyMap<string, StatusMeaning['category']>,
): Doneness {
  const meaning = status === null ? undefined : meaningOf.get(status);
  if (meaning === undefined) return 'unknown';
  return meaning === 'done' ? 'done' : 'open';
}

/** Without a change of status the recorded instant of being done is the only one there is. */
function unchangedDoneness({ statusCategory, doneAt }: SprintReplayItem, at: number): Doneness {
  if (statusCategory === null) return doneAt === null ? 'unknown' : doneAt <= at ? 'done' : 'open';
  if (statusCategory !== 'done') return 'open';
  return doneAt === null || doneAt <= at ? 'done' : 'open';
}

/** Text that is no number is no estimate. */
function pointsIn(value: string | null): number | null {
  if (value === null || value.trim() === '') return null;
  const points = Number(value);
  return Number.isFinite(points) ? points : null;
}

/** The value after the last change up to then; before the first change, what that changed from. */
function valueAt(
  changes: readonly SprintItemChange[],
  at: number,
  unchanged: string | null,
): string | null {
  const [first] = changes;
  if (first === undefined) return unchanged;
  let value = first.from;
  for (const change of changes) {
    if (change.at > at) break;
    value = change.to;
  }
  return value;
}

function instantsOf(changes: readonly SprintItemChange[]): number[] {
  return changes.map(({ at }) => at);
}

/**
 * The changes of one field in order. Those of one instant follow each other from value to value, so
 * that the order in which they were read does not matter.
 */
function changesOf(changes: readonly SprintItemChange[], field: string): SprintItemChange[] {
  const left = changes.filter((change) => change.field === field).toSorted(inTime);
  const ordered: SprintItemChange[] = [];
  while (left.length > 0) {
    const next = nextOf(left, ordered.at(-1)?.to);
    ordered.push(...left.splice(next === undefined ? 0 : left.indexOf(next), 1));
  }
  return ordered;
}

function nextOf(
  left: readonly SprintItemChange[],
  before: string | null | undefined,
): SprintItemChange | undefined {
  const tied = left.filter(({ at }) => at === left[0]?.at);
  const follows = tied.find(({ from }) => from === before);
  const begins = tied.find(({ from }) => !tied.some(({ to }) => to === from));
  return follows ?? begins ?? left[0];
}

function inTime(one: SprintItemChange, other: SprintItemChange): number {
  return one.at - other.at || compareText(one.from, other.from) || compareText(one.to, other.to);
}

function compareText(one: string | null, other: string | null): number {
  const [left, right] = [one ?? '', other ?? ''];
  return left < right ? -1 : left > right ? 1 : 0;
}
