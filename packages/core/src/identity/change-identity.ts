import { and, eq, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import {
  type IdentityChange,
  personAccountSchema,
  type PersonAccount,
  viewerLabel,
} from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import type { ReadContext } from '../reads/read-context.ts';
import type { Database } from '../store/database.ts';
import { createIdentifier } from '../store/identifier.ts';
import { tables } from '../store/tables.ts';
import { carryOut } from './carry-out.ts';
import { requireLastChange } from './last-change.ts';
import { restorePerson } from './mark-bot.ts';
import type { IdentityProof } from './presence.ts';
import { recordIdentityChange } from './record-identity-change.ts';
import type { AccountKey } from './resolve-accounts.ts';
import { confirmedLink, standingLinks } from './standing-links.ts';

const { identityChanges, people, personAccounts } = tables;

/**
 * Moves all accounts of one person to another and records how to take it back. Whatever either may do
 * stays with the person to whom it was given; where one has any of it, an administrator proves to be
 * there. @throws AdjutantError `Permission`, `InvalidInput`, `NotFound`, `Conflict`
 */
export async function mergePeople(
  context: ReadContext,
  fromPersonId: string,
  toPersonId: string,
  proof?: IdentityProof,
): Promise<IdentityChange> {
  if (fromPersonId === toPersonId) {
    throw new AdjutantError('InvalidInput', 'A person cannot be merged into themselves.');
  }
  const operation = { kind: 'merge', fromPersonId, toPersonId } as const;
  return carryOut(context, operation, proof, async (transaction, agreed) => {
    const { detail } = agreed;
    await requirePerson(transaction, context, fromPersonId);
    await requirePerson(transaction, context, toPersonId);
    const { workspaceId } = context;
    const moved = await linksOf(transaction, context, fromPersonId);
    const theirs = await standingLinks(transaction, { workspaceId, personId: toPersonId, agreed });
    const links = [...moved, ...theirs];
    return recordIdentityChange(transaction, {
      ...byViewer(context),
      detail,
      kind: 'merge',
      fromPersonId,
      toPersonId,
      previousLinks: links,
      links: links.map((link) => confirmed(context, link, toPersonId)),
    });
  });
}

/** Gives some accounts of a person to a new person of their own. */
export async function splitPerson(
  context: ReadContext,
  personId: string,
  accountKeys: readonly AccountKey[],
  proof?: IdentityProof,
): Promise<IdentityChange> {
  const accounts = accountKeys.map(({ source, externalId }) => ({ source, externalId }));
  const operation = { kind: 'split', personId, accounts } as const;
  return carryOut(context, operation, proof, async (transaction, { detail }) => {
    await requirePerson(transaction, context, personId);
    const links = await linksOf(transaction, context, personId);
    const wanted = new Set(accountKeys.map((key) => `${key.source}\n${key.externalId}`));
    const moved = links.filter((link) =>
      wanted.has(`${link.accountSource}\n${link.accountExternalId}`),
    );
    if (moved.length !== wanted.size || moved.length === 0) {
      throw new AdjutantError('NotFound', 'Not all of these accounts belong to that person.', {
        hint: 'List the person with "adjutant people" and name accounts as they stand there.',
      });
    }
    if (moved.length === links.length) {
      throw new AdjutantError('InvalidInput', 'A split must leave the person an account.');
    }
    const newPersonId = createIdentifier();
    await transaction.insert(people).values({
      id: newPersonId,
      workspaceId: context.workspaceId,
      displayName: moved[0]?.accountExternalId ?? 'Unknown',
      role: 'member',
      mergedIntoPersonId: null,
    });
    return recordIdentityChange(transaction, {
      ...byViewer(context),
      detail,
      kind: 'split',
      fromPersonId: personId,
      toPersonId: newPersonId,
      previousLinks: moved,
      links: moved.map((link) => confirmed(context, link, newPersonId)),
    });
  });
}

/**
 * Takes a merge, split or bot mark back, links and all. @throws AdjutantError `Permission` where an
 * administrator agreed to it and none is there, `NotFound`, `Conflict`
 */
export async function undoIdentityChange(
  context: ReadContext,
  changeId: string,
  proof?: IdentityProof,
): Promise<void> {
  const { workspaceId, clock, viewer } = context;
  const operation = { kind: 'undo', changeId } as const;
  await carryOut(context, operation, proof, async (transaction, { detail }) => {
    const key = and(eq(identityChanges.workspaceId, workspaceId), eq(identityChanges.id, changeId));
    const [change] = await transaction.select().from(identityChanges).where(key);
    if (change === undefined || change.undoneAt !== null) {
      throw new AdjutantError('NotFound', 'There is no such merge or split left to undo.');
    }
    await requireLastChange(transaction, workspaceId, change);
    if (change.kind === 'bot') await restorePerson(transaction, context, change);
    const previous =
      change.kind === 'bot' ? [] : z.array(personAccountSchema).parse(change.previousLinks);
    for (const link of previous) {
      const restored = await transaction
        .update(personAccounts)
        .set({
          personId: link.personId,
          method: link.method,
          confidence: link.confidence,
          confirmedBy: link.confirmedBy,
        })
        .where(and(linkKey(context, link), eq(personAccounts.personId, change.toPersonId)))
        .returning({ personId: personAccounts.personId });
      if (restored.length === 0) {
        throw new AdjutantError('Conflict', 'An account of this change has moved on since.', {
          hint: 'Undo the later changes first.',
        });
      }
    }
    const revived = change.kind === 'merge' ? change.fromPersonId : null;
    if (revived !== null) {
      await transaction
        .update(people)
        .set({ mergedIntoPersonId: null })
        .where(personKey(context, revived));
    }
    await transaction.update(identityChanges).set({ undoneAt: clock.now() }).where(key);
    await appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor: viewerLabel(viewer),
      event: 'people.change_undone',
      subject: changeId,
      detail: {
        kind: change.kind,
        fromPersonId: change.fromPersonId,
        toPersonId: change.toPersonId,
        ...detail,
      },
    });
  });
}

