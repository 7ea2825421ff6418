import type { Account, IdentityMapping, IdentityMethod, PersonAccount } from '../domain.ts';
import {
  type AccountJoins,
  createAccountJoins,
  type KnownPerson,
  type RefusedJoin,
  type RuleMethod,
} from './account-joins.ts';
import { lookedUpOwners } from './looked-up-owners.ts';
import { verifiedEmail } from './email-address.ts';

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
  /** Links as they stand. Nobody loses an account by a rule. */
  links: readonly PersonAccount[];
  /** The people of the links, with what decides who of two stays. */
  people: readonly (KnownPerson & { isInTeam: boolean })[];
  /** Pairs of people whom somebody parted; no rule joins them again. */
  separated: readonly (readonly [string, string])[];
}

export interface NewLink {
  account: Account;
  /** An existing person, or the group of new links that share a person to be made. */
  person: { existing: string } | { group: string };
  method: RuleMethod;
  confidence: number;
  displayName: string;
}

/** Two people whom a rule found to be one. */
export interface FoundMerge {
  fromPersonId: string;
  toPersonId: string;
  /** Of the rules that brought them together the one that vendors vouch for least. */
  rule: RuleMethod;
}

export interface Resolution {
  newLinks: NewLink[];
  merges: FoundMerge[];
  /** Links that a stronger rule holds by now than the one that made them, as they are to be. */
  strengthened: PersonAccount[];
  /** What no rule joins because of what somebody may do: for a person to decide. */
  refused: readonly RefusedJoin[];
  /** How people are called whom nobody has decided on. */
  names: Map<string, string>;
}

const confidenceByMethod: Record<RuleMethod, number> = {
  explicit_mapping: 1,
  vendor_id: 1,
  verified_email: 0.95,
  looked_up_email: 0.9,
  same_commit: 0.9,
  claimed_id: 0.8,
  own_account: 1,
};
const weakestFirst: readonly IdentityMethod[] = [
  'own_account',
  'claimed_id',
  'same_commit',
  'looked_up_email',
  'verified_email',
  'vendor_id',
  'explicit_mapping',
  'confirmed',
];
/** Which of several rules a merge is told by: what somebody wrote before what vendors vouch for. */
const mergedBy: readonly IdentityMethod[] = [
  ...(['own_account', 'claimed_id', 'same_commit', 'looked_up_email'] as const),
  ...(['explicit_mapping', 'verified_email', 'vendor_id'] as const),
];

/**
 * Returns who is who. Accounts join by explicit mapping, then by the number that the vendor itself
 * gives them, then by an address that the vendor verified, then by one under which a vendor found an
 * account that hides it, then by being the author of one commit in two sources, then by a number that
 * somebody wrote into an address; otherwise an account is a person of its own. A shared name joins nobody. Bots and coding agents are nobody's accounts. What came
 * first does not matter: people who turn out to be one are to be merged.
 */
export function resolveAccounts(input: ResolverInput): Resolution {
  const joins = createAccountJoins({
    ...input,
    vouchedIds: new Map(input.accounts.map((account) => [keyOf(account), vouchedId(account)])),
  });
  const methodByKey = joinAll(input, joins);
  const written = writtenNames(input, joins);
  const survivors = chooseSurvivors(input, joins);
  return {
    newLinks: linkUnlinked(input, joins, methodByKey, written, survivors),
    merges: findMerges(input, joins, survivors),
    strengthened: strengthen(input.links, methodByKey),
    refused: joins.refused,
    names: namePeople(input, joins, written, survivors),
  };
}

function joinAll(input: ResolverInput, joins: AccountJoins): Map<string, RuleMethod> {
  const byKey = new Map(input.accounts.map((account) => [keyOf(account), account]));
  const methodByKey = new Map<string, RuleMethod>();
  const join = (first: string, second: string, method: RuleMethod): boolean => {
    if (!joins.join(first, second, method)) return false;
    for (const key of [first, second]) if (!methodByKey.has(key)) methodByKey.set(key, method);
    return true;
  };
  for (const mapping of input.mappings) {
    if (mapping.method !== 'explicit_mapping') continue;
    const from = `${mapping.source}\n${mapping.fromExternalId}`;
    const to = `${mapping.source}\n${mapping.toExternalId}`;
    if (byKey.has(from) && byKey.has(to)) join(from, to, 'explicit_mapping');
  }
  for (const person of input.declaredPeople) {
    const keys = person.accounts.map(keyOf).filter((key) => byKey.has(key));
    joinEach(keys, (a, b) => join(a, b, 'explicit_mapping'));
    if (keys[0] !== undefined) join(keys[0], keys[0], 'explicit_mapping');
  }
  joinBy(input.accounts, vouchedId, (a, b) => join(a, b, 'vendor_id'));
  joinBy(input.accounts, verifiedEmail, (a, b) => join(a, b, 'verified_email'));
  for (const [found, owners] of lookedUpOwners(input.mappings, input.accounts)) {
    owners.some((owner) => join(keyOf(owner), keyOf(found), 'looked_up_email'));
  }
  for (const [one, other] of input.sameAuthors ?? []) {
    const [first, second] = [byKey.get(keyOf(one)), byKey.get(keyOf(other))];
    if (first?.kind === 'human' && second?.kind === 'human') {
      join(keyOf(first), keyOf(second), 'same_commit');
    }
  }
  // The account that has the number first: whoever only claims it joins that one.
  const claims = input.accounts.toSorted(
    (a, b) => Number(vouchedId(a) === null) - Number(vouchedId(b) === null),
  );
  joinBy(
    claims,
    ({ vendorId }) => vendorId,
    (a, b) => join(a, b, 'claimed_id'),
  );
  return methodByKey;
}

