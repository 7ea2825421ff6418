import type { WorkItemSubject } from '../../domain/signal-subjects/work-item-subject.ts';
import { yieldToEventLoop } from '../../store/yield-to-event-loop.ts';
import type { SubjectContext } from '../subject-context.ts';
import { readFreed } from './freed-items.ts';
import { type ItemBlocker, readBlockers } from './item-blockers.ts';
import { noChanges, readItemChanges } from './item-changes.ts';
import { readLinkedRequests } from './linked-requests.ts';
import {
  meaningsOf,
  type ProjectHabits,
  readDoneStatuses,
  readProjectHabits,
} from './project-habits.ts';
import { type KnownSprints, readSprints } from './sprint-stays.ts';
import type { StatusMeanings } from './status-stretches.ts';
import type { SubjectLoader } from './subject-source.ts';
import { readOpenItems, type WorkItemRow } from './work-item-rows.ts';
import { toWorkItem } from './work-item-state.ts';

const itemsAtOnce = 500;

/** What all items of a pass are looked at with. */
export interface WorkItemWorld {
  context: SubjectContext;
  /** By source and project; none where weeks are not looked at. */
  habits: ReadonlyMap<string, ProjectHabits>;
  sprints: KnownSprints;
  blockers: ReadonlyMap<string, ItemBlocker[]>;
}

/** Returns the work items that are not done, source by source, in the order of their ids. */
export const loadWorkItems: SubjectLoader<'work_item'> = async (context) => {
  const rows: WorkItemRow[] = [];
  for await (const some of readOpenItems(context)) {
    for (const row of some) rows.push(row);
    await yieldToEventLoop();
  }
  if (rows.length === 0) return [];
  const world: WorkItemWorld = {
    context,
    habits: context.withHistory ? await readProjectHabits(context) : new Map(),
    sprints: await readSprints(context),
    blockers: await readBlockers(context),
  };
  const doneStatuses = await readDoneStatuses(context);
  const subjects: WorkItemSubject[] = [];
  for (const [source, ofSource] of Map.groupBy(rows, (row) => row.source)) {
    const meanings = meaningsOf(source, ofSource, doneStatuses);
    for (let start = 0; start < ofSource.length; start += itemsAtOnce) {
      const some = ofSource.slice(start, start + itemsAtOnce);
      await addSubjects(world, source, some, meanings, subjects);
      await yieldToEventLoop();
    }
  }
  return subjects;
};

async function addSubjects(
  world: WorkItemWorld,
  source: string,
  rows: readonly WorkItemRow[],
  meanings: StatusMeanings,
  subjects: WorkItemSubject[],
): Promise<void> {
  const { context } = world;
  const ids = rows.map(({ externalId }) => externalId);
  const changes = await readItemChanges(context, source, ids);
  await yieldToEventLoop();
  const asked = rows.map(({ externalId, statusCategory }) => ({
    externalId,
    withActivity: context.isPast || statusCategory === 'in_progress',
  }));
  const requests = await readLinkedRequests(context, source, asked);
  await yieldToEventLoop();
  const freed = await readFreed(
    context,
    source,
    asked.map(({ externalId, withActivity }) => (withActivity ? externalId : '')),
  );
  const accounts = await context.accounts();
  const repositories = await context.repositories();
  for (const [position, row] of rows.entries()) {
    const subject = toWorkItem(world, {
      row,
      changes: changes[position] ?? noChanges(),
      requests: requests[position] ?? [],
      freed: freed[position] ?? null,
      meanings,
      accounts,
      repositories,
    });
    if (subject !== null) subjects.push(subject);
  }
}