function byViewer({ workspaceId, viewer, clock }: ReadContext) {
  return { workspaceId, actor: viewerLabel(viewer), at: clock.now() };
}

function confirmed(context: ReadContext, link: PersonAccount, personId: string): PersonAccount {
  return confirmedLink(link, { personId, confirmedBy: viewerLabel(context.viewer) });
}

async function requirePerson(
  transaction: Database,
  context: ReadContext,
  personId: string,
): Promise<void> {
  const [person] = await transaction.select().from(people).where(personKey(context, personId));
  if (person === undefined || person.mergedIntoPersonId !== null) {
    throw new AdjutantError('NotFound', 'There is no person with that id here.', {
      hint: 'List people with "adjutant people".',
    });
  }
}

async function linksOf(
  transaction: Database,
  context: ReadContext,
  personId: string,
): Promise<PersonAccount[]> {
  const rows = await transaction
    .select()
    .from(personAccounts)
    .where(
      and(
        eq(personAccounts.workspaceId, context.workspaceId),
        eq(personAccounts.personId, personId),
      ),
    )
    .orderBy(personAccounts.accountSource, personAccounts.accountExternalId);
  return rows.map(({ workspaceId: _, ...link }) => link);
}

function personKey(context: ReadContext, personId: string): SQL | undefined {
  return and(eq(people.workspaceId, context.workspaceId), eq(people.id, personId));
}

function linkKey(context: ReadContext, link: PersonAccount): SQL | undefined {
  return and(
    eq(personAccounts.workspaceId, context.workspaceId),
    eq(personAccounts.accountSource, link.accountSource),
    eq(personAccounts.accountExternalId, link.accountExternalId),
  );
}
