import { and, eq, isNull } from 'drizzle-orm';
import { AdjutantError } from '../errors.ts';
import { tables } from '../store/tables.ts';
import type { ApproverContext } from './approver-context.ts';
import { digest, secretToken } from './digest.ts';
import type { OpenedSession, PageSession, VouchedSignIn } from './handle.ts';
import { insertSession } from './page-sessions.ts';
import { personNow } from './same-person.ts';

const { accounts, identityChanges, people, personAccounts } = tables;

/**
 * Opens a session of the page for somebody whom a provider vouches for. People are never made by it.
 * @throws AdjutantError `Authentication` for a person who is not there
 */
export async function openVouchedSession(
  context: ApproverContext,
  { personId: vouchedFor, issuer, subject }: VouchedSignIn,
): Promise<OpenedSession> {
  const { store, workspaceId, clock } = context;
  const cookie = secretToken();
  const at = clock.now();
  const session = await store.transaction(async (transaction) => {
    const personId = await personNow(transaction, workspaceId, vouchedFor);
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
  vouchedFor: string,
): Promise<PageSession['viewer'] | null> {
  const personId = await personNow(store.read, workspaceId, vouchedFor);
  const [person] = await store.read
    .select({ role: people.role })
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), eq(people.id, personId)));
  return person === undefined ? null : { kind: 'person', personId, role: person.role };
}

/**
 * Returns whose address this is, as a source vouches for it; null where nobody has it, or several do.
 * An account counts only where a person confirmed whose it is, or where its person was made of it and
 * no rule has moved it since: a file in a repository, such as a mailmap, that says whose account
 * something is must not say who signs in.
 */
export async function personOfAddress(
  { store, workspaceId }: ApproverContext,
  address: string,
): Promise<string | null> {
  const wanted = address.trim().toLowerCase();
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
  const moved = await movedByRules(store.read, workspaceId);
  const found = new Set(
    rows.flatMap(({ email, source, externalId, personId, method }) => {
      if (email?.toLowerCase() !== wanted) return [];
      const isOwn = method === 'own_account' && !moved.has(`${source}\n${externalId}`);
      return method === 'confirmed' || isOwn ? [personId] : [];
    }),
  );
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}

/** The accounts that a rule moved to another person. */
async function movedByRules(
  database: ApproverContext['store']['read'],
  workspaceId: string,
): Promise<Set<string>> {
  const changes = await database
    .select({ accounts: identityChanges.accounts, actor: identityChanges.actor })
    .from(identityChanges)
    .where(and(eq(identityChanges.workspaceId, workspaceId), isNull(identityChanges.undoneAt)));
  return new Set(
    changes
      .filter(({ actor }) => !actor.startsWith('person:'))
      .flatMap((change) => change.accounts.map((account) => account.join('\n'))),
  );
}
