import { z } from 'zod';
import type { JiraClient } from '../client/jira-client.ts';
import { type RestIssue, restIssueSchema } from '../rest/rest-shapes.ts';

/** More than Jira gives with fields; it cuts the page to what it can. */
const askedAtOnce = 1_000;
const askedIds = 5_000;
const mostPages = 20_000;

const pageSchema = z.object({
  issues: z.array(z.unknown()).nullish(),
  nextPageToken: z.string().nullish(),
  warnings: z.array(z.unknown()).nullish(),
});

export interface IssuePage {
  issues: readonly RestIssue[];
  /** How many had another form than any issue has. */
  unreadable: number;
}

/** How a search ended: what it gave may be all there is, or not. */
export interface SearchEnd {
  isWhole: boolean;
}

/**
 * Yields the pages of a search and returns whether they were all. A token that came before leads in
 * a circle, and a page without issues may have one after it: neither what `isLast` says nor an empty
 * page ends a search, only a missing token does.
 */
export async function* searchIssues(
  client: JiraClient,
  jql: string,
  fields: readonly string[],
): AsyncGenerator<IssuePage, SearchEnd> {
  const seen = new Set<string>();
  const isOfIds = fields.length === 1 && fields[0] === 'id';
  let token: string | null = null;
  let isWhole = true;
  for (let page = 0; page < mostPages; page += 1) {
    const answer: z.infer<typeof pageSchema> = await client.ask(
      async ({ searchIssues: search }, jira) =>
        await search(jira, {
          jql,
          fields: [...fields],
          maxResults: isOfIds ? askedIds : askedAtOnce,
          ...(token === null ? {} : { nextPageToken: token }),
        }),
      pageSchema,
      'issues',
    );
    // Jira says here that it has cut the result short.
    if ((answer.warnings ?? []).length > 0) isWhole = false;
    const values = answer.issues ?? [];
    const issues = values.flatMap((value) => restIssueSchema.safeParse(value).data ?? []);
    yield { issues, unreadable: values.length - issues.length };
    token = answer.nextPageToken ?? null;
    if (token === null || token === '') return { isWhole };
    if (seen.has(token)) return { isWhole: false };
    seen.add(token);
  }
  return { isWhole: false };
}
