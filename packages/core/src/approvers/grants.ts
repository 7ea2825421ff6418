import type { ApproverGrant, GrantApproverInput } from './handle.ts';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { type Viewer, viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { parseInput } from '../parse-input.ts';
import type { Database } from '../store/database.ts';
import { createIdentifier } from '../store/identifier.ts';
import { tables } from '../store/tables.ts';
import type { ApproverContext } from './approver-context.ts';
import { localAccountSource } from './owner-grant.ts';
import { grantSubject, recordGrant } from './record-grant.ts';
import { refuseLent } from './refuse-lent.ts';

const { approverGrants, people, personAccounts } = tables;

const grantInputSchema = z.strictObject({
  accountSource: z.string().min(1).max(60),
  accountExternalId: z.string().min(1).max(200),
  scope: z
    .string()
    .regex(/^(?:\*|[a-z][a-z0-9_.]{0,79})$/, 'is neither "*" nor a type of action')
    .default('*'),
  escalationLevel: z.int().min(0).max(9).default(0),
});

/**
 * Gives an account the right to decide, and returns the grant.
 * @throws AdjutantError `Permission` unless an administrator asks, `NotFound` for an account of nobody,
 * `Conflict` for one that a rule or a lead moved to whoever has it
 */
export async function grantApprover(
  context: ApproverContext,
  viewer: Viewer,
  input: GrantApproverInput,
): Promise<ApproverGrant> {
  requireAdministrator(viewer);
  const wanted = parseInput(grantInputSchema, input);
  const { store, workspaceId, clock } = context;
  const grantedAt = clock.now();
  const id = createIdentifier();
  await store.transaction(async (transaction) => {
    const personId = await personOfAccount(transaction, workspaceId, wanted);
    const [grant] = await transaction
      .insert(approverGrants)
      .values({
        ...wanted,
        id,
        workspaceId,
        personId,
        grantedBy: viewerLabel(viewer),
        grantedAt,
        revokedAt: null,
      })
      .returning();
    if (grant !== undefined) await recordGrant(transaction, grant);
  });
  return findGrant(await listApprovers(context), id);
}

/**
 * Takes a right back. What was approved and not yet executed no longer counts.
 * @throws AdjutantError `Permission`, `NotFound`
 */
export async function revokeApprover(
  context: ApproverContext,
  viewer: Viewer,
  grantId: string,
): Promise<void> {
  requireAdministrator(viewer);
  const { store, workspaceId, clock } = context;
  const at = clock.now();
  await store.transaction(async (transaction) => {
    const [revoked] = await transaction
      .update(approverGrants)
      .set({ revokedAt: at })
      .where(
        and(
          eq(approverGrants.workspaceId, workspaceId),
          eq(approverGrants.id, grantId),
          isNull(approverGrants.revokedAt),
        ),
      )
      .returning({ id: approverGrants.id });
    if (revoked === undefined) throw unknownGrant(grantId);
    await appendAuditEntry(transaction, {
      workspaceId,
      at,
      actor: viewerLabel(viewer),
      event: 'approver.revoked',
      subject: grantSubject(grantId),
    });
  });
}

/** Returns the rights that are in force, the oldest first. */
export async function listApprovers(context: ApproverContext): Promise<ApproverGrant[]> {
  const { store, workspaceId } = context;
  const rows = await store.read
    .select({ grant: approverGrants, personName: people.displayName })
    .from(approverGrants)
    .leftJoin(
      people,
      and(eq(people.workspaceId, workspaceId), eq(people.id, approverGrants.personId)),
    )
    .where(and(eq(approverGrants.workspaceId, workspaceId), isNull(approverGrants.revokedAt)))
    .orderBy(asc(approverGrants.grantedAt), asc(approverGrants.id));
  return rows.map(({ grant, personName }) => {
    const { workspaceId: _, revokedAt: __, ...rest } = grant;
    return { ...rest, personName: personName ?? grant.personId };
  });
}

/** @throws AdjutantError `Permission` for assistants and for everybody but administrators */
export function requireAdministrator(viewer: Viewer): void {
  if (viewer.kind === 'person' && viewer.role === 'admin') return;
  throw new AdjutantError('Permission', 'Only an administrator changes who may decide.', {
    hint: 'Ask one to do it.',
  });
}

async function personOfAccount(
  transaction: Database,
  workspaceId: string,
  account: { accountSource: string; accountExternalId: string },
): Promise<string> {
  const { accountSource, accountExternalId } = account;
  if (accountSource === localAccountSource) {
    const [person] = await transaction
      .select({ id: people.id })
      .from(people)
      .where(and(eq(people.workspaceId, workspaceId), eq(people.id, accountExternalId)));
    if (person !== undefined) return person.id;
  }
  const [mapped] = await transaction
    .select({ personId: personAccounts.personId })
    .from(personAccounts)
    .where(
      and(
        eq(personAccounts.workspaceId, workspaceId),
        eq(personAccounts.accountSource, accountSource),
        eq(personAccounts.accountExternalId, accountExternalId),
      ),
    );
  if (mapped !== undefined) {
    await refuseLent(transaction, workspaceId, { ...account, personId: mapped.personId });
    return mapped.personId;
  }
  throw new AdjutantError('NotFound', `No person has the account ${accountExternalId} there.`, {
    hint: 'Run "adjutant people list" for the accounts that are known, by their immutable ids.',
  });
}

function findGrant(grants: readonly ApproverGrant[], id: string): ApproverGrant {
  const grant = grants.find((candidate) => candidate.id === id);
  if (grant === undefined) throw unknownGrant(id);
  return grant;
}

function unknownGrant(id: string): AdjutantError {
  return new AdjutantError('NotFound', `No right "${id.slice(0, 80)}" is in force.`);
}
