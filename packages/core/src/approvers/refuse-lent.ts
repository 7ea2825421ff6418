import { AdjutantError } from '../errors.ts';
import { readLentAccounts } from '../identity/lent-accounts.ts';
import type { Database } from '../store/database.ts';
import { localAccountSource } from './owner-grant.ts';

/**
 * Whoever says whose account something is would else say to whom a right goes that is meant for another.
 * @throws AdjutantError `Conflict` for an account that stands with somebody by a rule or a lead only
 */
export async function refuseLent(
  database: Database,
  workspaceId: string,
  account: { accountSource: string; accountExternalId: string; personId: string },
): Promise<void> {
  const { accountSource, accountExternalId, personId } = account;
  const lent = await readLentAccounts(database, workspaceId, personId);
  if (!lent.has(`${accountSource}\n${accountExternalId}`)) return;
  throw new AdjutantError(
    'Conflict',
    'A rule, a lead or a restored store gave that account to whoever has it now, so it does not say whom you mean.',
    {
      hint: `Look at "adjutant people list". If you mean the person who has it, name the person: adjutant approvers grant ${localAccountSource}:${personId}, or confirm the account as theirs with a passkey; after a restore "adjutant approvers confirm --people" confirms all. Else take the move back: "adjutant people changes", then "adjutant people undo <change>"; or part them: "adjutant people split".`,
    },
  );
}
