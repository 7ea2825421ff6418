import { and, asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { ApproverContext } from './approver-context.ts';
import { challengeOf, type Statement } from './challenges.ts';
import { digest } from './digest.ts';
import { findTrusted, isAdministrator } from './trusted-authenticator.ts';
import { type PublicPasskey, verifyAssertion } from './verify-assertion.ts';
import { assertionSchema, readClientData } from './webauthn-responses.ts';

const { accounts, auditEntries, personAccounts } = tables;

/** One subject for all of them, so that the whole history is one short read of an index. */
export const linkSubject = 'approver_accounts';
export const linkedEvent = 'approver.account_linked';
export const unlinkedEvent = 'approver.account_unlinked';

const linkSchema = z.object({
  linkId: z.string(),
  personId: z.string(),
  accountSource: z.string(),
  accountExternalId: z.string(),
  vendorId: z.string(),
  signedById: z.string(),
  signerPersonId: z.string(),
  nonce: z.string(),
  assertion: assertionSchema,
});
const unlinkedSchema = z.object({ linkId: z.string() });

/** An account that may speak for a person, with the signature that says so. */
export type AccountLink = z.infer<typeof linkSchema> & { linkedAt: number };

/**
 * Returns the id of the link that a signature under this nonce makes. The nonce is signed, so an ended
 * link cannot come back under another id.
 */
export function linkIdOf(nonce: string): string {
  return digest(`link_account:${nonce}`).slice(0, 22);
}

/** Returns the links that nobody took back, the oldest first. */
export async function readLinks(database: Database, workspaceId: string): Promise<AccountLink[]> {
  const links = await readAllLinks(database, workspaceId);
  return links.filter(({ endedAt }) => endedAt === null);
}

/**
 * Returns every link there ever was, the oldest first. They stand in the ledger alone: it can only be
 * added to, and what is added past Adjutant has no signature.
 */
export async function readAllLinks(
  database: Database,
  workspaceId: string,
): Promise<(AccountLink & { endedAt: number | null })[]> {
  const entries = await database
    .select({ event: auditEntries.event, at: auditEntries.at, detail: auditEntries.detail })
    .from(auditEntries)
    .where(and(eq(auditEntries.workspaceId, workspaceId), eq(auditEntries.subject, linkSubject)))
    .orderBy(asc(auditEntries.id));
  const ended = new Map<string, number>();
  for (const { event, at, detail } of entries) {
    const read = event === unlinkedEvent ? unlinkedSchema.safeParse(detail).data : undefined;
    if (read !== undefined && !ended.has(read.linkId)) ended.set(read.linkId, at);
  }
  return entries.flatMap(({ event, at, detail }) => {
    const read = event === linkedEvent ? linkSchema.safeParse(detail).data : undefined;
    if (read === undefined) return [];
    return [{ ...read, linkedAt: at, endedAt: ended.get(read.linkId) ?? null }];
  });
}

/** Ends every link in force. @returns how many */
export async function unlinkEverything(
  transaction: Database,
  ending: { workspaceId: string; at: number; actor: string; reason: string },
): Promise<number> {
  const { workspaceId, at, actor, reason } = ending;
  const links = await readLinks(transaction, workspaceId);
  for (const { linkId } of links) {
    await appendAuditEntry(transaction, {
      workspaceId,
      at,
      actor,
      event: unlinkedEvent,
      subject: linkSubject,
      detail: { linkId, reason },
    });
  }
  return links.length;
}

/** Returns why a link does not count; null where it does. */
export async function wrongWithLink(
  context: ApproverContext,
  link: AccountLink,
): Promise<'not_signed' | 'signer_not_trusted' | 'account_moved' | null> {
  if (link.linkId !== linkIdOf(link.nonce)) return 'not_signed';
  const database = context.store.read;
  const trust = await findTrusted(context, database, link.signedById);
  if (!trust.ok || trust.authenticator.personId !== link.signerPersonId) {
    return 'signer_not_trusted';
  }
  const { signerPersonId, personId } = link;
  if (signerPersonId !== personId && !(await isAdministrator(context, database, signerPersonId))) {
    return 'signer_not_trusted';
  }
  const outcome = await verifyAssertion(
    context.relyingParty,
    trust.authenticator,
    // Later signatures have raised the counter since.
    { challenge: linkChallenge(context.workspaceId, link), counter: 0 },
    link.assertion,
  );
  if (!outcome.ok) return 'not_signed';
  const account = await readMappedAccount(database, context.workspaceId, link);
  if (account?.vendorId !== link.vendorId) return 'account_moved';
  return account.personId === personId ? null : 'account_moved';
}

/**
 * Returns whether this passkey, the one whose row a link names, signed it. Whether that passkey still counts is
 * another question: it may have been revoked since.
 */
export async function wasLinkSigned(
  passkey: (PublicPasskey & { personId: string }) | undefined,
  workspaceId: string,
  link: AccountLink,
): Promise<boolean> {
  if (link.linkId !== linkIdOf(link.nonce)) return false;
  const origin = readClientData(link.assertion.response.clientDataJSON)?.origin;
  if (passkey === undefined || origin === undefined) return false;
  if (passkey.personId !== link.signerPersonId) return false;
  const party = { id: passkey.relyingPartyId, name: '', origins: [origin] };
  const expected = { challenge: linkChallenge(workspaceId, link), counter: 0 };
  return (await verifyAssertion(party, passkey, expected, link.assertion)).ok;
}

function linkChallenge(workspaceId: string, link: AccountLink): Buffer {
  const { signerPersonId: personId, nonce } = link;
  return challengeOf({ workspaceId, personId, nonce, statement: linkStatement(link) });
}

/** Returns what a passkey signs to let an account speak for a person. */
export function linkStatement(
  link: Pick<AccountLink, 'personId' | 'accountSource' | 'accountExternalId' | 'vendorId'>,
): Statement {
  const { personId: forPersonId, accountSource, accountExternalId, vendorId } = link;
  return { purpose: 'link_account', forPersonId, accountSource, accountExternalId, vendorId };
}

/** Returns a person's account as it is known now; null for one of nobody, or of a program. */
export async function readMappedAccount(
  database: Database,
  workspaceId: string,
  wanted: { accountSource: string; accountExternalId: string },
): Promise<{ personId: string; vendorId: string } | null> {
  const [row] = await database
    .select({ personId: personAccounts.personId, vendorId: accounts.vendorId, kind: accounts.kind })
    .from(personAccounts)
    .innerJoin(
      accounts,
      and(
        eq(accounts.workspaceId, personAccounts.workspaceId),
        eq(accounts.source, personAccounts.accountSource),
        eq(accounts.externalId, personAccounts.accountExternalId),
      ),
    )
    .where(
      and(
        eq(personAccounts.workspaceId, workspaceId),
        eq(personAccounts.accountSource, wanted.accountSource),
        eq(personAccounts.accountExternalId, wanted.accountExternalId),
      ),
    );
  if (row?.kind !== 'human' || row.vendorId === null) return null;
  return { personId: row.personId, vendorId: row.vendorId };
}
