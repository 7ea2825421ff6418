import { and, eq, inArray } from 'drizzle-orm';
import type { Assurance, DecisionSurface } from '../domain.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { ActionRow } from './action-rows.ts';
import { readLentAccounts } from '../identity/lent-accounts.ts';
import { reaches, type Requirement } from './requirement.ts';
import type { StoredPreview } from './stored-preview.ts';

const { people, personAccounts, actionRevisions } = tables;

/** Longer chains of merged people are not followed. */
const longestMergeChain = 20;

/** Returns the person that somebody is after all merges, so that two names of one count once. */
export async function canonicalPerson(
  database: Database,
  workspaceId: string,
  personId: string,
): Promise<string> {
  let present = personId;
  for (let step = 0; step < longestMergeChain; step += 1) {
    const [row] = await database
      .select({ next: people.mergedIntoPersonId })
      .from(people)
      .where(and(eq(people.workspaceId, workspaceId), eq(people.id, present)));
    if (row?.next === undefined || row.next === null) return present;
    present = row.next;
  }
  return present;
}

/** Returns a person's id and, after it, those of everybody who was merged into them. */
export async function namesOf(
  database: Database,
  workspaceId: string,
  personId: string,
): Promise<string[]> {
  const names = [personId];
  let found = names;
  for (let step = 0; found.length > 0 && step < longestMergeChain; step += 1) {
    const rows = await database
      .select({ id: people.id })
      .from(people)
      .where(and(eq(people.workspaceId, workspaceId), inArray(people.mergedIntoPersonId, found)));
    found = rows.map(({ id }) => id).filter((id) => !names.includes(id));
    names.push(...found);
  }
  return names;
}

/** Returns the person an account belongs to; null where nobody is known. */
export async function personOfAccount(
  database: Database,
  workspaceId: string,
  account: { source: string; externalId: string },
): Promise<string | null> {
  const [row] = await database
    .select({ personId: personAccounts.personId })
    .from(personAccounts)
    .where(
      and(
        eq(personAccounts.workspaceId, workspaceId),
        eq(personAccounts.accountSource, account.source),
        eq(personAccounts.accountExternalId, account.externalId),
      ),
    );
  return row === undefined ? null : canonicalPerson(database, workspaceId, row.personId);
}

/**
 * The people around an action: as they are after all merges, and under every name that they had since
 * it was proposed. What is said later about who is who lets nobody approve who could not before.
 */
export interface Circle {
  sponsor: ReadonlySet<string>;
  /** As the proposal names them. */
  sponsorPersonId: string | null;
  /** Whoever wrote one of its revisions after the first. */
  editors: ReadonlySet<string>;
  /** Whose approval never counts, such as the author of the pull request. */
  excluded: ReadonlySet<string>;
  /** Where those accounts are. */
  excludedSources: ReadonlySet<string>;
}

/** Returns the people whose approvals are special. */
export async function loadCircle(
  database: Database,
  action: Pick<ActionRow, 'id' | 'workspaceId' | 'sponsorPersonId'>,
  preview: StoredPreview | null,
): Promise<Circle> {
  const { workspaceId, sponsorPersonId } = action;
  const authors = await database
    .select({ personId: actionRevisions.authorPersonId, revision: actionRevisions.revision })
    .from(actionRevisions)
    .where(
      and(eq(actionRevisions.workspaceId, workspaceId), eq(actionRevisions.actionId, action.id)),
    );
  const editors = new Set<string>();
  for (const { personId, revision } of authors) {
    if (revision > 1 && personId !== null) {
      editors.add(await canonicalPerson(database, workspaceId, personId));
    }
  }
  const excluded = new Set<string>();
  for (const account of preview?.excludedAccounts ?? []) {
    const personId = await personOfAccount(database, workspaceId, account);
    if (personId !== null) excluded.add(personId);
  }
  const sponsor = new Set<string>();
  if (sponsorPersonId !== null) {
    sponsor.add(await canonicalPerson(database, workspaceId, sponsorPersonId));
  }
  for (const [group, names] of [
    [sponsor, preview?.peopleThen.sponsor],
    [editors, preview?.peopleThen.editors],
    [excluded, preview?.peopleThen.excluded],
  ] as const) {
    for (const name of names ?? []) {
      group.add(name).add(await canonicalPerson(database, workspaceId, name));
    }
  }
  const sources = preview?.excludedAccounts.map(({ source }) => source);
  const excludedSources = new Set(sources);
  return { sponsor, sponsorPersonId, editors, excluded, excludedSources };
}

