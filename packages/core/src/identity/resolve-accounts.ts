import type { Account, IdentityMapping, IdentityMethod, PersonAccount } from '../domain.ts';
import { normaliseEmail } from './email-address.ts';

/** A person as the configuration names one, with their accounts. */
export interface DeclaredPerson {
  name: string;
  accounts: readonly { source: string; externalId: string }[];
}

export interface AccountKey {
  source: string;
  externalId: string;
}

export interface ResolverInput {
  declaredPeople: readonly DeclaredPerson[];
  accounts: readonly Account[];
  mappings: readonly IdentityMapping[];
  /** Accounts that two sources name as the author of one and the same commit. */
  sameAuthors?: readonly (readonly [AccountKey, AccountKey])[];
  /** Links as they stand; they are kept unless a stronger rule joins two people. */
  links: readonly PersonAccount[];
}

export interface NewLink {
  account: Account;
  /** An existing person, or the group of new links that share a person to be made. */
  person: { existing: string } | { group: string };
  method: IdentityMethod;
  confidence: number;
  displayName: string;
}

const confidenceByMethod: Record<Exclude<IdentityMethod, 'confirmed'>, number> = {
  explicit_mapping: 1,
  vendor_id: 1,
  verified_email: 0.95,
  same_commit: 0.9,
  own_account: 1,
};

/**
 * Returns a link for each account that has none. Accounts join a person by explicit mapping, then by
 * the vendor's numeric id, then by an address that the vendor verified, then by being the author of
 * one commit in two sources; otherwise an account is a person of its own. A shared name joins nobody. Bots and coding agents are nobody's accounts.
 */
export function resolveAccounts(input: ResolverInput): NewLink[] {
  const byKey = new Map(input.accounts.map((account) => [keyOf(account), account]));
  const personByKey = new Map(
    input.links.map((link) => [`${link.accountSource}\n${link.accountExternalId}`, link.personId]),
  );
  const joins = createJoins();
  const methodByKey = new Map<string, Exclude<IdentityMethod, 'confirmed'>>();
  const join = (
    first: string,
    second: string,
    method: Exclude<IdentityMethod, 'confirmed'>,
  ): void => {
    for (const key of [first, second]) if (!methodByKey.has(key)) methodByKey.set(key, method);
    if (first !== second) joins.join(first, second);
  };
  for (const mapping of input.mappings) {
    const from = `${mapping.source}\n${mapping.fromExternalId}`;
    const to = `${mapping.source}\n${mapping.toExternalId}`;
    if (byKey.has(from) && byKey.has(to)) join(from, to, 'explicit_mapping');
  }
  for (const person of input.declaredPeople) {
    const keys = person.accounts.map(keyOf).filter((key) => byKey.has(key));
    for (const key of keys) join(keys[0] ?? key, key, 'explicit_mapping');
  }
  joinBy(
    input.accounts,
    (account) => account.vendorId,
    (a, b) => join(a, b, 'vendor_id'),
  );
  joinBy(
    input.accounts,
    (account) =>
      account.emailVerified && account.email !== null ? normaliseEmail(account.email) : null,
    (a, b) => join(a, b, 'verified_email'),
  );
  for (const [one, other] of input.sameAuthors ?? []) {
    const [first, second] = [byKey.get(keyOf(one)), byKey.get(keyOf(other))];
    if (first?.kind === 'human' && second?.kind === 'human') {
      join(keyOf(first), keyOf(second), 'same_commit');
    }
  }
  // The written mapping's spelling of a name beats any account's.
  const displayNames = new Map(
    input.mappings.flatMap((mapping) =>
      mapping.displayName === null
        ? []
        : [
            [
              joins.find(`${mapping.source}\n${mapping.toExternalId}`),
              mapping.displayName,
            ] as const,
          ],
    ),
  );
  for (const person of input.declaredPeople) {
    for (const account of person.accounts)
      displayNames.set(joins.find(keyOf(account)), person.name);
  }
  return linkUnlinked(input.accounts, personByKey, joins, methodByKey, displayNames);
}

function linkUnlinked(
  accounts: readonly Account[],
  personByKey: ReadonlyMap<string, string>,
  joins: Joins,
  methodByKey: ReadonlyMap<string, Exclude<IdentityMethod, 'confirmed'>>,
  displayNames: ReadonlyMap<string, string>,
): NewLink[] {
  const personByGroup = new Map<string, string>();
  for (const [key, person] of personByKey) {
    const group = joins.find(key);
    if (!personByGroup.has(group)) personByGroup.set(group, person);
  }
  const links: NewLink[] = [];
  for (const account of accounts) {
    const key = keyOf(account);
    if (account.kind !== 'human' || personByKey.has(key)) continue;
    const group = joins.find(key);
    const existing = personByGroup.get(group);
    const method = methodByKey.get(key) ?? 'own_account';
    links.push({
      account,
      person: existing === undefined ? { group } : { existing },
      method,
      confidence: confidenceByMethod[method],
      displayName:
        displayNames.get(group) ??
        account.name ??
        account.login ??
        account.email ??
        account.externalId,
    });
  }
  return links;
}

function joinBy(
  accounts: readonly Account[],
  property: (account: Account) => string | null,
  join: (first: string, second: string) => void,
): void {
  const firstByValue = new Map<string, string>();
  for (const account of accounts) {
    if (account.kind !== 'human') continue;
    const value = property(account);
    if (value === null) continue;
    const first = firstByValue.get(value);
    if (first === undefined) firstByValue.set(value, keyOf(account));
    else join(first, keyOf(account));
  }
}

function keyOf(account: AccountKey): string {
  return `${account.source}\n${account.externalId}`;
}

interface Joins {
  find(key: string): string;
  join(first: string, second: string): void;
}

/** Disjoint sets whose name is their smallest key, so that the order of input does not matter. */
function createJoins(): Joins {
  const parents = new Map<string, string>();
  const find = (key: string): string => {
    let root = key;
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root))
      root = parent;
    return root;
  };
  return {
    find,
    join(first, second) {
      const [smaller, larger] = [find(first), find(second)].toSorted();
      if (smaller !== undefined && larger !== undefined && smaller !== larger) {
        parents.set(larger, smaller);
      }
    },
  };
}
