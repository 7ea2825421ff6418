import type { SourceRecord } from '@adjutant/core';
import type { JiraClient } from '../client/jira-client.ts';
import { issueOfRest } from '../rest/payload-of-rest.ts';
import { restFieldsSchema, type RestIssue } from '../rest/rest-shapes.ts';
import { bulkChangelogs } from './bulk-changelogs.ts';
import type { ReadTerms } from './site-terms.ts';

export interface IssueRecords {
  records: SourceRecord[];
  /** Of each issue the change that is here now. */
  updated: Map<string, string>;
  /** Histories may not be read: what is here already with its own is left as it is. */
  historyDenied: boolean;
  unreadable: number;
  usesSecurity: boolean;
}

/** Returns the records of issues, each with its history, in the order given. */
export async function issueRecords(
  client: JiraClient,
  issues: readonly RestIssue[],
  { terms, historyFields }: ReadTerms,
  known: () => Promise<ReadonlySet<string>>,
): Promise<IssueRecords> {
  const byId = new Map(issues.map((issue) => [issue.id, issue]));
  const histories =
    byId.size === 0
      ? new Map<string, never>()
      : await bulkChangelogs(client, [...byId.keys()], historyFields);
  const made: IssueRecords = {
    records: [],
    updated: new Map(),
    historyDenied: histories === null,
    unreadable: 0,
    usesSecurity: false,
  };
  const kept = histories === null ? await known() : new Set<string>();
  for (const [id, issue] of byId) {
    if (kept.has(id)) continue;
    const payload = issueOfRest(issue, histories?.get(id) ?? null, terms);
    if (payload === null) {
      made.unreadable += 1;
      continue;
    }
    const { security, updated } = restFieldsSchema.parse(issue.fields);
    if (security !== null && security !== undefined) made.usesSecurity = true;
    if (typeof updated === 'string') made.updated.set(id, updated);
    made.records.push({ externalId: id, payload });
  }
  return made;
}
