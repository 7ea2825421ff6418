import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import {
  accountKindSchema,
  type IdentityChange,
  personAccountSchema,
  viewerLabel,
} from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import type { ReadContext } from '../reads/read-context.ts';
import type { Database } from '../store/database.ts';
import { createIdentifier } from '../store/identifier.ts';
import { runStatement } from '../store/raw-query.ts';
import { tables } from '../store/tables.ts';
import { carryOut } from './carry-out.ts';
import type { IdentityProof } from './presence.ts';
import type { AccountKey } from './resolve-accounts.ts';
import { changeEvents } from './told-changes.ts';

const { accounts, identityChanges, people, personAccounts } = tables;

/** A link with what its account was, so that undoing brings both back. */
const markedLinkSchema = personAccountSchema.extend({
  accountKind: accountKindSchema,
  accountIsBot: z.boolean(),
});
type MarkedLink = z.infer<typeof markedLinkSchema>;

/**
 * Takes accounts away from a person, because a bot is behind them, and records how to take it back.
 * @throws AdjutantError `Permission`, `NotFound`
 */
export async function markBot(
  context: ReadContext,
  personId: string,
  chosen?: readonly AccountKey[],
  proof?: IdentityProof,
): Promise<IdentityChange> {
  const { workspaceId, viewer, clock } = context;
  const named = chosen?.map(({ source, externalId }) => ({ source, externalId }));
  const operation = { kind: 'mark_bot', personId, accounts: named } as const;
  return carryOut(context, operation, proof, async (transaction, { detail }) => {
    const all = await linksWithAccounts(transaction, context, personId);
    const wanted = chosen === undefined ? null : new Set(chosen.map(keyOf));
    const links = all.filter(
      ({ accountSource: source, accountExternalId: externalId }) =>
        wanted === null || wanted.has(keyOf({ source, externalId })),
    );
    if (links.length === 0 || (wanted !== null && links.length !== wanted.size)) {
      throw new AdjutantError('NotFound', 'There is no such person, or not with these accounts.', {
        hint: 'List people with "adjutant people".',
      });
    }
    const change: IdentityChange = {
      id: createIdentifier(),
      kind: 'bot',
      fromPersonId: personId,
      toPersonId: personId,
      accounts: links.map((link) => [link.accountSource, link.accountExternalId]),
      actor: viewerLabel(viewer),
      at: clock.now(),
      undoneAt: null,
    };
    for (const link of links) {
      await setKind(transaction, context, link, { kind: 'service_bot', isBot: true });
      await transaction.delete(personAccounts).where(linkKey(context, link));
    }
    await transaction
      .insert(identityChanges)
      .values({ ...change, workspaceId, previousLinks: [...links] });
    await appendAuditEntry(transaction, {
      workspaceId,
      at: change.at,
      actor: change.actor,
      event: changeEvents[change.kind],
      subject: change.id,
      detail: { personId, accounts: change.accounts, ...detail },
    });
    return change;
  });
}

/** Gives a person the accounts back that were called a bot's. @throws AdjutantError `Conflict` */
export async function restorePerson(
  transaction: Database,
  context: ReadContext,
  change: { fromPersonId: string; previousLinks: unknown[] },
): Promise<void> {
  const { workspaceId } = context;
  const [person] = await transaction
    .select({ mergedIntoPersonId: people.mergedIntoPersonId })
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), eq(people.id, change.fromPersonId)));
  for (const marked of z.array(markedLinkSchema).parse(change.previousLinks)) {
    const { accountKind, accountIsBot, ...link } = marked;
    const restored = await transaction
      .insert(personAccounts)
      .values({ ...link, workspaceId })
      .onConflictDoNothing()
      .returning({ personId: personAccounts.personId });
    if (restored.length === 0 || person?.mergedIntoPersonId !== null) {
      throw new AdjutantError('Conflict', 'An account of this change has moved on since.', {
        hint: 'Undo the later changes first.',
      });
    }
    await setKind(transaction, context, link, { kind: accountKind, isBot: accountIsBot });
  }
}

/** What a review or a change counts as hangs on who made it, so its facts are made anew. */
async function setKind(
  transaction: Database,
  { workspaceId }: ReadContext,
  { accountSource, accountExternalId }: Pick<MarkedLink, 'accountSource' | 'accountExternalId'>,
  now: Pick<typeof accounts.$inferInsert, 'kind' | 'isBot'>,
): Promise<void> {
  await transaction
    .update(accounts)
    .set(now)
    .where(
      and(
        eq(accounts.workspaceId, workspaceId),
        eq(accounts.source, accountSource),
        eq(accounts.externalId, accountExternalId),
      ),
    );
  await runStatement(
    transaction,
    sql`
    insert into dirty_subjects (workspace_id, kind, source, external_id)
    select workspace_id, 'pull_request', source, external_id from pull_requests
      where workspace_id = ${workspaceId} and source = ${accountSource}
        and author_account_external_id = ${accountExternalId}
    union select workspace_id, 'pull_request', source, pull_request_external_id
      from pull_request_events where workspace_id = ${workspaceId} and source = ${accountSource}
        and actor_account_external_id = ${accountExternalId}
    on conflict do nothing`,
  );
}

async function linksWithAccounts(
  transaction: Database,
  context: ReadContext,
  personId: string,
): Promise<MarkedLink[]> {
  const { workspaceId } = context;
  const rows = await transaction
    .select({ link: personAccounts, accountKind: accounts.kind, accountIsBot: accounts.isBot })
    .from(personAccounts)
    .innerJoin(
      accounts,
      and(
        eq(accounts.workspaceId, personAccounts.workspaceId),
        eq(accounts.source, personAccounts.accountSource),
        eq(accounts.externalId, personAccounts.accountExternalId),
      ),
    )
    .where(and(eq(personAccounts.workspaceId, workspaceId), eq(personAccounts.personId, personId)))
    .orderBy(personAccounts.accountSource, personAccounts.accountExternalId);
  return rows.map(({ link: { workspaceId: _, ...link }, ...account }) => ({ ...link, ...account }));
}

function linkKey({ workspaceId }: ReadContext, link: MarkedLink) {
  return and(
    eq(personAccounts.workspaceId, workspaceId),
    eq(personAccounts.accountSource, link.accountSource),
    eq(personAccounts.accountExternalId, link.accountExternalId),
  );
}

function keyOf({ source, externalId }: AccountKey): string {
  return `${source}\n${externalId}`;
}
