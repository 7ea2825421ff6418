import { eq } from 'drizzle-orm';
import { appendEvent } from '../../events/append-event.ts';
import type { Store } from '../../store/store.ts';
import { tables } from '../../store/tables.ts';

/** A handler as one should be: each step looks whether it is done, and is done in one transaction. */
export async function runSteps(store: Store, afterStep: () => void = () => {}): Promise<undefined> {
  for (const subjectId of ['step 1', 'step 2', 'step 3']) {
    await store.transaction(async (transaction) => {
      const done = await transaction
        .select({ id: tables.outbox.id })
        .from(tables.outbox)
        .where(eq(tables.outbox.subjectId, subjectId));
      if (done.length > 0) return;
      await appendEvent(transaction, { workspaceId: 'w', event: 'step.done', subjectId, at: 1 });
    });
    afterStep();
  }
  return undefined;
}
