import { actionStatusSchema } from '@adjutant/core/domain';
import { z } from 'zod';
import {
  actionDetail,
  actionDetailShape,
  actionState,
  actionStateShape,
} from '../answer/action-fields.ts';
import { withinBudget } from '../answer/answer-budget.ts';
import { pagingInput } from '../answer/paging-input.ts';
import { longId } from '../answer/short-id.ts';
import { workerSchema } from '../answer/worker.ts';
import { defineTool, readsStoredRows } from '../define-tool.ts';

/** One action in full, or a list of them. */
export const getActions = defineTool({
  name: 'get_actions',
  scope: 'read',
  title: 'Get actions',
  description:
    'Proposed actions, what waits first by risk then age, the rest newest first; or one in full by action_id: what was fetched, who decided, what happened.',
  inputSchema: z.strictObject({
    action_id: z.string().max(100).optional(),
    status: actionStatusSchema.optional(),
    ...pagingInput,
  }),
  outputSchema: z.object({
    actions: z.array(z.object(actionStateShape)),
    total: z.number(),
    next_cursor: z.string().nullable(),
    detail: z.object(actionDetailShape).nullable(),
    worker: workerSchema,
  }),
  annotations: readsStoredRows,
  async handler({ action_id: id, status, limit, cursor }, { actions }) {
    const worker = await actions.worker();
    if (id !== undefined) {
      const action = await actions.get(longId(id));
      const detail = actionDetail(action);
      return { actions: [], total: 1, next_cursor: null, detail, worker };
    }
    return withinBudget({ asked: limit, byDefault: 20 }, async (size) => {
      const wanted = status === undefined ? undefined : [status];
      const page = await actions.list({ status: wanted, limit: size, cursor });
      return {
        actions: page.items.map(actionState),
        total: page.total,
        next_cursor: page.nextCursor,
        detail: null,
        worker,
      };
    });
  },
});
