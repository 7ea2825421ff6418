import { and, eq } from 'drizzle-orm';
import type { Store } from '../store/store.ts';
import { tables } from '../store/tables.ts';
import { normaliseEmail, verifiedEmail } from './email-address.ts';

const { accounts, identityMappings, personAccounts } = tables;
const mostEmails = 10_000;

/**
 * Returns, in order, the addresses that other sources vouch for and by which the source knows nobody
 * yet: no account of it shows the address or was found by it, and nobody who has it has an account there.
 */
export async function readKnownEmails(
  store: Store,
  workspaceId: string,
  source: string,
): Promise<string[]> {
  const [rows, links, mappings] = await Promise.all([
    store.read
      .select({
        source: accounts.source,
        externalId: accounts.externalId,
        email: accounts.email,
        emailVerified: accounts.emailVerified,
        kind: accounts.kind,
      })
      .from(accounts)
      .where(eq(accounts.workspaceId, workspaceId)),
    store.read.select().from(personAccounts).where(eq(personAccounts.workspaceId, workspaceId)),
    store.read
      .select({ email: identityMappings.toExternalId })
      .from(identityMappings)
      .where(
        and(
          eq(identityMappings.workspaceId, workspaceId),
          eq(identityMappings.source, source),
          eq(identityMappings.method, 'looked_up_email'),
        ),
      ),
  ]);
  const personOf = new Map(
    links.map((link) => [`${link.accountSource}\n${link.accountExternalId}`, link.personId]),
  );
  const known = new Set(mappings.map(({ email }) => normaliseEmail(email)));
  const here = new Set<string>();
  for (const account of rows) {
    if (account.source !== source) continue;
    if (account.email !== null) known.add(normaliseEmail(account.email));
    const person = personOf.get(`${source}\n${account.externalId}`);
    if (person !== undefined) here.add(person);
  }
  const offered = new Set<string>();
  for (const account of rows) {
    const email = account.source === source ? null : verifiedEmail(account);
    if (email === null || account.kind !== 'human') continue;
    if (here.has(personOf.get(`${account.source}\n${account.externalId}`) ?? '')) {
      known.add(email);
    } else offered.add(email);
  }
  return [...offered]
    .filter((email) => !known.has(email))
    .toSorted()
    .slice(0, mostEmails);
}
