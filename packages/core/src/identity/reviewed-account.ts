import type { Account } from '../domain.ts';
import type { KnownIdentities } from './load-identities.ts';

/** An account of a human, with what the review of people has to know of whoever it belongs to. */
export interface ReviewedAccount
  extends Pick<
    Account,
    'source' | 'externalId' | 'name' | 'email' | 'emailVerified' | 'login' | 'vendorId'
  > {
  personId: string;
  displayName: string;
  role: string;
  /** The larger, the rather this person stays of two. */
  weight: number;
}

/** Returns the accounts of all people in the order of person and account; bots and agents are nobody's. */
export function reviewedAccounts(known: KnownIdentities): ReviewedAccount[] {
  const accounts = new Map(
    known.accounts.map((account) => [`${account.source}\n${account.externalId}`, account]),
  );
  const people = new Map(known.people.map((person) => [person.id, person]));
  const confirmed = new Set(
    known.links.filter(({ method }) => method === 'confirmed').map(({ personId }) => personId),
  );
  const rows = known.links.flatMap((link): ReviewedAccount[] => {
    const account = accounts.get(`${link.accountSource}\n${link.accountExternalId}`);
    const person = people.get(link.personId);
    if (account?.kind !== 'human' || person === undefined) return [];
    const { source, externalId, name, email, emailVerified, login, vendorId } = account;
    return [
      {
        ...{ source, externalId, name, email, emailVerified, login, vendorId },
        personId: person.id,
        displayName: known.displayNames.get(person.id) ?? '',
        role: person.role,
        weight: Number(person.isInTeam) * 2 + Number(confirmed.has(person.id)),
      },
    ];
  });
  return rows.toSorted((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
}

function sortKey({ personId, source, externalId }: ReviewedAccount): string {
  return `${personId}\n${source}\n${externalId}`;
}
