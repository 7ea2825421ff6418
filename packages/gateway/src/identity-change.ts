import {
  AdjutantError,
  type IdentityChangePlan,
  type IdentityOperation,
  identityOperationSchema,
  type IdentityProof,
  type PasskeyQuestion,
  type WorkspaceHandle,
} from '@adjutant/core';
import { z } from 'zod';
import type { passkeySchema } from './action-decision.ts';
import type { SignedInPerson } from './auth/principal.ts';
import type { GatewayContext } from './gateway-context.ts';
import { requireOwnOrigin } from './routes/own-origin.ts';

const changesPath = '/people/changes';
const jsonObjectSchema = z.record(z.string(), z.json());

/** Returns the address of the page that shows what a change would do, and takes the passkey for it. */
export function changeAddress(operation: IdentityOperation): string {
  return `${changesPath}/${Buffer.from(JSON.stringify(operation)).toString('base64url')}`;
}

/** Returns the change that an address names. @throws AdjutantError `NotFound` */
export function operationOf(text: string): IdentityOperation {
  try {
    const words: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return identityOperationSchema.parse(words);
  } catch (error) {
    throw new AdjutantError('NotFound', 'This address names no change of people.', {
      hint: 'Begin under People.',
      cause: error,
    });
  }
}

/** Makes a change, with what proves that an administrator is there where it takes one. */
export async function makeChange(
  handle: WorkspaceHandle,
  operation: IdentityOperation,
  proof?: IdentityProof,
): Promise<void> {
  const { identityReview: review } = handle;
  switch (operation.kind) {
    case 'merge':
      await handle.mergePeople(operation.fromPersonId, operation.toPersonId, proof);
      return;
    case 'confirm':
      await review.confirmAccount(operation.account, operation.personId, proof);
      return;
    case 'split':
      await handle.splitPerson(operation.personId, operation.accounts, proof);
      return;
    case 'mark_bot':
      await review.markBot(operation.personId, operation.accounts, proof);
      return;
    case 'undo':
      await handle.undoIdentityChange(operation.changeId, proof);
      return;
    case 'set_role':
      await review.setRole(operation.personId, operation.role, proof);
  }
}

/** What a change takes of whoever is signed in: nothing more, or an answer of their passkey. */
export interface ChangeQuestion {
  plan: IdentityChangePlan;
  /** Null where their being signed in is enough. */
  question: PasskeyQuestion | null;
}

/** Returns what a change would do and what it takes. @throws AdjutantError `Permission` */
export async function askChange(
  { adjutant, workspaceOf }: GatewayContext,
  person: SignedInPerson,
  operation: IdentityOperation,
): Promise<ChangeQuestion> {
  const handle = workspaceOf(person);
  const plan = await handle.identityReview.plan(operation);
  if (plan.needs === 'lead' || person.proof.kind === 'host_session') {
    return { plan, question: null };
  }
  const { plan: asked, ...question } = await adjutant
    .approvers(handle.workspaceId)
    .beginIdentityChange(person.viewer.personId, operation);
  return { plan: asked, question };
}

/** Makes a change as whoever is signed in. @throws AdjutantError as the change does */
export function changeAs(
  { origin, workspaceOf }: GatewayContext,
  person: SignedInPerson,
  operation: IdentityOperation,
  passkey?: z.infer<typeof passkeySchema>,
): Promise<void> {
  return makeChange(workspaceOf(person), operation, proofOf(person, origin, passkey));
}

function proofOf(
  { proof, viewer }: SignedInPerson,
  origin: string,
  passkey: z.infer<typeof passkeySchema> | undefined,
): IdentityProof | undefined {
  if (passkey !== undefined) {
    requireOwnOrigin(passkey.response, origin);
    const response = jsonObjectSchema.parse(passkey.response);
    return { kind: 'passkey', challengeId: passkey.challengeId, response };
  }
  return proof.kind === 'host_session' ? { ...proof, subject: viewer.personId } : undefined;
}
