import { sql } from 'drizzle-orm';
import {
  type MetricDefinition,
  type MetricFilter,
  metricFilterSchema,
  type MetricSubject,
} from '../../domain.ts';
import { AdjutantError } from '../../errors.ts';
import { parseInput } from '../../parse-input.ts';
import type { ReadContext } from '../../reads/read-context.ts';
import { noteUntold } from '../../privacy/note-untold.ts';
import { queryTuples } from '../../store/raw-query.ts';
import { type OwnAccounts, ownAccounts } from '../../reports/own-accounts.ts';
import { canonicalPerson, readPeople } from './read-people.ts';
import { findService, type FoundService } from './find-service.ts';

type FilterName = keyof MetricFilter;

/** What the rows of each subject can be filtered by. A new subject adds its line. */
const filtersOf: Readonly<Record<MetricSubject, readonly FilterName[]>> = {
  pull_request: ['service', 'labels', 'workTypes', 'people', 'authors'],
  deployed_commit: ['service', 'people', 'authors'],
  review: [],
  deployment: ['service'],
  incident: ['service'],
  release: ['service'],
  pipeline_run: ['service'],
  work_item: ['service', 'workTypes'],
  status_span: ['service', 'workTypes'],
  action: [],
};

/** Work types that only the author of a pull request states. */
const typesOfChanges: ReadonlySet<string> = new Set(['hotfix', 'revert']);

/** Columns that say what reviewers did: the people of such a figure are they, and not the authors. */
const toldByReviewers: ReadonlySet<string> = new Set([
  'reviewCount',
  'reviewerCount',
  'commentCount',
]);

/** A filter whose names were found. */
export interface ReadFilter {
  /** As it was asked, tidied: labels in lower case, people as those that they were merged into. */
  asked: MetricFilter;
  service: FoundService | null;
  /** In an own view the accounts that are surely the asker's; null otherwise. */
  own: OwnAccounts | null;
  /**
   * Whether the figure is one on people: of a chosen set, or of a label that may be one person's.
   * What a person asks about that person alone is an own view.
   */
  isOnPeople: boolean;
  /** False where nothing here is known to have labels, or links with items, so that none is no 0. */
  isShown: boolean;
  caveats: string[];
}

/**
 * Returns the filter of a question for a metric; null where nothing is filtered.
 * @throws AdjutantError `InvalidInput` for what the metric's rows cannot be filtered by; `NotFound`
 */
export async function readFilter(
  context: ReadContext,
  definition: MetricDefinition,
  query: { filter?: MetricFilter | undefined; repository?: string | undefined },
): Promise<ReadFilter | null> {
  if (query.filter === undefined) return null;
  const filter = parseInput(metricFilterSchema, query.filter);
  const names = namesOf(filter);
  if (names.length === 0) return null;
  refuseUnknown(definition, filter, names);
  const people = filter.people === undefined ? undefined : await findChosen(context, filter.people);
  const { viewer } = context;
  const isOwnView =
    viewer.kind === 'person' && people?.length === 1 && people[0] === viewer.personId;
  // With accounts that others gave her it would be a view of their work too.
  const own = isOwnView ? await ownAccounts(context, viewer.personId) : null;
  const isOnPeople = (people !== undefined && !isOwnView) || filter.labels !== undefined;
  if (isOnPeople) {
    const narrowed = narrowedBy(context, definition, { ...filter, repository: query.repository });
    if (narrowed !== null) {
      noteUntold(context, filter, 'narrowed');
      throw narrowed;
    }
  }
  const service = filter.service === undefined ? null : await findService(context, filter.service);
  const unseen = await whatIsUnseen(context, definition, filter);
  return {
    asked: {
      ...filter,
      ...(service === null ? {} : { service: service.key }),
      ...(people === undefined ? {} : { people }),
      ...(filter.labels === undefined ? {} : { labels: tidied(filter.labels) }),
    },
    service,
    own,
    isOnPeople,
    isShown: unseen.length === 0,
    caveats: [...(service?.caveats ?? []), ...unseen],
  };
}

function namesOf(filter: MetricFilter): FilterName[] {
  const names = Object.entries(filter).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  );
  return names as FilterName[];
}

