import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { parseInput } from '../parse-input.ts';
import { grantOf } from '../privacy/visibility.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { tables } from '../store/tables.ts';
import type { RoleChange } from '../workspace/handle.ts';
import { carryOut } from './carry-out.ts';
import type { IdentityProof } from './presence.ts';

const { people } = tables;

/** Administrators are whoever installed it: that role is in nobody's gift. */
const givenRoleSchema = z.enum(['member', 'lead'], 'is member or lead');

/**
 * Gives a person another role, once an administrator proves to be there. Whoever is signed in as them
 * has to sign in again.
 * @throws AdjutantError `Permission`, `InvalidInput`, `NotFound`, `Conflict` for an administrator
 */
export async function setRole(
  context: ReadContext,
  personId: string,
  given: 'member' | 'lead',
  proof?: IdentityProof,
): Promise<RoleChange> {
  const { workspaceId, viewer, clock } = context;
  const role = parseInput(givenRoleSchema, given);
  if (grantOf(viewer, 'roles', 'change') !== 'shown') {
    throw new AdjutantError('Permission', 'Only an administrator gives roles.', {
      hint: 'Ask somebody with that role.',
    });
  }
  const operation = { kind: 'set_role', personId, role } as const;
  return carryOut(context, operation, proof, async (transaction, { detail }) => {
    const isThey = and(eq(people.workspaceId, workspaceId), eq(people.id, personId));
    const [person] = await transaction
      .select({ role: people.role })
      .from(people)
      .where(and(isThey, isNull(people.mergedIntoPersonId)));
    if (person === undefined) {
      throw new AdjutantError('NotFound', 'There is no such person.', {
        hint: 'List people with "adjutant people".',
      });
    }
    if (person.role === 'admin') {
      throw new AdjutantError('Conflict', 'An administrator keeps that role.', {
        hint: 'Whoever installed Adjutant stays its administrator.',
      });
    }
    const change: RoleChange = { personId, was: person.role, role };
    if (change.was === role) return change;
    await transaction.update(people).set({ role }).where(isThey);
    await appendAuditEntry(transaction, {
      workspaceId,
      at: clock.now(),
      actor: viewerLabel(viewer),
      event: 'people.role_changed',
      subject: `person:${personId}`,
      detail: { was: change.was, role, ...detail },
    });
    return change;
  });
}
