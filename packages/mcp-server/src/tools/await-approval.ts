import { z } from 'zod';
import { actionState, actionStateShape, actionUri } from '../answer/action-fields.ts';
import { longId } from '../answer/short-id.ts';
import { workerSchema } from '../answer/worker.ts';
import { askOfPerson } from '../ask-of-person.ts';
import { defineTool } from '../define-tool.ts';

const defaultWaitSeconds = 25;
const maxWaitSeconds = 45;
const progressEveryMs = 10_000;
const msPerSecond = 1_000;

/** Waits a bounded time for a decision and its effect. `pending` at the end is a normal answer. */
export const awaitApproval = defineTool({
  name: 'await_approval',
  scope: 'read',
  title: 'Await approval',
  description:
    'Wait up to max_wait_s (25, at most 45) for an action to be decided and carried out. Where it is still pending, tell the user next_step and call again later; never decide for them.',
  inputSchema: z.strictObject({
    action_id: z.string().min(1).max(100),
    max_wait_s: z.number().int().min(0).max(maxWaitSeconds).optional(),
  }),
  outputSchema: z.object({
    ...actionStateShape,
    payload_hash: z.string().nullable(),
    decided_by: z.string().nullable(),
    outcome: z.string().nullable(),
    link: z.string(),
    worker: workerSchema,
  }),
  // Where the client can show a form, the person's answer is noted.
  annotations: {
    readOnlyHint: false,
    destructiveHint: false,
    idempotentHint: true,
    openWorldHint: false,
  },
  async handler({ action_id: id, max_wait_s: seconds }, { actions }, { signal, progress }) {
    const maxWaitMs = (seconds ?? defaultWaitSeconds) * msPerSecond;
    const told = progress.every(progressEveryMs, 'waiting for a decision');
    try {
      const action = await actions.await(longId(id), { maxWaitMs, until: 'settled', signal });
      return {
        ...actionState(action),
        payload_hash: action.payloadHash,
        decided_by: action.decidedBy,
        outcome: action.outcome === null ? null : JSON.stringify(action.outcome).slice(0, 2_000),
        link: actionUri(action.id),
        worker: await actions.worker(),
      };
    } finally {
      told.stop();
    }
  },
  question: ({ action_id: id }, { actions }, call) => askOfPerson(longId(id), actions, call),
});
