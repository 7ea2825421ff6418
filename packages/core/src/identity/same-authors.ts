import { sql } from 'drizzle-orm';
import { queryTuples } from '../store/raw-query.ts';
import type { Store } from '../store/store.ts';
import { yieldToEventLoop } from '../store/yield-to-event-loop.ts';
import type { AccountKey } from './resolve-accounts.ts';

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
  const opposite = new Map<string, Set<string>>();
  for (const [from, to] of shaParts) {
    const rows = await queryTuples<[string, string, string, string]>(
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
    for (const [source, externalId, otherSource, otherExternalId] of rows) {
      const key = `${source}\n${externalId}`;
      const found = opposite.get(key) ?? new Set();
      opposite.set(key, found.add(`${otherSource}\n${otherExternalId}`));
    }
    await yieldToEventLoop();
  }
  return [...opposite].flatMap(([key, others]) =>
    others.size === 1
      ? [[toKey(key), toKey([...others][0] ?? '')] as [AccountKey, AccountKey]]
      : [],
  );
}

function toKey(text: string): AccountKey {
  const [source = '', externalId = ''] = text.split('\n');
  return { source, externalId };
}
