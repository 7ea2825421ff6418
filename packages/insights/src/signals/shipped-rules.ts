import type { AnySignalRule } from '@adjutant/core/domain';
import { blockedStory } from './rules/blocked-story.ts';
import { blockerInThread } from './rules/blocker-in-thread.ts';
import { incidentOpenPastTarget } from './rules/incident-open-past-target.ts';
import { incidentWithoutOwner } from './rules/incident-without-owner.ts';
import { missingFollowUp } from './rules/missing-follow-up.ts';
import { overdueStory } from './rules/overdue-story.ts';
import { repeatedCarryOver } from './rules/repeated-carry-over.ts';
import { scopeCreep } from './rules/scope-creep.ts';
import { sensitiveWorkItemTitle } from './rules/sensitive-work-item-title.ts';
import { sprintOverCommitted } from './rules/sprint-over-committed.ts';
import { stalePullRequest } from './rules/stale-pull-request.ts';
import { startedWithoutProgress } from './rules/started-without-progress.ts';
import { storyWithoutOwner } from './rules/story-without-owner.ts';
import { unplannedWorkShare } from './rules/unplanned-work-share.ts';

/** The rules that come with the product. */
export const shippedRules: readonly AnySignalRule[] = [
  stalePullRequest,
  overdueStory,
  blockedStory,
  blockerInThread,
  storyWithoutOwner,
  startedWithoutProgress,
  sensitiveWorkItemTitle,
  sprintOverCommitted,
  scopeCreep,
  repeatedCarryOver,
  unplannedWorkShare,
  incidentWithoutOwner,
  incidentOpenPastTarget,
  missingFollowUp,
];
