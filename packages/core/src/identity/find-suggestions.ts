import type { IdentitySuggestion } from '../workspace/handle.ts';
import { normaliseEmail, verifiedEmail, withoutTag } from './email-address.ts';
import {
  areTwoToAVendor,
  partedPairs,
  type PersonPair,
  reviewedPeople,
  type ReviewedPerson,
} from './known-apart.ts';
import { handleOf, handlesOfName, sameNameKey, similarNameKeys } from './name-words.ts';
import type { AccountKey } from './resolve-accounts.ts';
import type { ReviewedAccount } from './reviewed-account.ts';

type Reason = IdentitySuggestion['reason'];
type AccountPair = readonly [AccountKey, AccountKey];

export interface SuggestionInput {
  rows: readonly ReviewedAccount[];
  /** Accounts that two sources name as the author of the same work. */
  sameAuthors?: readonly AccountPair[];
  /** Accounts that a rule would join, were it not for a role or for what one of their people may do. */
  written?: readonly AccountPair[];
  /** Accounts that a vendor found by an address of the other one. */
  lookedUp?: readonly AccountPair[];
  /** Pairs of people whom somebody parted: nobody is asked about them again. */
  separated?: readonly PersonPair[];
}

/** How sure each reason is. None of them is enough to join two without a person. */
const confidenceByReason: Record<Reason, number> = {
  written_mapping: 0.95,
  same_email: 0.95,
  looked_up_email: 0.9,
  same_work: 0.85,
  same_email_without_tag: 0.8,
  same_name: 0.7,
  similar_name: 0.6,
  login_matches_email: 0.6,
  login_like_name: 0.5,
};
/** Where neither side is vouched for, both may have been written by somebody else. */
const claimedEmailConfidence = 0.9;
/** A vendor that knows both under two numbers rather says that they are two. */
const twoAtOneVendorConfidence = 0.3;
/** Of two who are equally likely at most one is right. */
const ambiguousConfidence = 0.4;
/** What more people share than these tells nothing of any two of them. */
const mostAlike = 6;

const wording: Record<Reason, string> = {
  written_mapping:
    'are one by a rule, but a rule joins nobody who holds a role or may decide or sign in',
  same_email: 'have the same e-mail address, for which not both sources vouch',
  looked_up_email: 'are one to the source that was asked for the address',
  same_work: 'are named as the author of the same work by two sources',
  same_email_without_tag: 'share an e-mail address but for its tag',
  same_name: 'share a name',
  similar_name: 'have names that differ only in accents, order or initials',
  login_matches_email: 'have a login that is the other’s e-mail name',
  login_like_name: 'have a login that is made of the other’s name',
};

interface Found {
  from: ReviewedPerson;
  to: ReviewedPerson;
  reason: Reason;
  confidence: number;
}
type Note = (
  one: ReviewedAccount,
  other: ReviewedAccount,
  reason: Reason,
  confidence?: number,
) => void;

/**
 * Pure: the pairs of people who may be one, each with the strongest reason and how sure it is, surest
 * first. Where somebody is as like another one, of whom it is known that they are two, the pair is
 * ambiguous and no surer than a guess.
 */
export function findSuggestions(input: SuggestionInput): IdentitySuggestion[] {
  const { rows } = input;
  const people = reviewedPeople(rows);
  const areParted = partedPairs(input.separated ?? []);
  const found = new Map<string, Found>();
  const note: Note = (one, other, reason, sure = confidenceByReason[reason]) => {
    const [to, from] = [one, other]
      .toSorted((a, b) => b.weight - a.weight || (a.personId < b.personId ? -1 : 1))
      .map(({ personId }) => people.get(personId));
    if (from === undefined || to === undefined || from === to) return;
    if (areParted(from.id, to.id)) return;
    const confidence = areTwoToAVendor(from, to) ? Math.min(sure, twoAtOneVendorConfidence) : sure;
    const key = `${from.id}\n${to.id}`;
    const known = found.get(key);
    if (known !== undefined && known.confidence >= confidence) return;
    found.set(key, { from, to, reason, confidence });
  };
  noteAlike(input, note);
  const ambiguous = findAmbiguous([...found.values()], areParted);
  return [...found.values()]
    .map((pair) => toSuggestion(pair, ambiguous.has(pair)))
    .toSorted((one, other) => other.confidence - one.confidence);
}

function noteAlike(input: SuggestionInput, note: Note): void {
  const { rows } = input;
  pairUp(rows, pairNames(input.written), (a, b) => note(a, b, 'written_mapping'));
  pairUp(rows, pairNames(input.lookedUp), (a, b) => note(a, b, 'looked_up_email'));
  pairUp(
    rows,
    (row) => (row.email === null ? [] : [normaliseEmail(row.email)]),
    (a, b) => {
      const isVouched = verifiedEmail(a) !== null || verifiedEmail(b) !== null;
      note(a, b, 'same_email', isVouched ? undefined : claimedEmailConfidence);
    },
  );
  pairUp(rows, pairNames(input.sameAuthors), (a, b) => note(a, b, 'same_work'));
  pairUp(
    rows,
    ({ email }) => (email === null ? [] : [withoutTag(email) ?? normaliseEmail(email)]),
    (a, b) => note(a, b, 'same_email_without_tag'),
  );
  pairUp(
    rows,
    ({ name }) => present([sameNameKey(name)]),
    (a, b) => note(a, b, 'same_name'),
  );
  pairUp(
    rows,
    ({ name }) => similarNameKeys(name),
    (a, b) => note(a, b, 'similar_name'),
  );
  pairUp(rows, handlesOf, (a, b) => note(a, b, 'login_matches_email'));
  pairAcross(
    rows,
    ({ name }) => handlesOfName(name),
    handlesOf,
    (a, b) => note(a, b, 'login_like_name'),
  );
}

