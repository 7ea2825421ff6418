import { type Viewer, viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { parseInput } from '../parse-input.ts';
import { dataWithoutSecrets } from '../redaction/secrets-only.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { requireLead } from '../require-lead.ts';
import type { Database } from '../store/database.ts';
import { authorityWords } from './authority-kinds.ts';
import {
  type IdentityOperation,
  identityOperationSchema,
  operationWords,
} from './identity-operation.ts';
import type { IdentityChangePlan, PresenceReason } from './identity-change-plan.ts';
import { planIdentityChange } from './plan-identity-change.ts';
import type { IdentityProof, ProvenPresence } from './presence.ts';

/** What the ledger keeps of how a change was agreed to. */
export interface AgreedChange {
  plan: IdentityChangePlan;
  /** Empty for a change that a lead may make. */
  detail: Record<string, unknown>;
}

/**
 * Returns what a change would do, as it stands now, and whose word it takes. Nothing changes.
 * @throws AdjutantError `Permission`, `InvalidInput`
 */
export function planChange(
  context: ReadContext,
  operation: IdentityOperation,
): Promise<IdentityChangePlan> {
  requireLead(context.viewer, 'decides who is who');
  const { store, workspaceId, viewer, clock } = context;
  // The plan says what was asked for, and the ledger keeps it. Nobody's id is a secret.
  const asked = dataWithoutSecrets(parseInput(identityOperationSchema, operation));
  return planIdentityChange(store.read, { workspaceId, viewer, now: clock.now() }, asked);
}

/**
 * Makes a change of who is who once whoever asks may make it. Where it touches what somebody may do,
 * that takes an administrator who is there; what was agreed to is compared again in the transaction.
 * @throws AdjutantError `Permission`, `Conflict` where it would do something else by now
 */
export async function carryOut<Changed>(
  context: ReadContext,
  operation: IdentityOperation,
  proof: IdentityProof | undefined,
  change: (transaction: Database, agreed: AgreedChange) => Promise<Changed>,
): Promise<Changed> {
  const { store, workspaceId, viewer, clock } = context;
  const shown = await planChange(context, operation);
  // Whoever proves more than is needed has it kept: what an administrator agreed to is nobody's loan.
  const isLeads = shown.needs === 'lead' && (proof === undefined || !isAdministrator(viewer));
  const presence = isLeads ? null : await requirePresence(context, shown, proof);
  return store.transaction(async (transaction) => {
    const asking = { workspaceId, viewer, now: clock.now() };
    const plan = await planIdentityChange(transaction, asking, shown.operation);
    if (plan.digest !== shown.digest || plan.needs !== shown.needs) {
      throw new AdjutantError('Conflict', 'What this touches has changed since you looked.', {
        hint: 'Look again and confirm what it would do now.',
      });
    }
    return change(transaction, { plan, detail: presence === null ? {} : told(plan, presence) });
  });
}

function told(plan: IdentityChangePlan, { assurance, evidence }: ProvenPresence) {
  const touched = plan.people.map(({ personId, role, holds }) => ({ personId, role, holds }));
  const { digest: changeDigest, reasons } = plan;
  return { assurance, changeDigest, reasons, touched, proof: evidence };
}

async function requirePresence(
  context: ReadContext,
  plan: IdentityChangePlan,
  proof: IdentityProof | undefined,
): Promise<ProvenPresence> {
  const { viewer, presence } = context;
  const what = `This would ${operationWords[plan.operation.kind]}`;
  if (!isAdministrator(viewer)) {
    throw new AdjutantError('Permission', `${what}, ${whyOf(plan)}. Only an administrator may.`, {
      hint: 'Ask one: it takes their passkey, at the page of "adjutant serve", under People.',
    });
  }
  if (presence?.cooperativeSuffices === true && proof === undefined) {
    return { assurance: 'cooperative', evidence: { kind: 'demo', viewer: viewerLabel(viewer) } };
  }
  if (proof !== undefined && presence !== undefined) {
    return presence.prove({ viewer, digest: plan.digest, proof });
  }
  const isReady = (await presence?.hasPasskey()) === true;
  throw new AdjutantError('Permission', `${what}, ${whyOf(plan)}. It takes your passkey.`, {
    hint: isReady
      ? 'Confirm it at the page of "adjutant serve", under People: your passkey signs exactly this change.'
      : 'No administrator has a passkey yet: run "adjutant serve", open its link, enrol one under Passkeys, then confirm this under People.',
  });
}

function isAdministrator(viewer: Viewer): viewer is Extract<Viewer, { kind: 'person' }> {
  return viewer.kind === 'person' && viewer.role === 'admin';
}

const reasonWords: Readonly<Record<Exclude<PresenceReason, 'holds_authority'>, string>> = {
  is_oneself: 'you are one of them',
  roles_differ: 'their roles differ',
  gives_role: 'which changes what they may do',
  undoes_agreed: 'to which an administrator agreed',
  confirms_own: 'which is theirs for figures only so far',
};

/** Returns why it takes an administrator, in words that follow a comma. */
function whyOf({ people, reasons }: IdentityChangePlan): string {
  const held = [...new Set(people.flatMap(({ holds }) => holds))].map(
    (kind) => authorityWords[kind],
  );
  return reasons
    .map((reason) =>
      reason === 'holds_authority'
        ? `and somebody of them has ${held.join(', ')}`
        : reasonWords[reason],
    )
    .join('; ');
}