/** Returns what a proof is worth for this action: presence of somebody else than the sponsor is separate. */
export function gradeFor(
  assurance: Assurance,
  reviewer: Pick<CountedApproval, 'person' | 'reviewerPersonId'>,
  circle: Circle,
): Assurance {
  if (assurance === 'cooperative') return 'cooperative';
  return isOneOf(circle.sponsor, reviewer) ? 'presence' : 'separate';
}

/** By who somebody is after all merges, and by the very person who signed in. */
function isOneOf(
  group: ReadonlySet<string>,
  { person, reviewerPersonId }: Pick<CountedApproval, 'person' | 'reviewerPersonId'>,
): boolean {
  return group.has(person) || group.has(reviewerPersonId);
}

/** Why an approval does not count; null where it does. */
export type Discount =
  | 'excluded_account'
  | 'account_unknown'
  | 'assurance_too_low'
  | 'sponsor_is_not_separate'
  | 'own_edit';

/** An approval, as far as it matters whether it counts. */
export interface CountedApproval {
  /** Who it is after all merges. */
  person: string;
  /** Who signed in. */
  reviewerPersonId: string;
  assurance: Assurance;
  surface: DecisionSurface;
}

/** Returns why an approval would not count towards what the action needs. */
export async function discountOf(
  database: Database,
  workspaceId: string,
  approval: CountedApproval,
  requirement: Requirement,
  circle: Circle,
): Promise<Discount | null> {
  const discount = discountByCircle(approval, requirement, circle);
  if (discount !== null || requirement.assurance !== 'separate') return discount;
  // Where two people must mean two, somebody without an account there may well be the author.
  for (const source of circle.excludedSources) {
    if (!(await hasAccountAt(database, workspaceId, approval.person, source))) {
      return 'account_unknown';
    }
  }
  return null;
}

/** One that a rule or a lead gave them does not say which account there is theirs. */
async function hasAccountAt(
  database: Database,
  workspaceId: string,
  person: string,
  source: string,
): Promise<boolean> {
  const names = await namesOf(database, workspaceId, person);
  const found = await database
    .select({ personId: personAccounts.personId, externalId: personAccounts.accountExternalId })
    .from(personAccounts)
    .where(
      and(
        eq(personAccounts.workspaceId, workspaceId),
        eq(personAccounts.accountSource, source),
        inArray(personAccounts.personId, names),
      ),
    );
  for (const { personId, externalId } of found) {
    const lent = await readLentAccounts(database, workspaceId, personId);
    if (!lent.has(`${source}\n${externalId}`)) return true;
  }
  return false;
}

function discountByCircle(
  approval: CountedApproval,
  requirement: Requirement,
  circle: Circle,
): Discount | null {
  const { reviewerPersonId, assurance, surface } = approval;
  if (isOneOf(circle.excluded, approval)) return 'excluded_account';
  const isSponsor = isOneOf(circle.sponsor, approval);
  if (requirement.assurance === 'separate' && isSponsor) return 'sponsor_is_not_separate';
  if (!reaches(assurance, requirement.assurance)) return 'assurance_too_low';
  if (requirement.mode !== 'require_approval') return null;
  // An answer that an assistant's client passes on is never more than an ordinary yes.
  if (surface === 'elicitation') return 'assurance_too_low';
  // Alone with an assistant, she edits and approves: presence proves that it was she.
  // Merges only ever take away: another name of hers does not do.
  const mayApproveOwnEdit = reviewerPersonId === circle.sponsorPersonId && requirement.quorum === 1;
  return isOneOf(circle.editors, approval) && !mayApproveOwnEdit ? 'own_edit' : null;
}

/** What whoever is refused is told. */
export const discountMessages: Readonly<Record<Discount, { message: string; hint: string }>> = {
  excluded_account: {
    message: 'Your approval does not count here, because the change is your own.',
    hint: 'Ask somebody else who may decide.',
  },
  account_unknown: {
    message: 'This needs two different people, and nobody knows which account there is yours.',
    hint: 'Have your account there joined with you ("adjutant people merge"), or ask another reviewer.',
  },
  assurance_too_low: {
    message: 'This action needs a stronger proof that a person decides.',
    hint: 'Open it in the page of `adjutant serve` and approve it with your passkey.',
  },
  sponsor_is_not_separate: {
    message: 'This action needs somebody other than the person it is done for.',
    hint: 'Ask another reviewer; you may still decline or withdraw it.',
  },
  own_edit: {
    message: 'Whoever changed a proposal cannot approve the change.',
    hint: 'Ask another reviewer to approve it.',
  },
};
