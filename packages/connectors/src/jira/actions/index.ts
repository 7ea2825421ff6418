import type { AnyActionDefinition } from '@adjutant/core';
import type { JiraConfig } from '../config.ts';
import { issueAssign } from './issue-assign.ts';
import { issueComment } from './issue-comment.ts';
import { issueCreate } from './issue-create.ts';
import { issueTransition } from './issue-transition.ts';

/** Returns what can be changed at Jira, each only through an approved action. */
export function jiraActions(config: JiraConfig): readonly AnyActionDefinition[] {
  return [issueTransition(config), issueAssign(config), issueComment(config), issueCreate(config)];
}
