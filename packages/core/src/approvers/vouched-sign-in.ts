import { and, eq, isNull } from 'drizzle-orm';
import { AdjutantError } from '../errors.ts';
import { normaliseEmail } from '../identity/email-address.ts';
import { readLentAccounts } from '../identity/lent-accounts.ts';
import { tables } from '../store/tables.ts';
import type { ApproverContext } from './approver-context.ts';
import { digest, secretToken } from './digest.ts';
import type { OpenedSession, PageSession, VouchedSignIn } from './handle.ts';
import { insertSession } from './page-sessions.ts';

const { accounts, people, personAccounts } = tables;

/**
 * Opens a session of the page for somebody whom a provider vouches for. People are never made by it.
 * @throws AdjutantError `Authentication` for a person who is not there
 */
export async function openVouchedSession(
  context: ApproverContext,
  { personId, issuer, subject }: VouchedSignIn,
): Promise<OpenedSession> {
  const { store, workspaceId, clock } = context;
  const cookie = secretToken();
  const at = clock.now();
  const session = await store.transaction(async (transaction) => {
    // The subject may be an address: its digest tells two sign-ins of one from those of two.
    const detail = { issuer, subjectDigest: digest(`${issuer}\n${subject}`) };
    const opening = { workspaceId, personId, at, cookie, method: 'oidc', detail } as const;
    return insertSession(transaction, opening);
  });
  if (session !== null) return { cookie, session };
  context.noteFailedSignIn?.({ workspaceId, method: 'oidc', reason: 'person_unknown' });
  throw new AdjutantError('Authentication', 'The person named for this sign-in is not here.', {
    hint: 'An administrator corrects who it is: gateway.oidc.people in the configuration.',
    audience: 'caller',
  });
}

/** Returns a person as a viewer, with the role that they have now; null for nobody here. */
export async function viewerOfPerson(
  { store, workspaceId }: ApproverContext,
  personId: string,
): Promise<PageSession['viewer'] | null> {
  const [person] = await store.read
    .select({ role: people.role })
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), eq(people.id, personId)));
  return person === undefined ? null : { kind: 'person', personId, role: person.role };
}

/**
 * Returns whose address this is, as a source vouches for it; null where nobody has it, or several do.
 * An account counts only where its person was made of it and nobody has moved it since, or where an
 * administrator who was there moved it: a file in a repository, such as a mailmap, or a lead who says
 * whose account something is must not say who signs in.
 */
export async function personOfAddress(
  { store, workspaceId }: ApproverContext,
  address: string,
): Promise<string | null> {
  const wanted = normaliseEmail(address);
  if (wanted === '') return null;
  const rows = await store.read
    .select({
      email: accounts.email,
      source: accounts.source,
      externalId: accounts.externalId,
      personId: personAccounts.personId,
      method: personAccounts.method,
    })
    .from(accounts)
    .innerJoin(
      personAccounts,
      and(
        eq(personAccounts.workspaceId, accounts.workspaceId),
        eq(personAccounts.accountSource, accounts.source),
        eq(personAccounts.accountExternalId, accounts.externalId),
      ),
    )
    .innerJoin(
      people,
      and(eq(people.workspaceId, workspaceId), eq(people.id, personAccounts.personId)),
    )
    .where(
      and(
        eq(accounts.workspaceId, workspaceId),
        eq(accounts.emailVerified, true),
        eq(accounts.isBot, false),
        isNull(people.mergedIntoPersonId),
      ),
    );
  const lent = await readLentAccounts(store.read, workspaceId);
  const found = new Set(
    rows.flatMap(({ email, source, externalId, personId, method }) => {
      if (email === null || normaliseEmail(email) !== wanted) return [];
      if (lent.has(`${source}\n${externalId}`)) return [];
      return method === 'confirmed' || method === 'own_account' ? [personId] : [];
    }),
  );
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}
