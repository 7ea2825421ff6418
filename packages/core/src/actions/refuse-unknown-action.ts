import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { viewerLabel } from '../domain.ts';
import type { AdjutantError } from '../errors.ts';
import { keyWithoutSecrets } from '../redaction/secrets-only.ts';
import { type ActionScope, noSuchAction } from './action-scope.ts';

/**
 * Records that somebody wanted to change an action that is not there, and returns the error to throw:
 * an id that was made up is tried by nobody who was shown the queue.
 */
export async function refuseUnknownAction(
  { deps, workspaceId, viewer }: ActionScope,
  actionId: string,
  wanted: 'decide' | 'modify' | 'withdraw',
): Promise<AdjutantError> {
  await deps.store.transaction((transaction) =>
    appendAuditEntry(transaction, {
      workspaceId,
      at: deps.clock.now(),
      actor: viewerLabel(viewer),
      event: 'action.not_found',
      // Whatever was given for an id: it stands in the ledger for good.
      subject: keyWithoutSecrets(actionId).slice(0, 200),
      detail: { wanted },
      outcome: 'refused',
    }),
  );
  return noSuchAction(actionId);
}
