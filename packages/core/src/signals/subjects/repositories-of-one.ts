import { sql } from 'drizzle-orm';
import { readColumns } from '../../store/json-columns.ts';
import { yieldToEventLoop } from '../../store/yield-to-event-loop.ts';
import { keyOf, type SubjectContext } from '../subject-context.ts';

const lookBackMs = 90 * 86_400_000;
/** So many of a repository tell whether anybody else is at work there. */
const mostRequests = 150;
const repositoriesAtOnce = 20;

interface AskedRequest {
  source: string;
  externalId: string;
  repositoryExternalId: string;
  author: string | null;
}

/**
 * Returns of pull requests, under the key of each, whether anybody but its author opened or reviewed
 * others of the same repository lately: whoever is alone there has nobody to ask for a review.
 */
export async function loadRepositoriesOfOne(
  context: SubjectContext,
  requests: readonly AskedRequest[],
): Promise<Map<string, boolean>> {
  const accounts = await context.accounts();
  const found = new Map<string, boolean>();
  const byRepository = Map.groupBy(requests, (request) =>
    keyOf(request.source, request.repositoryExternalId),
  );
  const groups = [...byRepository];
  for (let start = 0; start < groups.length; start += repositoriesAtOnce) {
    const some = groups.slice(start, start + repositoriesAtOnce);
    const work = await loadWork(
      context,
      some.flatMap(([, ofOne]) => ofOne.slice(0, 1)),
    );
    for (const [key, ofOne] of some) {
      const { authors = new Set<string>(), isReviewed = false } = work.get(key) ?? {};
      for (const { source, externalId, author } of ofOne) {
        const isAlone = [...authors].every(
          (other) => other === author || (accounts.get(keyOf(source, other))?.isBot ?? false),
        );
        found.set(keyOf(source, externalId), isReviewed || !isAlone);
      }
    }
    await yieldToEventLoop();
  }
  return found;
}

interface RepositoryWork {
  authors: Set<string>;
  isReviewed: boolean;
}

async function loadWork(
  { read, now }: SubjectContext,
  repositories: readonly AskedRequest[],
): Promise<Map<string, RepositoryWork>> {
  const asked = JSON.stringify(
    repositories.map(({ source, repositoryExternalId }) => [source, repositoryExternalId]),
  );
  const { workspaceId } = read;
  const columns = await readColumns(
    read.store.read,
    ['source', 'repository', 'author', 'isReviewed'],
    sql`select p.source, p.repository_external_id as repository,
        p.author_account_external_id as author,
        max(coalesce(f.reviewer_count, 0) > 0) as "isReviewed"
      from json_each(${asked}) asked
      cross join pull_requests p on p.id in (select one.id from pull_requests one
        where one.workspace_id = ${workspaceId}
          and one.source = json_extract(asked.value, '$[0]')
          and one.repository_external_id = json_extract(asked.value, '$[1]')
        order by one.number desc limit ${mostRequests})
      left join pull_request_facts f on f.workspace_id = p.workspace_id and f.source = p.source
        and f.pull_request_external_id = p.external_id
      where p.opened_at > ${now - lookBackMs} and p.opened_at <= ${now}
        and p.author_account_external_id is not null
      group by 1, 2, 3`,
  );
  const [sources = [], places = [], authors = [], reviewed = []] = columns;
  const work = new Map<string, RepositoryWork>();
  for (const [position, author] of authors.entries()) {
    const key = keyOf(String(sources[position]), String(places[position]));
    const known = work.get(key) ?? { authors: new Set<string>(), isReviewed: false };
    known.authors.add(String(author));
    known.isReviewed ||= reviewed[position] === 1;
    work.set(key, known);
  }
  return work;
}