/**
 * The account's number at a vendor, where the source itself keys the account by it. A number that
 * stands in an address is only what somebody wrote.
 */
export function vouchedId({
  vendorId,
  externalId,
}: Pick<Account, 'vendorId' | 'externalId'>): string | null {
  return vendorId?.endsWith(`:${externalId}`) ? vendorId : null;
}

function joinBy(
  accounts: readonly Account[],
  property: (account: Account) => string | null,
  join: (first: string, second: string) => boolean,
): void {
  const keysByValue = new Map<string, string[]>();
  for (const account of accounts) {
    if (account.kind !== 'human') continue;
    const value = property(account);
    if (value === null) continue;
    const keys = keysByValue.get(value);
    if (keys === undefined) keysByValue.set(value, [keyOf(account)]);
    else keys.push(keyOf(account));
  }
  for (const keys of keysByValue.values()) joinEach(keys, join);
}

/** Joins each to the first that it may join: people who were parted have more than one group. */
function joinEach(keys: readonly string[], join: (first: string, second: string) => boolean): void {
  const firsts: string[] = [];
  for (const key of keys) if (!firsts.some((first) => join(first, key))) firsts.push(key);
}

/** The written mapping's spelling of a name beats any account's. */
function writtenNames(input: ResolverInput, joins: AccountJoins): Map<string, string> {
  const names = new Map<string, string>();
  for (const { source, toExternalId, displayName, method } of input.mappings) {
    if (displayName !== null && method === 'explicit_mapping')
      names.set(joins.find(`${source}\n${toExternalId}`), displayName);
  }
  for (const person of input.declaredPeople) {
    for (const account of person.accounts) names.set(joins.find(keyOf(account)), person.name);
  }
  return names;
}

/** Who of several people in one group stays: whoever somebody decided on, else whose account is first. */
function chooseSurvivors(input: ResolverInput, joins: AccountJoins): Map<string, string> {
  const confirmed = new Set(
    input.links.filter(({ method }) => method === 'confirmed').map(({ personId }) => personId),
  );
  const teamed = new Set(input.people.filter(({ isInTeam }) => isInTeam).map(({ id }) => id));
  const weight = (person: string): number =>
    Number(teamed.has(person)) * 2 + Number(confirmed.has(person));
  const survivors = new Map<string, string>();
  const links = input.links.toSorted((a, b) => (linkKeyOf(a) < linkKeyOf(b) ? -1 : 1));
  for (const link of links) {
    const group = joins.find(linkKeyOf(link));
    const best = survivors.get(group);
    if (best === undefined || weight(link.personId) > weight(best)) {
      survivors.set(group, link.personId);
    }
  }
  return survivors;
}

function findMerges(
  input: ResolverInput,
  joins: AccountJoins,
  survivors: ReadonlyMap<string, string>,
): FoundMerge[] {
  const groupOfPerson = new Map(
    input.links.map((link) => [link.personId, joins.find(linkKeyOf(link))]),
  );
  return [...groupOfPerson].flatMap(([fromPersonId, group]) => {
    const toPersonId = survivors.get(group);
    if (toPersonId === undefined || toPersonId === fromPersonId) return [];
    const [rule = 'own_account'] = joins
      .peopleIn(group)
      .rules.toSorted((a, b) => mergedBy.indexOf(a) - mergedBy.indexOf(b));
    return [{ fromPersonId, toPersonId, rule }];
  });
}

function strengthen(
  links: readonly PersonAccount[],
  methodByKey: ReadonlyMap<string, RuleMethod>,
): PersonAccount[] {
  return links.flatMap((link) => {
    const method = methodByKey.get(linkKeyOf(link));
    if (method === undefined) return [];
    if (weakestFirst.indexOf(method) <= weakestFirst.indexOf(link.method)) return [];
    return [{ ...link, method, confidence: confidenceByMethod[method] }];
  });
}

function linkUnlinked(
  input: ResolverInput,
  joins: AccountJoins,
  methodByKey: ReadonlyMap<string, RuleMethod>,
  written: ReadonlyMap<string, string>,
  survivors: ReadonlyMap<string, string>,
): NewLink[] {
  const linked = new Set(input.links.map(linkKeyOf));
  return input.accounts.flatMap((account) => {
    const key = keyOf(account);
    if (account.kind !== 'human' || linked.has(key)) return [];
    const group = joins.find(key);
    const existing = survivors.get(group);
    const method = methodByKey.get(key) ?? 'own_account';
    return [
      {
        account,
        person: existing === undefined ? { group } : { existing },
        method,
        confidence: confidenceByMethod[method],
        displayName: written.get(group) ?? nameOf(account),
      },
    ];
  });
}

/** Names follow the same rule whenever an account arrives; a name that somebody's merge chose stays. */
function namePeople(
  input: ResolverInput,
  joins: AccountJoins,
  written: ReadonlyMap<string, string>,
  survivors: ReadonlyMap<string, string>,
): Map<string, string> {
  const decided = new Set(
    input.links.filter(({ method }) => method === 'confirmed').map(({ personId }) => personId),
  );
  const names = new Map<string, string>();
  for (const account of input.accounts) {
    const group = joins.find(keyOf(account));
    const person = survivors.get(group);
    if (account.kind !== 'human' || person === undefined) continue;
    if (decided.has(person) || names.has(person)) continue;
    names.set(person, written.get(group) ?? nameOf(account));
  }
  return names;
}

function nameOf(account: Account): string {
  return account.name ?? account.login ?? account.email ?? account.externalId;
}

function keyOf(account: AccountKey): string {
  return `${account.source}\n${account.externalId}`;
}

function linkKeyOf(link: PersonAccount): string {
  return `${link.accountSource}\n${link.accountExternalId}`;
}
