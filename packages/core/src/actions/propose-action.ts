import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { parseInput } from '../parse-input.ts';
import { keyWithoutSecrets, withoutSecrets } from '../redaction/secrets-only.ts';
import type { Database } from '../store/database.ts';
import { createIdentifier } from '../store/identifier.ts';
import { tables } from '../store/tables.ts';
import { tellProposal } from '../tracing/action-spans.ts';
import { createTraceId } from '../tracing/trace-id.ts';
import type { ActionDeps } from './action-deps.ts';
import type { ActionRow } from './action-rows.ts';
import type { ActionScope } from './action-scope.ts';
import type { AnyActionDefinition } from './define-action.ts';
import type { ProposeInput } from './handle.ts';
import { hintWorker } from './hint-worker.ts';
import { maskedTexts, outsideTextsSchema } from './outside-texts.ts';
import { maskedText, readPayload } from './outgoing-payload.ts';
import { sha256 } from './payload-hash.ts';
import { requireRoom } from './proposal-limits.ts';
import { recordTransition } from './record-transition.ts';

const { actions, actionRevisions } = tables;

const proposeSchema = z.strictObject({
  type: z.string().min(1).max(200),
  payload: z.record(z.string(), z.unknown()),
  idempotencyKey: z.string().min(1).max(200),
  rationale: z.string().max(8_000).optional(),
  modelVersion: z.string().max(200).optional(),
  traceId: z.string().min(1).max(200).optional(),
  outsideTexts: outsideTextsSchema.optional(),
});

/**
 * Proposes an action, or returns the one that the same key and words already made.
 * @throws AdjutantError `InvalidInput`, `NotFound` (type), `Conflict` (key used for other words)
 */
export async function proposeAction(scope: ActionScope, input: ProposeInput): Promise<ActionRow> {
  const { deps, workspaceId, viewer } = scope;
  const proposal = parseInput(proposeSchema, input);
  const definition = requireDefinition(deps, proposal.type);
  const { text: payload, masked } = readPayload(deps, workspaceId, definition, proposal.payload);
  const rationale = maskedText(deps, workspaceId, proposal.rationale);
  const idempotencyKey = keyWithoutSecrets(proposal.idempotencyKey);
  const requester = viewerLabel(viewer);
  const startedAt = deps.clock.now();
  let isNew = false;
  const row = await deps.store.transaction(async (transaction): Promise<ActionRow | null> => {
    isNew = false;
    const at = deps.clock.now();
    const same = (key: string) => findSameProposal(transaction, scope, key, definition.id, payload);
    if (await isKeptUnmasked(transaction, workspaceId, proposal.idempotencyKey, idempotencyKey)) {
      return same(proposal.idempotencyKey);
    }
    const [action] = await transaction
      .insert(actions)
      .values({
        id: createIdentifier(),
        workspaceId,
        type: definition.id,
        idempotencyKey,
        status: 'preparing',
        revision: 1,
        requester,
        requesterKind: viewer.kind,
        sponsorPersonId: sponsorOf(scope),
        effectClass: definition.effectClass,
        traceId:
          proposal.traceId === undefined ? createTraceId() : keyWithoutSecrets(proposal.traceId),
        modelVersion:
          proposal.modelVersion === undefined ? null : withoutSecrets(proposal.modelVersion),
        costUsdMicros: Math.round((definition.costUsd ?? 0) * 1_000_000),
        createdAt: at,
        expiresAt: at + deps.timing.preparingTtlMs,
        updatedAt: at,
      })
      .onConflictDoNothing()
      .returning();
    if (action === undefined) return same(idempotencyKey);
    if (viewer.kind === 'agent') await requireRoom(transaction, action);
    await transaction.insert(actionRevisions).values({
      workspaceId,
      actionId: action.id,
      revision: 1,
      payload,
      masked,
      rationale,
      outsideTexts:
        proposal.outsideTexts === undefined
          ? null
          : maskedTexts(proposal.outsideTexts, deps.redactorFor(workspaceId)),
      author: requester,
      authorPersonId: viewer.kind === 'person' ? viewer.personId : null,
      createdAt: at,
    });
    await recordTransition(transaction, action, {
      event: 'action.proposed',
      at,
      actor: requester,
      detail: {
        type: action.type,
        revision: 1,
        payloadDigest: sha256(payload),
        ...(masked === null ? {} : { masked }),
        requesterKind: action.requesterKind,
        sponsorPersonId: action.sponsorPersonId,
      },
      ...(rationale === null ? {} : { personal: { rationale } }),
    });
    await hintWorker(transaction, deps, action, 'prepare');
    isNew = true;
    return action;
  });
  await deps.reach('after_propose_commit');
  if (row !== null && isNew) tellProposal(deps, row, startedAt);
  if (row !== null) return row;
  throw new AdjutantError('Conflict', 'This idempotency key was used for another proposal.', {
    hint: 'Use a new key for new words; repeat a key only to repeat the same proposal.',
  });
}

/** Returns the definition of a type. @throws AdjutantError `NotFound`, naming the known ones */
export function requireDefinition(deps: ActionDeps, type: string): AnyActionDefinition {
  const definition = deps.definitions.get(type);
  if (definition !== undefined) return definition;
  const known = [...deps.definitions.keys()].toSorted();
  throw new AdjutantError('NotFound', `There is no action of type "${type.slice(0, 80)}".`, {
    hint: known.length === 0 ? 'None is configured.' : `Known types: ${known.join(', ')}.`,
  });
}

/** True for a key with a secret in it that was kept as it is, before keys were masked. */
async function isKeptUnmasked(
  transaction: Database,
  workspaceId: string,
  given: string,
  masked: string,
): Promise<boolean> {
  if (given === masked) return false;
  const [row] = await transaction
    .select({ id: actions.id })
    .from(actions)
    .where(and(eq(actions.workspaceId, workspaceId), eq(actions.idempotencyKey, given)));
  return row !== undefined;
}

/** Null where the key was used for other words; the ledger is told who tried. */
async function findSameProposal(
  transaction: Database,
  { deps, workspaceId, viewer }: ActionScope,
  idempotencyKey: string,
  type: string,
  payload: string,
): Promise<ActionRow | null> {
  const [row] = await transaction
    .select({ action: actions, payload: actionRevisions.payload })
    .from(actions)
    .innerJoin(
      actionRevisions,
      and(
        eq(actionRevisions.workspaceId, actions.workspaceId),
        eq(actionRevisions.actionId, actions.id),
        eq(actionRevisions.revision, 1),
      ),
    )
    .where(and(eq(actions.workspaceId, workspaceId), eq(actions.idempotencyKey, idempotencyKey)));
  const isSame =
    row !== undefined &&
    row.action.type === type &&
    row.payload === payload &&
    row.action.requester === viewerLabel(viewer);
  if (isSame) return row.action;
  if (row !== undefined) {
    await recordTransition(transaction, row.action, {
      event: 'action.proposal_refused',
      at: deps.clock.now(),
      actor: viewerLabel(viewer),
      detail: { reason: 'key_used', status: row.action.status, payloadDigest: sha256(payload) },
      outcome: 'refused',
    });
  }
  return null;
}

function sponsorOf({ viewer, sponsorPersonId }: ActionScope): string | null {
  if (viewer.kind === 'agent') return viewer.sponsorPersonId;
  return viewer.kind === 'person' ? viewer.personId : (sponsorPersonId ?? null);
}