function handlesOf({ login, email }: ReviewedAccount): string[] {
  return present([handleOf(login), handleOf(email?.split('@')[0] ?? null)]);
}

function present(keys: readonly (string | null)[]): string[] {
  return keys.filter((key) => key !== null);
}

/** Returns what gives an account the names of the pairs that it is in: its partner has the same one. */
function pairNames(pairs: readonly AccountPair[] = []): (row: AccountKey) => string[] {
  const names = new Map<string, string[]>();
  for (const pair of pairs) {
    const keys = pair.map(textOf);
    for (const key of keys) names.set(key, [...(names.get(key) ?? []), keys.join('\n')]);
  }
  return (row) => names.get(textOf(row)) ?? [];
}

function textOf({ source, externalId }: AccountKey): string {
  return `${source}\n${externalId}`;
}

/** Tells of every two accounts that have a key in common, unless too many have it. */
function pairUp(
  rows: readonly ReviewedAccount[],
  keysOf: (row: ReviewedAccount) => readonly string[],
  tell: (one: ReviewedAccount, other: ReviewedAccount) => void,
): void {
  for (const alike of rowsByKey(rows, keysOf).values()) {
    if (isTooCommon(alike)) continue;
    for (const [place, one] of alike.entries()) {
      for (const other of alike.slice(place + 1)) tell(one, other);
    }
  }
}

/** Tells of every two accounts of which one has as this kind of key what the other has as that kind. */
function pairAcross(
  rows: readonly ReviewedAccount[],
  keysOf: (row: ReviewedAccount) => readonly string[],
  otherKeysOf: (row: ReviewedAccount) => readonly string[],
  tell: (one: ReviewedAccount, other: ReviewedAccount) => void,
): void {
  const others = rowsByKey(rows, otherKeysOf);
  for (const [key, alike] of rowsByKey(rows, keysOf)) {
    const across = others.get(key) ?? [];
    if (isTooCommon([...alike, ...across])) continue;
    for (const one of alike) for (const other of across) tell(one, other);
  }
}

function rowsByKey(
  rows: readonly ReviewedAccount[],
  keysOf: (row: ReviewedAccount) => readonly string[],
): Map<string, ReviewedAccount[]> {
  const byKey = new Map<string, ReviewedAccount[]>();
  const seen = new Set<string>();
  for (const row of rows) {
    for (const key of new Set(keysOf(row))) {
      const place = `${key}\n${row.personId}`;
      // Of a person's accounts that share a key one is enough, but for one that makes the key surer.
      if (seen.has(place) && verifiedEmail(row) === null) continue;
      seen.add(place);
      const alike = byKey.get(key);
      if (alike === undefined) byKey.set(key, [row]);
      else alike.push(row);
    }
  }
  return byKey;
}

function isTooCommon(rows: readonly ReviewedAccount[]): boolean {
  return new Set(rows.map(({ personId }) => personId)).size > mostAlike;
}

/** Returns the pairs beside which another one is as likely, and both cannot be true. */
function findAmbiguous(
  found: readonly Found[],
  areParted: (one: string, other: string) => boolean,
): Set<Found> {
  const byPerson = new Map<string, { pair: Found; other: ReviewedPerson }[]>();
  for (const pair of found) {
    for (const [one, other] of [
      [pair.from, pair.to],
      [pair.to, pair.from],
    ] as const) {
      byPerson.set(one.id, [...(byPerson.get(one.id) ?? []), { pair, other }]);
    }
  }
  const isRivalled = (pair: Found, one: ReviewedPerson, chosen: ReviewedPerson): boolean =>
    (byPerson.get(one.id) ?? []).some(
      ({ pair: rival, other }) =>
        other !== chosen &&
        rival.confidence >= pair.confidence &&
        (areTwoToAVendor(other, chosen) || areParted(other.id, chosen.id)),
    );
  return new Set(
    found.filter(
      (pair) => isRivalled(pair, pair.from, pair.to) || isRivalled(pair, pair.to, pair.from),
    ),
  );
}

function toSuggestion(
  { from, to, reason, confidence }: Found,
  isAmbiguous: boolean,
): IdentitySuggestion {
  return {
    fromPersonId: from.id,
    toPersonId: to.id,
    fromName: from.displayName,
    toName: to.displayName,
    fromSources: [...from.sources],
    toSources: [...to.sources],
    reason,
    confidence: isAmbiguous ? Math.min(confidence, ambiguousConfidence) : confidence,
    isAmbiguous,
    rolesDiffer: from.role !== to.role,
    message: `${from.displayName} and ${to.displayName} ${wording[reason]}. Are they one person?`,
  };
}
