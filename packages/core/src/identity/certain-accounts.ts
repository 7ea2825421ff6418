import type { Account, IdentityMethod } from '../domain.ts';
import { verifiedEmail } from './email-address.ts';
import { vouchedId } from './resolve-accounts.ts';

/** An account of one person, with what its source says of it and the rule by which it came. */
export interface HeldAccount
  extends Pick<Account, 'source' | 'externalId' | 'vendorId' | 'email' | 'emailVerified'> {
  method: IdentityMethod;
  /** Where a lead or a rule moved it here, to which nobody agreed: on whose word. */
  loan?: Loan;
}

/** `vouched` by vendors to be one with what was there; `hearsay` is a lead's word, or what somebody wrote. */
export type Loan = 'vouched' | 'hearsay';

/** What an administrator confirmed, or what nothing joins, stands by itself. */
const standsAlone: ReadonlySet<IdentityMethod> = new Set(['confirmed', 'own_account']);

/**
 * Returns which of somebody's accounts are surely theirs. What was written into a file or a commit, and
 * what a search found, joins accounts for figures; here only what their vendors vouch for joins them:
 * the same number, or the same verified address. Where hearsay brought several such groups together
 * one of them is the person: one whose number a vendor vouches for, and of several the first. Which
 * that is nobody can change afterwards without adding an account, and no rule adds one to anybody who
 * may do more than others. What was moved here is nobody's own, and where that was hearsay, neither is
 * what vendors say is one with it: it came because of it, and belongs to whoever that belongs to.
 */
export function certainAccounts(held: readonly HeldAccount[]): HeldAccount[] {
  const own = held.filter(({ loan }) => loan === undefined);
  const alone = own.filter(({ method }) => standsAlone.has(method));
  if (alone.length === 0) {
    const theirs = groupedByVendors(held)
      .filter((group) => group.every(({ loan }) => loan !== 'hearsay'))
      .map((group) => group.filter(({ loan }) => loan === undefined));
    return theirs.filter(({ length }) => length > 0).toSorted(byRank)[0] ?? [];
  }
  const groups = groupedByVendors(own.filter((account) => !alone.includes(account)));
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
