import type { IdentityMethod, PersonAccount } from '../domain.ts';

export type RuleMethod = Exclude<IdentityMethod, 'confirmed'>;

/** What a rule has to know of a person before it joins one to another. */
export interface KnownPerson {
  id: string;
  role: string;
  /** Whether they hold anything that others do not, such as a right or a passkey. */
  hasAuthority?: boolean;
}

export interface JoinInput {
  /** The accounts' keys, each with the number that its own source vouches for, or null. */
  vouchedIds: ReadonlyMap<string, string | null>;
  links: readonly PersonAccount[];
  people: readonly KnownPerson[];
  /** Pairs of people whom somebody parted. */
  separated: readonly (readonly [string, string])[];
}

/** Two accounts that a rule would join, were it not for what somebody of them may do. */
export interface RefusedJoin {
  first: string;
  second: string;
  method: RuleMethod;
}

export interface AccountJoins {
  /** Returns the name of the group that an account is in. */
  find(key: string): string;
  /** Returns whether both accounts are in one group now; false where that would join what stays apart. */
  join(first: string, second: string, method: RuleMethod): boolean;
  /** Returns the people whose accounts are in a group, and the rules that brought them together. */
  /** What was refused because of authority or of different roles: questions for the review. */
  readonly refused: readonly RefusedJoin[];
  peopleIn(group: string): { people: ReadonlySet<string>; rules: readonly RuleMethod[] };
}

interface Group {
  people: Set<string>;
  vouched: Set<string>;
  rules: RuleMethod[];
}

/**
 * Returns groups of accounts, beginning with people as they stand. Two people come into one group only
 * where nobody parted them and both hold the same role, and nothing joins somebody who has authority:
 * no rule may widen what somebody is allowed.
 * Groups are named by their smallest key, so that the order of input does not matter.
 */
export function createAccountJoins(input: JoinInput): AccountJoins {
  const parents = new Map<string, string>();
  const groups = new Map<string, Group>();
  const roles = new Map(input.people.map(({ id, role }) => [id, role]));
  const parted = new Set(input.separated.flatMap(([a, b]) => [`${a}\n${b}`, `${b}\n${a}`]));
  const find = (key: string): string => {
    let root = key;
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root))
      root = parent;
    return root;
  };
  const groupOf = (root: string): Group => {
    const known = groups.get(root);
    if (known !== undefined) return known;
    const vouched = input.vouchedIds.get(root) ?? null;
    const group: Group = {
      people: new Set(),
      vouched: new Set(vouched === null ? [] : [vouched]),
      rules: [],
    };
    groups.set(root, group);
    return group;
  };
  const unite = (one: string, other: string): Group => {
    const [smaller, larger] = one < other ? [one, other] : [other, one];
    const [group, gone] = [groupOf(smaller), groupOf(larger)];
    parents.set(larger, smaller);
    groups.delete(larger);
    for (const person of gone.people) group.people.add(person);
    for (const id of gone.vouched) group.vouched.add(id);
    group.rules.push(...gone.rules);
    return group;
  };
  const withAuthority = new Set(
    input.people.filter(({ hasAuthority }) => hasAuthority === true).map(({ id }) => id),
  );
  const areParted = (one: Group, other: Group): boolean =>
    [...one.people].some((a) => [...other.people].some((b) => parted.has(`${a}\n${b}`)));
  const mayMeet = (one: Group, other: Group): boolean =>
    ![...one.people, ...other.people].some((person) => withAuthority.has(person)) &&
    [...one.people].every((a) => [...other.people].every((b) => roles.get(a) === roles.get(b)));
  const refused: RefusedJoin[] = [];
  const firstOf = new Map<string, string>();
  for (const link of input.links) {
    const key = `${link.accountSource}\n${link.accountExternalId}`;
    const first = firstOf.get(link.personId);
    if (first === undefined) {
      firstOf.set(link.personId, key);
      groupOf(find(key)).people.add(link.personId);
    } else if (find(first) !== find(key)) unite(find(first), find(key));
  }
  return {
    find,
    join(first, second, method) {
      const [a, b] = [find(first), find(second)];
      if (a === b) return true;
      const [one, other] = [groupOf(a), groupOf(b)];
      if (areParted(one, other)) return false;
      const contradicts = isHearsay(method) && areTwoAtOneVendor(one.vouched, other.vouched);
      if (!mayMeet(one, other)) {
        if (!contradicts) refused.push({ first, second, method });
        return false;
      }
      if (contradicts) return false;
      const bridges = one.people.size > 0 && other.people.size > 0;
      const group = unite(a, b);
      if (bridges) group.rules.push(method);
      return true;
    },
    refused,
    peopleIn(name) {
      return groups.get(name) ?? { people: new Set(), rules: [] };
    },
  };
}

/** What somebody wrote, and what a search gave, yield to a vendor's own word that these are two. */
function isHearsay(method: RuleMethod): boolean {
  return method === 'claimed_id' || method === 'looked_up_email';
}

/** Whether a vendor knows an account of each group, and not the same: its word is that these are two. */
export function areTwoAtOneVendor(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].some((a) => [...other].some((b) => a !== b && vendorOf(a) === vendorOf(b)));
}

function vendorOf(vendorId: string): string {
  return vendorId.slice(0, vendorId.lastIndexOf(':'));
}
