import { type SQL, sql } from 'drizzle-orm';
import { canonicalPerson, namesOf } from '../actions/who-counts.ts';
import type { ReadContext } from '../reads/read-context.ts';

/** The accounts of a person, as a list that a statement can look a row's account up in. */
export interface OwnAccounts {
  /** `(source, external id)` pairs, for `in`. */
  list: SQL;
  names: readonly string[];
}

/** Returns the accounts of a person and of everybody who was merged with them; bots are nobody's. */
export async function ownAccounts(context: ReadContext, personId: string): Promise<OwnAccounts> {
  const { store, workspaceId } = context;
  const present = await canonicalPerson(store.read, workspaceId, personId);
  const names = await namesOf(store.read, workspaceId, present);
  const ids = sql.join(
    names.map((name) => sql`${name}`),
    sql`, `,
  );
  const list = sql`(select l.account_source, l.account_external_id from person_accounts l
    left join accounts known on known.workspace_id = l.workspace_id
      and known.source = l.account_source and known.external_id = l.account_external_id
    where l.workspace_id = ${workspaceId} and l.person_id in (${ids})
      and coalesce(known.is_bot or known.kind <> 'human', 0) = 0)`;
  return { list, names };
}
