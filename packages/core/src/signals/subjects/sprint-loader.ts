import { sql } from 'drizzle-orm';
import type { SprintFigures } from '../../domain.ts';
import type { SprintSubject } from '../../domain/signal-subjects/sprint-subject.ts';
import { medianOf } from '../../median.ts';
import type { NamedSprintItem, SprintItems } from '../../reads/sprint-items.ts';
import { queryTuples } from '../../store/raw-query.ts';
import { yieldToEventLoop } from '../../store/yield-to-event-loop.ts';
import { keyOf, type SubjectContext } from '../subject-context.ts';
import { readSprintRows } from './sprint-rows.ts';
import { type KnownSprint, readSprints, sprintIds } from './sprint-stays.ts';
import type { SubjectLoader } from './subject-source.ts';
import { projectOf } from './work-item-rows.ts';

/** The last closed sprints that say what a team gets done; fewer than three say nothing. */
const comparedSprints = 5;
const fewestCompared = 3;
/** So many of the last sprints are looked through for those of the same project. */
const lookedThrough = 40;
const mostEvidence = 200;
const mostPastEvidence = 2_000;
const hourMs = 3_600_000;

interface Replayed {
  sprint: KnownSprint;
  figures: SprintFigures;
  /** The project that most of its items are of. */
  project: string | null;
}

/** Returns the sprints that run, each beside the last closed ones of its project. */
export const loadSprints: SubjectLoader<'sprint'> = async (context) => {
  const { byKey } = await readSprints(context);
  const subjects: SprintSubject[] = [];
  const bySource = Map.groupBy(byKey.values(), ({ source }) => source);
  for (const [source, sprints] of bySource) {
    const active = sprints.filter(({ state }) => state === 'active');
    if (active.length === 0) continue;
    const closed = sprints
      .filter(({ state }) => state === 'closed')
      .toSorted((one, other) => endOf(other) - endOf(one))
      .slice(0, lookedThrough);
    const asked = [...active, ...(await comparedWith(context, source, active, closed))];
    const read = await readSprintRows(context, source, asked);
    const past = await replayAll(
      context,
      asked.filter(({ state }) => state === 'closed'),
      read,
    );
    for (const now of await replayAll(context, active, read)) {
      const compared = past
        .filter(({ project, figures }) => project === now.project && figures.progress === 'final')
        .slice(0, comparedSprints);
      subjects.push(toSprint(context, now, compared, { read, byKey }));
    }
  }
  return subjects.toSorted((one, other) => (one.id < other.id ? -1 : 1));
};

function endOf({ completedAt, plannedEndAt, startedAt }: KnownSprint): number {
  return completedAt ?? plannedEndAt ?? startedAt ?? 0;
}

type Counted = [sprint: string, project: string, count: number];

/**
 * The closed sprints of the projects of those that run, the last ones of each, told by what their items
 * are now: most stay in the sprint in which they were done.
 */
async function comparedWith(
  { read }: SubjectContext,
  source: string,
  active: readonly KnownSprint[],
  closed: readonly KnownSprint[],
): Promise<KnownSprint[]> {
  const ids = JSON.stringify([...active, ...closed].map(({ externalId }) => externalId));
  const counted = await queryTuples<Counted>(
    read.store.read,
    sql`select w.sprint_external_id, rtrim(w.key, '0123456789'), count(*) from work_items w
      where w.workspace_id = ${read.workspaceId} and w.source = ${source}
        and w.sprint_external_id in (select value from json_each(${ids}))
      group by 1, 2 order by 3, 2 desc`,
  );
  const projectOfSprint = new Map(counted.map(([sprint, project]) => [sprint, project]));
  const wanted = new Set(active.map(({ externalId }) => projectOfSprint.get(externalId)));
  const taken = new Map<string | undefined, number>();
  return closed.filter(({ externalId }) => {
    const project = projectOfSprint.get(externalId);
    const before = taken.get(project) ?? 0;
    if (!wanted.has(project) || before >= comparedSprints) return false;
    taken.set(project, before + 1);
    return true;
  });
}

/** Without a definition of sprints nothing is replayed, and there is nothing to say of any. */
async function replayAll(
  context: SubjectContext,
  sprints: readonly KnownSprint[],
  read: SprintItems,
): Promise<Replayed[]> {
  const definition = context.read.metrics.sprints;
  const found: Replayed[] = [];
  const itemsOf = itemsBySprint(read.items);
  for (const sprint of sprints) {
    const items = itemsOf.get(sprint.externalId) ?? [];
    if (definition !== undefined) {
      const input = { ...read, items, sprint, now: context.asOf(sprint.source) };
      found.push({ sprint, figures: definition.replay(input), project: projectOfMost(items) });
    }
    await yieldToEventLoop();
  }
  return found;
}

/** Each sprint is replayed from the items that ever named it, not from all that were read. */
function itemsBySprint(items: readonly NamedSprintItem[]): Map<string, NamedSprintItem[]> {
  const found = new Map<string, NamedSprintItem[]>();
  for (const item of items) {
    for (const id of everIn(item)) {
      const list = found.get(id);
      if (list === undefined) found.set(id, [item]);
      else list.push(item);
    }
  }
  return found;
}