function refuseUnknown(
  definition: MetricDefinition,
  filter: MetricFilter,
  names: readonly FilterName[],
): void {
  const allowed = filtersOf[definition.subject];
  const wrong = names.find((name) => !allowed.includes(name));
  const subject = definition.subject.replaceAll('_', ' ');
  if (wrong !== undefined) {
    throw new AdjutantError(
      'InvalidInput',
      `filter.${wrong}: ${definition.id} is made of rows of the kind "${subject}", which cannot be filtered by it.`,
      {
        hint:
          allowed.length === 0
            ? 'This metric cannot be filtered.'
            : `It can be filtered by: ${allowed.join(', ')}.`,
      },
    );
  }
  const change = filter.workTypes?.find((type) => typesOfChanges.has(type));
  if (change !== undefined && definition.subject !== 'pull_request') {
    throw new AdjutantError(
      'InvalidInput',
      `filter.workTypes: only a pull request can be a ${change}, and ${definition.id} is made of work items.`,
      { hint: 'Ask for kinds of work items: issue, epic, story, task, bug, subtask.' },
    );
  }
}

/** Returns why a figure on people cannot be narrowed so: the rest would tell of single people. */
function narrowedBy(
  { teamId }: ReadContext,
  { windowColumn, id, columns }: MetricDefinition,
  filter: MetricFilter & { repository?: string | undefined },
): AdjutantError | null {
  const which = filter.people === undefined ? 'labels' : 'people';
  const beside = [
    ...(teamId === null ? [] : ['a team']),
    ...(filter.repository === undefined ? [] : ['a repository']),
    ...(filter.service === undefined ? [] : ['a service']),
    ...(filter.workTypes === undefined ? [] : ['a work type']),
    ...(which === 'people' && filter.labels !== undefined ? ['labels'] : []),
    ...(which === 'people' && filter.authors !== undefined ? ['kinds of authors'] : []),
  ];
  if (beside.length > 0) {
    return new AdjutantError(
      'InvalidInput',
      `filter.${which}: cannot be asked for together with ${beside.join(' and ')}: two such answers could differ by what one person did.`,
      { hint: 'Ask for it over the whole workspace, or without it for the narrower part.' },
    );
  }
  if (columns.some((name) => toldByReviewers.has(name))) {
    return new AdjutantError(
      'InvalidInput',
      `filter.${which}: ${id} tells what reviewers did, and of few pull requests one person may have done all of it.`,
      { hint: 'Ask for it of a team, service or repository.' },
    );
  }
  if (windowColumn === null) {
    return new AdjutantError(
      'InvalidInput',
      `filter.${which}: ${id} shows how things stand at one instant, and two instants could differ by what one person did.`,
      { hint: 'Ask for a metric of what happened in a window, such as throughput.' },
    );
  }
  return null;
}

/** Says what is asked for that nothing in the workspace has at all: its sources may not show it. */
async function whatIsUnseen(
  { store, workspaceId }: ReadContext,
  { subject }: MetricDefinition,
  { labels, workTypes }: MetricFilter,
): Promise<string[]> {
  const isLinked = workTypes?.some((type) => !typesOfChanges.has(type)) === true;
  const [row] = await queryTuples<[labels: number, links: number]>(
    store.read,
    sql`select exists (select 1 from pull_requests where workspace_id = ${workspaceId}
          and labels <> '[]'),
        exists (select 1 from pull_request_work_items where workspace_id = ${workspaceId})`,
  );
  const [hasLabels, hasLinks] = row ?? [0, 0];
  return [
    ...(labels !== undefined && hasLabels === 0
      ? [
          'No pull request here is known to have a label: no source shows labels, or nobody uses them.',
        ]
      : []),
    ...(subject === 'pull_request' && isLinked && hasLinks === 0
      ? ['No pull request here is known to be linked with a work item, which would tell its type.']
      : []),
  ];
}

async function findChosen(context: ReadContext, ids: readonly string[]): Promise<string[]> {
  const people = await readPeople(context.store.read, context.workspaceId);
  const chosen = ids.map((id) => {
    if (people.has(id)) return canonicalPerson(people, id);
    throw new AdjutantError('NotFound', 'There is no person of one of these ids here.', {
      hint: 'Ids of people are what findPeople returns.',
    });
  });
  return [...new Set(chosen)].toSorted();
}

/** As the store writes them small: letters from A to Z alone. */
function tidied(labels: readonly string[]): string[] {
  const small = labels.map((label) => label.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()));
  return [...new Set(small)].toSorted();
}
