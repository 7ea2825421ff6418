import { and, eq, isNull } from 'drizzle-orm';
import { canonicalJson } from '../canonical-json.ts';
import type { ActionStatus } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { maskTexts } from '../redaction/mask-texts.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { ActionDeps } from './action-deps.ts';
import { backoffMs } from './action-timing.ts';
import { type ActionRecord, changeAction, findAction, findRecord } from './action-rows.ts';
import { askPolicy } from './ask-policy.ts';
import type { AnyActionDefinition, Preparation } from './define-action.ts';
import { expireAction } from './expire-action.ts';
import { handlerContext } from './handler-context.ts';
import { isDefinitive, reasonOf } from './handler-errors.ts';
import { hintWorker } from './hint-worker.ts';
import { maskedWords, readStoredPayload, textsIn } from './outgoing-payload.ts';
import { hashPayload, sha256 } from './payload-hash.ts';
import { readPeopleThen } from './people-then.ts';
import { recordTransition } from './record-transition.ts';
import { enterMode } from './enter-mode.ts';
import {
  parseJsonObject,
  readPreview,
  storedPreviewSchema,
  writePreview,
} from './stored-preview.ts';
import { inTrace } from '../tracing/trace-scope.ts';

const { actionRevisions } = tables;

/**
 * Fetches what the preview and the binding need, hashes it, asks policy, and leaves the action
 * blocked, pending or approved. Twice does no harm. @returns where it stands; null for no action
 */
export async function prepareAction(deps: ActionDeps, id: string): Promise<ActionStatus | null> {
  const record = await findRecord(deps.store.read, id);
  if (record === null) return null;
  return inTrace({ traceId: record.action.traceId }, () => prepareKnown(deps, record));
}

async function prepareKnown(deps: ActionDeps, record: ActionRecord): Promise<ActionStatus | null> {
  const { action, revision } = record;
  const { id } = action;
  const now = deps.clock.now();
  if (action.status !== 'preparing' || (action.notBefore ?? 0) > now) return action.status;
  if (action.expiresAt !== null && action.expiresAt <= now) return expireAction(deps, id);
  const definition = deps.definitions.get(action.type);
  if (definition === undefined) {
    deps.logger.log('warn', 'no handler for a proposed action', { type: action.type });
    return action.status;
  }
  let preparation: Preparation;
  try {
    const { payload } = readStoredPayload(definition, revision.payload);
    preparation = await definition.prepare(handlerContext(deps, action), payload);
    requireNothingSensitive(deps, record, definition, preparation);
  } catch (error) {
    return failPreparation(deps, record, error);
  }
  return finishPreparation(deps, record, definition, preparation);
}

async function finishPreparation(
  deps: ActionDeps,
  { action, revision }: ActionRecord,
  definition: AnyActionDefinition,
  preparation: Preparation,
): Promise<ActionStatus> {
  const { target } = preparation;
  const payload = parseJsonObject(revision.payload);
  const preconditions = canonicalJson(preparation.preconditions);
  return deps.store.transaction(async (transaction) => {
    const at = deps.clock.now();
    const then = await readPeopleThen(transaction, action, preparation.excludedAccounts);
    const preview = writePreview(preparation, {
      masked: revision.masked,
      outsideTexts: revision.outsideTexts,
      peopleThen: then,
      payload,
    });
    const previewHash = sha256(preview);
    const payloadHash = hashPayload({
      workspaceId: action.workspaceId,
      type: action.type,
      definitionVersion: definition.version ?? 1,
      target,
      payload,
      preconditions: parseJsonObject(preconditions),
      previewHash,
    });
    const shown = readPreview(preview) ?? storedPreviewSchema.parse({});
    const question = { action, definition, target, payload, preview: shown };
    const judgement = await askPolicy(transaction, deps, question);
    const changed = await changeAction(
      transaction,
      action,
      { status: 'preparing', revision: revision.revision },
      {
        targetSource: target.source,
        targetExternalId: target.externalId,
        targetRef: target.ref,
        attemptCount: 0,
        notBefore: null,
        updatedAt: at,
      },
    );
    if (changed === null) return currentStatus(transaction, action.id);
    await transaction
      .update(actionRevisions)
      .set({
        payloadHash,
        preconditions,
        preview,
        previewHash,
        policyHash: judgement.hash,
        preparedAt: at,
      })
      .where(
        and(
          eq(actionRevisions.workspaceId, action.workspaceId),
          eq(actionRevisions.actionId, action.id),
          eq(actionRevisions.revision, revision.revision),
          isNull(actionRevisions.payloadHash),
        ),
      );
    await recordTransition(transaction, action, {
      event: 'action.prepared',
      at,
      actor: 'system',
      detail: { revision: revision.revision, payloadHash, previewHash, targetRef: target.ref },
    });
    return enterMode(transaction, deps, changed, { judgement, payloadHash, at });
  });
}

