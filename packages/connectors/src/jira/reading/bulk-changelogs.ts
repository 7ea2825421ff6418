import { AdjutantError } from '@adjutant/core';
import { z } from 'zod';
import type { JiraClient } from '../client/jira-client.ts';
import { type RestHistory, restHistorySchema } from '../rest/rest-shapes.ts';

/** As many as Jira takes at once. */
export const issuesAtOnce = 1_000;
const fieldsAtOnce = 10;
const historiesAtOnce = 10_000;
const mostPages = 1_000;

const pageSchema = z.object({
  issueChangeLogs: z
    .array(
      z.object({
        issueId: z.union([z.string(), z.number()]).transform(String),
        changeHistories: z.array(z.unknown()).nullish(),
      }),
    )
    .nullish(),
  nextPageToken: z.string().nullish(),
});

/**
 * Returns the changes of issues by their ids: an empty list for one in which nothing has changed, and
 * null for all where Jira does not let them be read.
 * @throws AdjutantError `Upstream` where the pages lead in a circle
 */
export async function bulkChangelogs(
  client: JiraClient,
  issueIds: readonly string[],
  fieldIds: readonly string[],
): Promise<ReadonlyMap<string, RestHistory[]> | null> {
  const found = new Map<string, RestHistory[]>(issueIds.map((id) => [id, []]));
  for (let at = 0; at < issueIds.length; at += issuesAtOnce) {
    const ids = issueIds.slice(at, at + issuesAtOnce);
    const isWhole = await readPages(client, ids, fieldIds.slice(0, fieldsAtOnce), found);
    if (!isWhole) return null;
  }
  return found;
}

async function readPages(
  client: JiraClient,
  issueIdsOrKeys: string[],
  fieldIds: string[],
  found: Map<string, RestHistory[]>,
): Promise<boolean> {
  const seen = new Set<string>();
  let token: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const answer: z.infer<typeof pageSchema> | null = await client
      .ask(
        async ({ getBulkChangelogs }, jira) =>
          await getBulkChangelogs(jira, {
            issueIdsOrKeys,
            fieldIds,
            maxResults: historiesAtOnce,
            ...(token === null ? {} : { nextPageToken: token }),
          }),
        pageSchema,
        'the history of issues',
      )
      .catch(deniedAsNull);
    if (answer === null) return false;
    for (const { issueId, changeHistories } of answer.issueChangeLogs ?? []) {
      const histories = (changeHistories ?? []).flatMap(
        (history) => restHistorySchema.safeParse(history).data ?? [],
      );
      found.get(issueId)?.push(...histories);
    }
    token = answer.nextPageToken ?? null;
    if (token === null || token === '') return true;
    if (seen.has(token)) break;
    seen.add(token);
  }
  throw new AdjutantError('Upstream', 'Jira gave the history of issues in a circle.', {
    source: 'jira',
    retryable: true,
    hint: 'It goes on where it stopped when it is tried again.',
  });
}

function deniedAsNull(error: unknown): null {
  if (AdjutantError.isInstance(error) && error.code === 'Permission') return null;
  throw error;
}
