import { and, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { type Viewer, viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { readLentAccounts } from '../identity/lent-accounts.ts';
import { refuseLent } from './refuse-lent.ts';
import { parseInput } from '../parse-input.ts';
import { tables } from '../store/tables.ts';
import type { ApproverContext } from './approver-context.ts';
import { activeOf, readAuthenticatorHistory } from './authenticator-history.ts';
import { issueChallenge } from './challenges.ts';
import type { LinkAccountInput, LinkedAccount, PageSession, PasskeyQuestion } from './handle.ts';
import {
  type AccountLink,
  linkedEvent,
  linkIdOf,
  linkStatement,
  linkSubject,
  readLinks,
  readMappedAccount,
  unlinkedEvent,
  wrongWithLink,
} from './linked-accounts.ts';
import { passkeyRequest } from './passkey-request.ts';
import { isAdministrator } from './trusted-authenticator.ts';
import { usePasskey } from './use-passkey.ts';

const { people } = tables;

const accountSchema = z.strictObject({
  accountSource: z.string().min(1).max(60),
  accountExternalId: z.string().min(1).max(200),
});

type WantedLink = Pick<
  AccountLink,
  'personId' | 'accountSource' | 'accountExternalId' | 'vendorId'
>;

/**
 * Asks for a signature under "this account may speak for this person".
 * @throws AdjutantError `NotFound` for an account of nobody, `Permission`
 */
export async function beginLink(
  context: ApproverContext,
  signerPersonId: string,
  input: LinkAccountInput,
): Promise<PasskeyQuestion> {
  const link = await wantedLink(context, signerPersonId, input);
  const { nonce, challenge } = await issueChallenge(context, signerPersonId, linkStatement(link));
  const options = await passkeyRequest(context, signerPersonId, challenge);
  return { challengeId: nonce, options };
}

/**
 * Lets an account speak for a person, once a passkey signed it.
 * @throws AdjutantError `NotFound`, `Permission`
 */
export async function finishLink(
  context: ApproverContext,
  signerPersonId: string,
  input: LinkAccountInput & { challengeId: string; response: unknown },
): Promise<{ linkId: string }> {
  const { store, workspaceId, clock } = context;
  const { challengeId: nonce, response, ...account } = input;
  const link = await wantedLink(context, signerPersonId, account);
  const statement = linkStatement(link);
  const signed = { workspaceId, personId: signerPersonId, nonce, statement };
  const { authenticator, assertion } = await usePasskey(context, signed, response);
  const linkId = linkIdOf(nonce);
  const detail = {
    linkId,
    ...link,
    signedById: authenticator.id,
    signerPersonId,
    nonce,
    assertion: { ...assertion },
  };
  await store.transaction((transaction) =>
    appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor: `person:${signerPersonId}`,
      event: linkedEvent,
      subject: linkSubject,
      detail,
    }),
  );
  return { linkId };
}

/**
 * Takes a link back. What was approved through it and not yet executed no longer counts.
 * @throws AdjutantError `Permission`, `NotFound`
 */
export async function unlinkAccount(
  context: ApproverContext,
  viewer: Viewer,
  linkId: string,
): Promise<void> {
  const { store, workspaceId, clock } = context;
  await store.transaction(async (transaction) => {
    const link = (await readLinks(transaction, workspaceId)).find((one) => one.linkId === linkId);
    const isAllowed =
      viewer.kind === 'person' && (viewer.role === 'admin' || link?.personId === viewer.personId);
    if (!isAllowed) {
      throw new AdjutantError('Permission', 'Only its person or an administrator ends a link.', {
        hint: 'Ask one to do it.',
      });
    }
    if (link === undefined) {
      throw new AdjutantError('NotFound', `No link "${linkId.slice(0, 80)}" is in force.`);
    }
    await appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor: viewerLabel(viewer),
      event: unlinkedEvent,
      subject: linkSubject,
      detail: { linkId },
    });
  });
}

/** Returns the links in force, the oldest first, and whether each still counts. */
export async function listLinks(context: ApproverContext): Promise<LinkedAccount[]> {
  const { store, workspaceId } = context;
  const links = await readLinks(store.read, workspaceId);
  if (links.length === 0) return [];
  const ids = [...new Set(links.map(({ personId }) => personId))];
  const rows = await store.read
    .select({ id: people.id, name: people.displayName })
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), inArray(people.id, ids)));
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  const listed: LinkedAccount[] = [];
  for (const link of links) {
    const { linkId, accountSource, accountExternalId, linkedAt, personId } = link;
    const personName = names.get(personId) ?? personId;
    const counts = (await wrongWithLink(context, link)) === null;
    listed.push({
      linkId,
      accountSource,
      accountExternalId,
      personId,
      personName,
      linkedAt,
      counts,
    });
  }
  return listed;
}

/**
 * Returns whom an account stands for as a viewer; null for an account of nobody, of a program, or that
 * a rule or a lead gave to somebody: what that person sees it does not see.
 */
export async function viewerOfAccount(
  { store, workspaceId }: ApproverContext,
  account: { accountSource: string; vendorId: string; accountExternalId: string },
): Promise<PageSession['viewer'] | null> {
  const mapped = await readMappedAccount(store.read, workspaceId, account);
  if (mapped?.vendorId !== account.vendorId) return null;
  const { personId } = mapped;
  const lent = await readLentAccounts(store.read, workspaceId, personId);
  if (lent.has(`${account.accountSource}\n${account.accountExternalId}`)) return null;
  const [person] = await store.read
    .select({ role: people.role })
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), eq(people.id, personId)));
  return person === undefined ? null : { kind: 'person', personId, role: person.role };
}

async function wantedLink(
  context: ApproverContext,
  signerPersonId: string,
  input: LinkAccountInput,
): Promise<WantedLink> {
  const wanted = parseInput(accountSchema, input);
  const { store, workspaceId } = context;
  const mapped = await readMappedAccount(store.read, workspaceId, wanted);
  if (mapped === null) {
    throw new AdjutantError(
      'NotFound',
      `No person has the account ${wanted.accountExternalId} there.`,
      {
        hint: 'Run "adjutant sync", then "adjutant people list" for the accounts that are known.',
      },
    );
  }
  const { personId } = mapped;
  await refuseLent(store.read, workspaceId, { ...wanted, personId });
  if (!(await maySignLink(context, signerPersonId, personId))) {
    throw new AdjutantError('Permission', 'An account is linked by the passkey of its person.', {
      hint: 'Whoever has no passkey yet asks an administrator who has one.',
    });
  }
  return { ...wanted, ...mapped };
}

/** A person signs for their own account; for somebody without a passkey an administrator does. */
async function maySignLink(
  context: ApproverContext,
  signerPersonId: string,
  personId: string,
): Promise<boolean> {
  if (signerPersonId === personId) return true;
  const { store, workspaceId } = context;
  const history = await readAuthenticatorHistory(store.read, workspaceId);
  if (activeOf(history, personId).length > 0) return false;
  return isAdministrator(context, store.read, signerPersonId);
}
