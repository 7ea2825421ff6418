import { defineStream } from '@adjutant/core';
import type { JiraConfig } from '../config.ts';
import { isSite } from '../discovery/discover.ts';
import { type IssuePayload, issuePayloadSchema } from '../map/issue-payload.ts';
import { mapIssue } from '../map/map-issue.ts';
import { readIssues } from '../reading/read-issues.ts';

/** Issues of the selected projects, with what happened to status, sprint, estimate and assignee. */
export const issues = defineStream<JiraConfig, IssuePayload>({
  id: 'issues',
  title: 'Issues',
  payloadSchema: issuePayloadSchema,
  appliesTo: isSite,
  read: readIssues,
  map: mapIssue,
});
