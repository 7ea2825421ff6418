import type { Account, IdentityMethod } from '../domain.ts';
import { verifiedEmail } from './email-address.ts';
import { vouchedId } from './resolve-accounts.ts';

/** An account of one person, with what its source says of it and the rule by which it came. */
export interface HeldAccount
  extends Pick<Account, 'source' | 'externalId' | 'vendorId' | 'email' | 'emailVerified'> {
  method: IdentityMethod;
}

/** What an administrator confirmed, or what nothing joins, stands by itself. */
const standsAlone: ReadonlySet<IdentityMethod> = new Set(['confirmed', 'own_account']);

/**
 * Returns which of somebody's accounts are surely theirs. What was written into a file or a commit, and
 * what a search found, joins accounts for figures; here only what their vendors vouch for joins them:
 * the same number, or the same verified address. Where hearsay brought several such groups together
 * one of them is the person: one whose number a vendor vouches for, and of several the first. Which
 * that is nobody can change afterwards without adding an account, and no rule adds one to anybody who
 * may do more than others.
 */
export function certainAccounts(held: readonly HeldAccount[]): HeldAccount[] {
  const alone = held.filter(({ method }) => standsAlone.has(method));
  const groups = groupedByVendors(held.filter((account) => !alone.includes(account)));
  if (alone.length === 0) return groups.toSorted(byRank)[0] ?? [];
  const touched = groups.filter((group) =>
    group.some((account) => alone.some((other) => areOne(account, other))),
  );
  return [...alone, ...touched.flat()];
}

function groupedByVendors(accounts: readonly HeldAccount[]): HeldAccount[][] {
  let groups: HeldAccount[][] = [];
  for (const account of accounts) {
    const isNear = (group: HeldAccount[]) => group.some((other) => areOne(account, other));
    const near = groups.filter(isNear);
    groups = [...groups.filter((group) => !near.includes(group)), [account, ...near.flat()]];
  }
  return groups;
}

function areOne(one: HeldAccount, other: HeldAccount): boolean {
  const names = namesOf(other);
  return namesOf(one).some((name) => names.includes(name));
}

/** By what the vendor itself knows it. */
function namesOf(account: HeldAccount): string[] {
  const [id, email] = [vouchedId(account), verifiedEmail(account)];
  return [...(id === null ? [] : [`id ${id}`]), ...(email === null ? [] : [`email ${email}`])];
}

function byRank(one: readonly HeldAccount[], other: readonly HeldAccount[]): number {
  const isVouched = (group: readonly HeldAccount[]) =>
    group.some((held) => vouchedId(held) !== null);
  const rank = Number(isVouched(other)) - Number(isVouched(one));
  return rank === 0 ? (firstKey(one) < firstKey(other) ? -1 : 1) : rank;
}

function firstKey(group: readonly HeldAccount[]): string {
  return group.map(({ source, externalId }) => `${source}\n${externalId}`).toSorted()[0] ?? '';
}
