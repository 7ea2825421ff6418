import { z } from 'zod';
import type { JiraClient } from '../client/jira-client.ts';
import { type RestIssue, restIssueSchema } from '../rest/rest-shapes.ts';

const issuesAtOnce = 100;

const answerSchema = z.object({
  issues: z.array(z.unknown()).nullish(),
  issueErrors: z.array(z.object({ id: z.string().nullish() })).nullish(),
});

export interface FetchedIssues {
  found: Map<string, RestIssue>;
  /** Jira could not give them now; they are not gone. */
  failed: ReadonlySet<string>;
}

/** Returns issues by their ids; what is in neither list Jira does not show. */
export async function fetchIssues(
  client: JiraClient,
  ids: readonly string[],
  fields: readonly string[],
): Promise<FetchedIssues> {
  const found = new Map<string, RestIssue>();
  const failed = new Set<string>();
  for (let at = 0; at < ids.length; at += issuesAtOnce) {
    const answer = await client.ask(
      async ({ bulkFetchIssues }, jira) =>
        await bulkFetchIssues(jira, {
          issueIdsOrKeys: ids.slice(at, at + issuesAtOnce),
          fields: [...fields],
        }),
      answerSchema,
      'issues',
    );
    for (const value of answer.issues ?? []) {
      const issue = restIssueSchema.safeParse(value);
      if (issue.success) found.set(issue.data.id, issue.data);
    }
    for (const { id } of answer.issueErrors ?? []) {
      if (id !== null && id !== undefined) failed.add(id);
    }
  }
  return { found, failed };
}
