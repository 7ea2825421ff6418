import { z } from 'zod';
import { actionState, actionStateShape } from '../answer/action-fields.ts';
import { longId } from '../answer/short-id.ts';
import { defineTool } from '../define-tool.ts';

/** Takes a proposal back before it is carried out. */
export const withdrawAction = defineTool({
  name: 'withdraw_action',
  scope: 'propose',
  title: 'Withdraw action',
  description:
    'Take back an action that was proposed here and is not carried out yet. What already happened stays.',
  inputSchema: z.strictObject({
    action_id: z.string().min(1).max(100),
    reason: z.string().max(500).optional(),
  }),
  outputSchema: z.object(actionStateShape),
  annotations: {
    readOnlyHint: false,
    destructiveHint: false,
    idempotentHint: true,
    openWorldHint: false,
  },
  async handler({ action_id: id, reason }, { actions }) {
    return actionState(await actions.withdraw(longId(id), reason));
  },
});
