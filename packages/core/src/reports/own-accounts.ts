import { type SQL, sql } from 'drizzle-orm';
import { readLentAccounts } from '../identity/lent-accounts.ts';
import type { ReadContext } from '../reads/read-context.ts';

/** The accounts of a person, as a list that a statement can look a row's account up in. */
export interface OwnAccounts {
  /** `(source, external id)` pairs, for `in`. */
  list: SQL;
}

/**
 * Returns the accounts that are a person's own: neither those of bots, nor those that a rule or a lead
 * moved to them later. What is private follows no merge but one that an administrator agreed to.
 */
export async function ownAccounts(context: ReadContext, personId: string): Promise<OwnAccounts> {
  const { store, workspaceId } = context;
  const lent = [...(await readLentAccounts(store.read, workspaceId, personId))];
  const others = sql.join(
    lent.map((key) => {
      const [source = '', ...rest] = key.split('\n');
      return sql`(${source}, ${rest.join('\n')})`;
    }),
    sql`, `,
  );
  const isOwn =
    lent.length === 0
      ? sql``
      : sql` and (l.account_source, l.account_external_id) not in (values ${others})`;
  const list = sql`(select l.account_source, l.account_external_id from person_accounts l
    left join accounts known on known.workspace_id = l.workspace_id
      and known.source = l.account_source and known.external_id = l.account_external_id
    where l.workspace_id = ${workspaceId} and l.person_id = ${personId}${isOwn}
      and coalesce(known.is_bot or known.kind <> 'human', 0) = 0)`;
  return { list };
}
