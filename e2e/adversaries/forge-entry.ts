import type { ActionDetail } from '@adjutant/core';
import { appendAuditEntry } from '../../packages/core/src/audit/append-audit-entry.ts';
import { openStore } from '../../packages/core/src/store/open-store.ts';

/** Adds an entry at the end of the chain, with our own code, that tells of an approval nobody gave. */
export async function forgeEntry(path: string, { id, payloadHash }: ActionDetail): Promise<void> {
  const store = await openStore(path);
  try {
    await store.transaction((transaction) =>
      appendAuditEntry(transaction, {
        workspaceId: 'default',
        at: Date.now(),
        actor: 'person:owner:default',
        event: 'action.decided',
        subject: id,
        detail: {
          revision: 1,
          payloadHash,
          verdict: 'approve',
          reviewerPersonId: 'owner:default',
          assurance: 'presence',
          surface: 'page',
          decisionId: `forged-${id}`,
        },
        outcome: 'approve',
      }),
    );
  } finally {
    await store.close();
  }
}
