import type { TwinEventBase, TwinEventOf, TwinEventType } from '../../data/records.ts';
import {
  dateTime,
  fieldsOf,
  unknownFields,
  type FieldTable,
  type Resolve,
} from '../field-table.ts';
import { opaqueId } from '../node-id.ts';
import { subjectUrl } from './shared.ts';

type Fields<Type extends TwinEventType> = Readonly<Record<string, Resolve<TwinEventOf<Type>>>>;

/** Writes the table of one kind of event: what all have, and its own. */
function eventOf<Type extends TwinEventType>(type: Type, own: Fields<Type> = {}): FieldTable {
  return fieldsOf<TwinEventOf<Type>>({
    id: ({ id }) => opaqueId(type, id),
    actor: ({ actor, id }, _, context) => context.actorOf(actor, `${type} ${id}`),
    createdAt: ({ at }) => dateTime(at),
    ...own,
  });
}

const ofPullRequest: Readonly<Record<string, Resolve<TwinEventBase>>> = {
  pullRequest: ({ subject }) => (subject.type === 'PullRequest' ? subject : null),
};
const addressed: Readonly<Record<string, Resolve<TwinEventBase>>> = {
  url: ({ id, subject }, _, context) => `${subjectUrl(subject, context)}#event-${id}`,
};
const linked: Fields<'ConnectedEvent' | 'DisconnectedEvent'> = {
  source: ({ source }) => source,
  subject: ({ subject }) => subject,
  isCrossRepository: ({ source, subject }) => source.repository !== subject.repository,
};
const milestoned: Fields<'DemilestonedEvent' | 'MilestonedEvent'> = {
  milestoneTitle: ({ milestoneTitle }) => milestoneTitle,
  subject: ({ subject }) => subject,
};
const labelled: Fields<'LabeledEvent' | 'UnlabeledEvent'> = {
  label: ({ label }) => label,
  labelable: ({ subject }) => subject,
};
const assigned: Fields<'AssignedEvent' | 'UnassignedEvent'> = {
  assignee: ({ assignee, type, id }, _, context) =>
    context.actorOf(assignee, `assignee ${type} ${id}`),
  assignable: ({ subject }) => subject,
};
const requested: Fields<'ReviewRequestedEvent' | 'ReviewRequestRemovedEvent'> = {
  ...ofPullRequest,
  requestedReviewer: ({ requestedReviewer, type, id }, _, context) =>
    context.actorOf(requestedReviewer, `reviewer ${type} ${id}`),
};

export const eventFields: Readonly<Record<TwinEventType, FieldTable>> = {
  AddedToMergeQueueEvent: eventOf('AddedToMergeQueueEvent', {
    ...ofPullRequest,
    ...unknownFields('mergeQueue', 'enqueuer'),
  }),
  AssignedEvent: eventOf('AssignedEvent', assigned),
  BaseRefChangedEvent: eventOf('BaseRefChangedEvent', {
    ...ofPullRequest,
    currentRefName: ({ currentRefName }) => currentRefName,
    previousRefName: ({ previousRefName }) => previousRefName,
  }),
  ClosedEvent: eventOf('ClosedEvent', {
    ...addressed,
    stateReason: ({ stateReason }) => stateReason,
    closable: ({ subject }) => subject,
    ...unknownFields('closer'),
  }),
  ConnectedEvent: eventOf('ConnectedEvent', linked),
  ConvertToDraftEvent: eventOf('ConvertToDraftEvent', { ...ofPullRequest, ...addressed }),
  CrossReferencedEvent: eventOf('CrossReferencedEvent', {
    ...addressed,
    source: ({ source }) => source,
    target: ({ subject }) => subject,
    willCloseTarget: ({ willCloseTarget }) => willCloseTarget,
    referencedAt: ({ at }) => dateTime(at),
    isCrossRepository: ({ source, subject }) => source.repository !== subject.repository,
  }),
  DemilestonedEvent: eventOf('DemilestonedEvent', milestoned),
  DisconnectedEvent: eventOf('DisconnectedEvent', linked),
  HeadRefDeletedEvent: eventOf('HeadRefDeletedEvent', {
    ...ofPullRequest,
    headRefName: ({ headRefName }) => headRefName,
    ...unknownFields('headRef'),
  }),
  HeadRefForcePushedEvent: eventOf('HeadRefForcePushedEvent', {
    ...ofPullRequest,
    beforeCommit: ({ beforeCommit }) => beforeCommit,
    afterCommit: ({ afterCommit }) => afterCommit,
    ...unknownFields('ref'),
  }),
  LabeledEvent: eventOf('LabeledEvent', labelled),
  MergedEvent: eventOf('MergedEvent', {
    ...ofPullRequest,
    ...addressed,
    commit: ({ commit }) => commit,
    mergeRefName: ({ mergeRefName }) => mergeRefName,
    ...unknownFields('mergeRef'),
  }),
  MilestonedEvent: eventOf('MilestonedEvent', milestoned),
  ReadyForReviewEvent: eventOf('ReadyForReviewEvent', { ...ofPullRequest, ...addressed }),
  RemovedFromMergeQueueEvent: eventOf('RemovedFromMergeQueueEvent', {
    ...ofPullRequest,
    reason: ({ reason }) => reason,
    ...unknownFields('mergeQueue', 'enqueuer', 'beforeCommit'),
  }),
  RenamedTitleEvent: eventOf('RenamedTitleEvent', {
    previousTitle: ({ previousTitle }) => previousTitle,
    currentTitle: ({ currentTitle }) => currentTitle,
    subject: ({ subject }) => subject,
  }),
  ReopenedEvent: eventOf('ReopenedEvent', {
    stateReason: ({ stateReason }) => stateReason,
    closable: ({ subject }) => subject,
  }),
  ReviewDismissedEvent: eventOf('ReviewDismissedEvent', {
    ...ofPullRequest,
    ...addressed,
    databaseId: ({ id }) => id,
    review: ({ review }) => review,
    previousReviewState: ({ previousReviewState }) => previousReviewState,
    dismissalMessage: ({ dismissalMessage }) => dismissalMessage,
    ...unknownFields('pullRequestCommit'),
  }),
  ReviewRequestRemovedEvent: eventOf('ReviewRequestRemovedEvent', requested),
  ReviewRequestedEvent: eventOf('ReviewRequestedEvent', requested),
  UnassignedEvent: eventOf('UnassignedEvent', assigned),
  UnlabeledEvent: eventOf('UnlabeledEvent', labelled),
};
