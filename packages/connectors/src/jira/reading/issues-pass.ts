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

/** Returns the ids of what the store holds. */
export async function knownIds({ request }: Pick<IssuesPass, 'request'>): Promise<Set<string>> {
  const known = new Set<string>();
  for await (const id of request.knownExternalIds?.() ?? []) known.add(id);
  return known;
}

export const incompleteList: IssueGap = {
  code: 'list_incomplete',
  message:
    'Jira gave no complete list of issues: what is missing is asked for again by the next sync.',
  affectedCount: null,
};

/** Returns a gap where issues had a form that is not known. */
export function unreadableGaps(count: number): IssueGap[] {
  if (count === 0) return [];
  const message = 'Some issues had a form that is not known, and were left out.';
  return [{ code: 'issues_unreadable', message, affectedCount: count }];
}
