import type { Batch, ReadRequest } from '@adjutant/core';
import type { JiraClient } from '../client/jira-client.ts';
import type { IssuesState } from './issues-state.ts';
import type { ReadTerms } from './site-terms.ts';

export type IssueGap = Batch['gaps'][number];

/** What every way of reading is handed. */
export interface IssuesPass {
  client: JiraClient;
  request: ReadRequest;
  /** Ids of the projects that the credential sees now. */
  projectIds: readonly string[];
  projectKeys: ReadonlyMap<string, string>;
  /** Ids of what the store holds, read once. */
  known: () => Promise<Set<string>>;
  /** Reads fields and statuses when the first issue needs them. */
  terms: () => Promise<ReadTerms>;
  /** When this pass began, by the server's clock. @unit epoch milliseconds */
  startedAt: number;
}

/** Where a way of reading leaves off. */
export interface IssuesEnd {
  state: IssuesState;
  gaps: IssueGap[];
}

export const incompleteList: IssueGap = {
  code: 'list_incomplete',
  message:
    'Jira gave no complete list of issues: what is missing is asked for again by the next sync.',
  affectedCount: null,
};
