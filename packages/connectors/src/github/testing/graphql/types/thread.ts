import type {
  TwinActor,
  TwinComment,
  TwinEvent,
  TwinLabel,
  TwinReview,
  TwinSubject,
} from '../../data/records.ts';
import { connection } from '../connection.ts';
import { dateTime, unknownFields, type FieldArguments, type TwinContext } from '../field-table.ts';
import { nodeId } from '../node-id.ts';
import type { TwinPullRequestCommit } from './commit.ts';
import { pathOf, subjectUrl } from './shared.ts';

type TimelineItem = TwinComment | TwinEvent | TwinPullRequestCommit | TwinReview;

function timelineOf(subject: TwinSubject): TimelineItem[] {
  const items: TimelineItem[] = [...subject.events, ...subject.comments];
  if (subject.type === 'Issue') return items;
  const commits = subject.commits.map(
    (commit): TwinPullRequestCommit => ({
      type: 'PullRequestCommit',
      commit,
      pullRequest: subject,
    }),
  );
  return [...items, ...subject.reviews, ...commits];
}

function instantOf(item: TimelineItem): number {
  if (item.type === 'PullRequestCommit') return item.commit.committer.at;
  if (item.type === 'PullRequestReview') return item.submittedAt;
  return item.at;
}

/** `READY_FOR_REVIEW_EVENT` of `ReadyForReviewEvent`, as the item types are called. */
function itemTypeOf(item: TimelineItem): string {
  return item.type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
}

function wantedItems(subject: TwinSubject, args: FieldArguments): TimelineItem[] {
  const since = typeof args.since === 'string' ? Date.parse(args.since) : Number.NEGATIVE_INFINITY;
  return timelineOf(subject).filter(
    (item) =>
      instantOf(item) >= since &&
      (args.itemTypes === null ||
        args.itemTypes === undefined ||
        args.itemTypes.includes(itemTypeOf(item))),
  );
}

/** What pull requests and issues have in common. */
export const threadFields = {
  id: (subject: TwinSubject) => nodeId(subject),
  databaseId: ({ id }: TwinSubject) => id,
  fullDatabaseId: ({ id }: TwinSubject) => String(id),
  number: ({ number }: TwinSubject) => number,
  title: ({ title }: TwinSubject) => title,
  body: ({ body }: TwinSubject) => body,
  bodyText: ({ body }: TwinSubject) => body,
  state: ({ state }: TwinSubject) => state,
  closed: ({ state }: TwinSubject) => state !== 'OPEN',
  createdAt: ({ createdAt }: TwinSubject) => dateTime(createdAt),
  publishedAt: ({ createdAt }: TwinSubject) => dateTime(createdAt),
  updatedAt: ({ updatedAt }: TwinSubject) => dateTime(updatedAt),
  closedAt: ({ closedAt }: TwinSubject) => dateTime(closedAt),
  repository: ({ repository }: TwinSubject) => repository,
  locked: () => false,
  url: (subject: TwinSubject, _: unknown, context: TwinContext) => subjectUrl(subject, context),
  resourcePath: (subject: TwinSubject, _: unknown, context: TwinContext) =>
    pathOf(subjectUrl(subject, context), context),
  author: ({ author, type, id }: TwinSubject, _: unknown, context: TwinContext) =>
    context.actorOf(author, `${type} ${id}`),
  authorAssociation: ({ author }: TwinSubject) => associationOf(author),
  milestone: ({ milestone }: TwinSubject) => milestone,
  ...unknownFields('editor', 'lastEditedAt', 'activeLockReason'),
  labels: connection<TwinSubject, TwinLabel>({
    orders: ['CREATED_AT'],
    items: ({ labels }) => labels,
  }),
  assignees: connection<TwinSubject, TwinActor>({ items: ({ assignees }) => assignees }),
  comments: connection<TwinSubject, TwinComment>({
    orders: ['UPDATED_AT'],
    items: ({ comments }) => comments,
    place: ({ at, updatedAt, id }, _, args) => [
      args.orderBy?.field === 'UPDATED_AT' ? updatedAt : at,
      id,
    ],
  }),
  timelineItems: connection<TwinSubject, TimelineItem>({
    accepts: ['itemTypes', 'since', 'skip'],
    items: wantedItems,
    place: (item, position) => [
      instantOf(item),
      item.type === 'PullRequestCommit' ? position : item.id,
    ],
    more: ({ items, betweenCursors }, subject) => ({
      filteredCount: betweenCursors,
      pageCount: items.length,
      updatedAt: dateTime(subject.updatedAt),
    }),
  }),
};

/** The twin knows members of the organisation only by the lists of members. */
export function associationOf(author: TwinActor | null): string {
  return author?.type === 'User' ? 'MEMBER' : 'NONE';
}
