import { z } from 'zod';
import { viewerLabel } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { parseInput } from '../parse-input.ts';
import { tables } from '../store/tables.ts';
import {
  type ActionRow,
  changeAction,
  findAction,
  findRecord,
  voidDecisions,
} from './action-rows.ts';
import { type ActionScope, noSuchAction, standingTo } from './action-scope.ts';
import type { ModifyInput } from './handle.ts';
import { hintWorker } from './hint-worker.ts';
import { sha256 } from './payload-hash.ts';
import { maskedText, readPayload } from './outgoing-payload.ts';
import { requireDefinition } from './propose-action.ts';
import { recordTransition } from './record-transition.ts';
import { refuseUnknownAction } from './refuse-unknown-action.ts';

const { actionRevisions } = tables;

const modifySchema = z.strictObject({
  actionId: z.string().min(1).max(200),
  revision: z.number().int().positive(),
  payload: z.record(z.string(), z.unknown()),
  reason: z.string().min(1).max(4_000),
});

/**
 * Makes a new revision in other words, which is prepared, judged and decided anew. For an action
 * that is no longer pending the answer is where it stands.
 * @throws AdjutantError `Permission`, `InvalidInput`, `NotFound`, `Conflict` (another revision)
 */
export async function modifyAction(scope: ActionScope, input: ModifyInput): Promise<ActionRow> {
  const { deps, workspaceId, viewer } = scope;
  const change = parseInput(modifySchema, input);
  const before = await findAction(deps.store.read, change.actionId, workspaceId);
  if (before === null) throw await refuseUnknownAction(scope, change.actionId, 'modify');
  if (viewer.kind !== 'person') {
    throw new AdjutantError('Permission', 'Only a person changes what waits for a decision.', {
      hint: 'Withdraw the action and propose it anew.',
    });
  }
  const definition = requireDefinition(deps, before.type);
  const { text: payload, masked } = readPayload(deps, workspaceId, definition, change.payload);
  const reason = maskedText(deps, workspaceId, change.reason) ?? '';
  return deps.store.transaction(async (transaction) => {
    const action = await findAction(transaction, change.actionId, workspaceId);
    if (action === null) throw noSuchAction(change.actionId);
    const standing = await standingTo(transaction, scope, action);
    if (!standing.mayDecide && !standing.isSponsor) {
      throw new AdjutantError('Permission', 'You may not change actions of this type.', {
        hint: 'Ask somebody who may decide about it.',
      });
    }
    const at = deps.clock.now();
    if (action.status !== 'pending' || (action.expiresAt ?? 0) <= at) {
      // The answer is where it stands; that somebody wanted other words by then is in the ledger.
      await recordTransition(transaction, action, {
        event: 'action.modification_refused',
        at,
        actor: viewerLabel(viewer),
        detail: {
          reason: 'no_longer_pending',
          status: action.status,
          revision: change.revision,
          payloadDigest: sha256(payload),
        },
        outcome: 'refused',
      });
      return action;
    }
    if (action.revision !== change.revision) {
      throw new AdjutantError('Conflict', 'The action was changed since you saw it.', {
        hint: 'Open it again and change the present revision.',
      });
    }
    const shown = await findRecord(transaction, action.id, workspaceId);
    const revision = action.revision + 1;
    const guard = { status: 'pending', revision: action.revision } as const;
    const changed = await changeAction(transaction, action, guard, {
      status: 'preparing',
      revision,
      expiresAt: at + deps.timing.preparingTtlMs,
      nextEscalationAt: null,
      notBefore: null,
      attemptCount: 0,
      updatedAt: at,
    });
    if (changed === null) return (await findAction(transaction, action.id)) ?? action;
    await voidDecisions(transaction, action, at);
    await transaction.insert(actionRevisions).values({
      workspaceId,
      actionId: action.id,
      revision,
      payload,
      masked,
      rationale: reason,
      // Other words, proposed for what was read all the same.
      outsideTexts: shown?.revision.outsideTexts ?? null,
      author: viewerLabel(viewer),
      authorPersonId: standing.personId,
      createdAt: at,
    });
    await recordTransition(transaction, action, {
      event: 'action.modified',
      at,
      actor: viewerLabel(viewer),
      detail: {
        revision,
        payloadDigest: sha256(payload),
        editorPersonId: standing.personId,
        ...(masked === null ? {} : { masked }),
      },
      personal: { reason },
    });
    await hintWorker(transaction, deps, action, 'prepare');
    return changed;
  });
}