/**
 * What a handler takes into the text from the target, such as a title, was not masked with the
 * payload. It is refused rather than masked here: what is shown must be what the handler sends.
 */
function requireNothingSensitive(
  deps: ActionDeps,
  { action: { workspaceId }, revision }: ActionRecord,
  definition: AnyActionDefinition,
  { content }: Preparation,
): void {
  if (content === null) return;
  const kept = Object.entries(parseJsonObject(revision.payload)).filter(([name]) =>
    definition.verbatimFields?.includes(name),
  );
  let text = content;
  for (const words of textsIn(Object.fromEntries(kept))) text = text.replaceAll(words, () => ' ');
  const { masked } = maskTexts(text, deps.redactorFor(workspaceId));
  if (masked.secrets + masked.personalData === 0) return;
  throw new AdjutantError(
    'InvalidInput',
    `The text that would leave holds ${maskedWords(masked)}.`,
    {
      hint: 'It stands in the target, such as in its title: give the text yourself, or clean that.',
    },
  );
}

/** What cannot come right ends the action; what may, is tried again until it expires. */
async function failPreparation(
  deps: ActionDeps,
  { action, revision }: ActionRecord,
  error: unknown,
): Promise<ActionStatus> {
  const reason = reasonOf(error);
  const guard = { status: 'preparing', revision: revision.revision } as const;
  return deps.store.transaction(async (transaction) => {
    const at = deps.clock.now();
    if (isDefinitive(error)) {
      const failed = await changeAction(transaction, action, guard, {
        status: 'failed',
        settledAt: at,
        outcome: { reason: 'preparation_failed', message: reason },
        updatedAt: at,
      });
      if (failed === null) return currentStatus(transaction, action.id);
      await recordTransition(transaction, action, {
        event: 'action.failed',
        at,
        actor: 'system',
        detail: { revision: revision.revision, reason: 'preparation_failed' },
        personal: { message: reason },
        outcome: 'failed',
      });
      return 'failed';
    }
    const retryAfterMs = AdjutantError.isInstance(error) ? (error.retryAfterMs ?? 0) : 0;
    const notBefore = at + Math.max(retryAfterMs, backoffMs(deps.timing, action.attemptCount));
    const delayed = await changeAction(transaction, action, guard, {
      notBefore,
      attemptCount: action.attemptCount + 1,
      updatedAt: at,
    });
    if (delayed === null) return currentStatus(transaction, action.id);
    await recordTransition(transaction, action, {
      event: 'action.prepare_delayed',
      at,
      actor: 'system',
      detail: { revision: revision.revision, notBefore },
      personal: { message: reason },
    });
    await hintWorker(transaction, deps, action, 'prepare', notBefore);
    return 'preparing';
  });
}

async function currentStatus(transaction: Database, id: string): Promise<ActionStatus> {
  const action = await findAction(transaction, id);
  if (action === null)
    throw new AdjutantError('Internal', 'An action vanished while it was changed.');
  return action.status;
}
