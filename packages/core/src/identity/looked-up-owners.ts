import type { Account, IdentityMapping } from '../domain.ts';
import { normaliseEmail, verifiedEmail } from './email-address.ts';

/**
 * Returns each account that a vendor found by an address which its profile hides, with the accounts of
 * other sources whose vendors vouch for that address. Whose address nobody vouches for any more, or who
 * is no human, is left out.
 */
export function lookedUpOwners(
  mappings: readonly IdentityMapping[],
  accounts: readonly Account[],
): [found: Account, owners: Account[]][] {
  const lookedUp = mappings.filter(({ method }) => method === 'looked_up_email');
  if (lookedUp.length === 0) return [];
  const byKey = new Map<string, Account>();
  const byEmail = new Map<string, Account[]>();
  for (const account of accounts) {
    if (account.kind !== 'human') continue;
    byKey.set(`${account.source}\n${account.externalId}`, account);
    const email = verifiedEmail(account);
    if (email !== null) byEmail.set(email, [...(byEmail.get(email) ?? []), account]);
  }
  return lookedUp.flatMap(({ source, fromExternalId, toExternalId }): [Account, Account[]][] => {
    const found = byKey.get(`${source}\n${fromExternalId}`);
    const owners = (byEmail.get(normaliseEmail(toExternalId)) ?? []).filter(
      (owner) => owner.source !== source,
    );
    return found === undefined || owners.length === 0 ? [] : [[found, owners]];
  });
}