function everIn({ sprintExternalId, changes }: NamedSprintItem): Set<string> {
  const ids = new Set(sprintIds(sprintExternalId));
  for (const { field, from, to } of changes) {
    if (field !== 'sprint') continue;
    for (const id of [...sprintIds(from), ...sprintIds(to)]) ids.add(id);
  }
  return ids;
}

function projectOfMost(items: readonly NamedSprintItem[]): string | null {
  const counts = new Map<string, number>();
  for (const { key } of items) counts.set(projectOf(key), (counts.get(projectOf(key)) ?? 0) + 1);
  const [most] = [...counts].toSorted(
    ([one, many], [other, more]) => more - many || (one < other ? -1 : 1),
  );
  return most?.[0] ?? null;
}

interface Rows {
  read: SprintItems;
  byKey: ReadonlyMap<string, KnownSprint>;
}

function toSprint(
  context: SubjectContext,
  { sprint, figures }: Replayed,
  compared: readonly Replayed[],
  rows: Rows,
): SprintSubject {
  const asOf = context.asOf(sprint.source);
  const { startedAt, plannedEndAt } = sprint;
  const { commitment, removed, added, addedShare, completed } = figures;
  const counted = figures.items.filter(({ scope }) => scope === 'planned' || scope === 'added');
  const named = new Map(rows.read.items.map((item) => [item.externalId, item]));
  const idsOf = (items: SprintFigures['items']): string[] =>
    items.flatMap(({ externalId }) => named.get(externalId)?.id ?? []);
  const pastIds = compared.flatMap((past) => idsOf(past.figures.items));
  const medians = mediansOf(compared);
  return {
    id: sprint.id,
    key: `Sprint ${sprint.externalId}`,
    title: sprint.name,
    repository: null,
    teamId: null,
    asOf,
    evidence: [
      sprint.id,
      ...idsOf(counted).slice(0, mostEvidence),
      ...compared.map((past) => past.sprint.id),
    ],
    startedAt,
    plannedEndAt,
    elapsedShare: elapsedShare(startedAt, plannedEndAt, asOf),
    remainingHours: plannedEndAt === null ? null : Math.max(0, plannedEndAt - asOf) / hourMs,
    plannedItems: commitment?.items ?? null,
    plannedPoints: commitment?.points ?? null,
    removedItems: removed?.items ?? null,
    removedPoints: removed?.points ?? null,
    addedItems: added?.items ?? null,
    addedAt: addedAt(sprint, figures, named, asOf),
    addedShare: addedShare.items,
    addedPointsShare: addedShare.points,
    completedItems: completed?.items ?? null,
    carriedItems: commitment === null ? null : carriedItems(sprint, counted, named, rows),
    closedSprints: compared.length,
    ...medians,
    pastEvidence: [
      ...compared.map((past) => past.sprint.id),
      ...[...new Set([...idsOf(counted), ...pastIds])].slice(0, mostPastEvidence),
    ],
    commitmentRatio: commitmentRatio(figures, medians),
  };
}

function elapsedShare(from: number | null, to: number | null, at: number): number | null {
  if (from === null || to === null || to <= from) return null;
  return Math.min(1, Math.max(0, (at - from) / (to - from)));
}

/** When each item came in that was not there at the start: by its last way in. */
function addedAt(
  { externalId, startedAt }: KnownSprint,
  figures: SprintFigures,
  named: ReadonlyMap<string, NamedSprintItem>,
  asOf: number,
): number[] {
  const instants = figures.items
    .filter(({ scope }) => scope === 'added')
    .map((item) => {
      const row = named.get(item.externalId);
      const entry = row?.changes.findLast(
        ({ field, from, to, at }) =>
          field === 'sprint' &&
          at <= asOf &&
          sprintIds(to).includes(externalId) &&
          !sprintIds(from).includes(externalId),
      );
      return entry?.at ?? row?.createdAt ?? startedAt ?? asOf;
    });
  return instants.toSorted((one, other) => one - other);
}

function carriedItems(
  sprint: KnownSprint,
  counted: readonly { externalId: string }[],
  named: ReadonlyMap<string, NamedSprintItem>,
  { byKey }: Rows,
): number {
  const isEarlier = (id: string): boolean => {
    const other = byKey.get(keyOf(sprint.source, id));
    return other?.state === 'closed' && (other.startedAt ?? 0) < (sprint.startedAt ?? 0);
  };
  return counted.filter(({ externalId }) => {
    const item = named.get(externalId);
    return item !== undefined && [...everIn(item)].some(isEarlier);
  }).length;
}

type Medians = Pick<SprintSubject, 'medianItems' | 'medianPoints'>;

function mediansOf(compared: readonly Replayed[]): Medians {
  return {
    medianItems: medianOf(
      compared.flatMap(({ figures }) => figures.completed?.items ?? []),
      fewestCompared,
    ),
    medianPoints: medianOf(
      compared.flatMap(({ figures }) => figures.completed?.points ?? []),
      fewestCompared,
    ),
  };
}

function commitmentRatio(
  { commitment, removed }: SprintFigures,
  { medianItems, medianPoints }: Medians,
): number | null {
  if (commitment === null) return null;
  const { points, items } = commitment;
  if (points !== null && medianPoints !== null && medianPoints > 0) {
    return (points - (removed?.points ?? 0)) / medianPoints;
  }
  return medianItems === null || medianItems === 0
    ? null
    : (items - (removed?.items ?? 0)) / medianItems;
}
