import type { AnyActionDefinition } from '@adjutant/core';
import type { GithubConfig } from '../config.ts';
import { issueComment } from './issue-comment.ts';
import { issueCreateLow } from './issue-create-low.ts';
import { issueCreate } from './issue-create.ts';
import { prAssignReviewers } from './pr-assign-reviewers.ts';
import { prBackport } from './pr-backport.ts';
import { prClose } from './pr-close.ts';
import { prCommentSummary } from './pr-comment-summary.ts';
import { prComment } from './pr-comment.ts';
import { prLabel } from './pr-label.ts';
import { prMerge } from './pr-merge.ts';
import { webhookRegister } from './webhook-register.ts';
import { workflowRerun } from './workflow-rerun.ts';

/** Returns what can be changed at GitHub, each only through an approved action. */
export function githubActions(config: GithubConfig): readonly AnyActionDefinition[] {
  return [
    prMerge(config),
    prClose(config),
    prBackport(config),
    prLabel(config),
    prAssignReviewers(config),
    prComment(config),
    prCommentSummary(config),
    issueCreate(config),
    issueCreateLow(config),
    issueComment(config),
    workflowRerun(config),
    webhookRegister(config),
  ];
}
