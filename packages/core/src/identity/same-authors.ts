import { sql } from 'drizzle-orm';
import { queryTuples } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { AccountKey } from './resolve-accounts.ts';

type Pair = [string, string, string, string];

/** First characters of a sha: each query covers one of them, so that none holds the event loop. */
const shaParts = Array.from('0123456789abcdef', (digit) => [digit, `${digit}~`] as const);

/**
 * Returns the pairs of accounts that the two sources of one repository name as author of the same
 * commits. An account that stands opposite two is left out: somebody else commits under it.
 */
export async function loadSameAuthors(
  store: Store,
  workspaceId: string,
): Promise<[AccountKey, AccountKey][]> {
  const pairs: Pair[] = [];
  for (const [from, to] of shaParts) {
    const found = await queryTuples<Pair>(
      store.read,
      sql`
      select distinct own.source, own.author_account_external_id, other.source,
        other.author_account_external_id
      from repository_leads f
      cross join commits own on own.workspace_id = f.workspace_id and own.source = f.source
        and own.repository_external_id = f.repository_external_id
        and own.sha >= ${from} and own.sha < ${to}
      cross join commits other on other.workspace_id = f.workspace_id
        and other.source = f.lead_source
        and other.repository_external_id = f.lead_repository_external_id and other.sha = own.sha
      where f.workspace_id = ${workspaceId} and own.author_account_external_id is not null
        and other.author_account_external_id is not null`,
    );
    pairs.push(...found);
    await yieldToEventLoop();
  }
  return oneToOne(pairs);
}

/**
 * Returns the pairs of accounts that the two sources name as author of the same merges. Less sure than
 * a commit: whoever squashes may write another name into it than the one who opened the pull request.
 */
export async function loadSameMergeAuthors(
  store: Store,
  workspaceId: string,
): Promise<[AccountKey, AccountKey][]> {
  const pairs = await queryTuples<Pair>(
    store.read,
    sql`
    select distinct own.source, own.author_account_external_id, other.source,
      other.author_account_external_id
    from repository_leads f
    cross join pull_requests own on own.workspace_id = f.workspace_id and own.source = f.source
      and own.repository_external_id = f.repository_external_id
    cross join pull_requests other on other.workspace_id = f.workspace_id
      and other.merge_sha = own.merge_sha and other.source = f.lead_source
      and other.repository_external_id = f.lead_repository_external_id
    where f.workspace_id = ${workspaceId} and own.author_account_external_id is not null
      and other.author_account_external_id is not null`,
  );
  return oneToOne(pairs);
}

function oneToOne(pairs: readonly Pair[]): [AccountKey, AccountKey][] {
  const opposite = new Map<string, Set<string>>();
  for (const [source, externalId, otherSource, otherExternalId] of pairs) {
    const key = `${source}\n${externalId}`;
    const found = opposite.get(key) ?? new Set<string>();
    opposite.set(key, found.add(`${otherSource}\n${otherExternalId}`));
  }
  return [...opposite].flatMap(([key, others]): [AccountKey, AccountKey][] => {
    const [other] = others;
    return others.size === 1 && other !== undefined ? [[toKey(key), toKey(other)]] : [];
  });
}

function toKey(text: string): AccountKey {
  const [source = '', externalId = ''] = text.split('\n');
  return { source, externalId };
}
