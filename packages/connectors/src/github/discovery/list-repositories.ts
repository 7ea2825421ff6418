import { z } from 'zod';
import { type AskingContext, whileSomebodyWaits } from '../../http/while-somebody-waits.ts';
import { createClient } from '../client/client.ts';
import { publicApiUrl } from '../client/api-address.ts';
import { type GithubConfig, repositoryNameSchema } from '../config.ts';
import { githubVendor } from '../github-vendor.ts';

const pageSize = 100;
const mostPages = 5;

const repositorySchema = z.object({
  full_name: repositoryNameSchema,
  private: z.boolean().nullish().catch(null),
  archived: z.boolean().nullish().catch(null),
  pushed_at: z.iso.datetime({ offset: true }).nullish().catch(null),
});

/** A repository that may be chosen. */
export interface ListedRepository {
  /** As owner/name. */
  fullName: string;
  /** Null where GitHub did not say. */
  isPrivate: boolean | null;
  isArchived: boolean;
  /** Null where nothing was ever pushed, or GitHub did not say. */
  pushedAt: number | null;
}

export interface RepositoryList {
  /** Archived ones last; among the others those that were pushed to last come first. */
  repositories: ListedRepository[];
  /** False where there are more than are listed. */
  isWhole: boolean;
}

/**
 * Returns the repositories that a token can read, at most some hundreds, so that somebody can choose.
 * Nothing of them is read but what a list shows.
 * @throws AdjutantError
 */
export async function listRepositories(
  config: Pick<GithubConfig, 'token'> & Partial<Pick<GithubConfig, 'baseUrl' | 'tokenHost'>>,
  context: AskingContext,
): Promise<RepositoryList> {
  return await whileSomebodyWaits(context, githubVendor, async (asking) => {
    const client = createClient({ ...asking, config: { baseUrl: publicApiUrl, ...config } });
    const found = new Map<string, ListedRepository>();
    let isWhole = false;
    for (let page = 1; page <= mostPages && !isWhole; page += 1) {
      const query = { sort: 'pushed', direction: 'desc', per_page: pageSize, page };
      const { data, headers } = await client.get('/user/repos', query);
      for (const one of repositoriesIn(data)) found.set(one.fullName.toLowerCase(), one);
      isWhole = !/;\s*rel="next"/.test(headers['link'] ?? '');
    }
    const repositories = [...found.values()].toSorted(
      (one, other) =>
        Number(one.isArchived) - Number(other.isArchived) ||
        (other.pushedAt ?? 0) - (one.pushedAt ?? 0),
    );
    return { repositories, isWhole };
  });
}

function repositoriesIn(data: unknown): ListedRepository[] {
  return (Array.isArray(data) ? data : []).flatMap((item: unknown) => {
    const parsed = repositorySchema.safeParse(item);
    if (!parsed.success) return [];
    const { full_name: fullName, private: isPrivate, archived, pushed_at: pushedAt } = parsed.data;
    return [
      {
        fullName,
        isPrivate: isPrivate ?? null,
        isArchived: archived === true,
        pushedAt: pushedAt ? Date.parse(pushedAt) : null,
      },
    ];
  });
}
