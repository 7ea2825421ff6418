import { z } from 'zod';
import { actionUri } from '../answer/action-fields.ts';
import { shortId } from '../answer/short-id.ts';
import { workerSchema } from '../answer/worker.ts';
import { defineTool } from '../define-tool.ts';

const msPerSecond = 1_000;

/** Proposes a change outside Adjutant. It is carried out only once policy and people agree. */
export const proposeAction = defineTool({
  name: 'propose_action',
  scope: 'propose',
  title: 'Propose action',
  description:
    'Propose a change such as pr.merge or issue.comment. Nothing happens until policy and, where it says so, a person agrees; then await_approval. A wrong type or payload is answered with what is known. Same idempotency_key, same action.',
  inputSchema: z.strictObject({
    type: z.string().min(1).max(80),
    payload: z.record(z.string(), z.unknown()),
    idempotency_key: z.string().min(8).max(200),
    rationale: z.string().max(2_000).optional(),
  }),
  outputSchema: z.object({
    action_id: z.string(),
    risk: z.string().nullable(),
    ttl: z.number().nullable(),
    status: z.string(),
    links: z.object({ action: z.string(), decide: z.string() }),
    worker: workerSchema,
  }),
  // It writes a row here; what follows outside needs policy and people, not this call.
  annotations: {
    readOnlyHint: false,
    destructiveHint: false,
    idempotentHint: true,
    openWorldHint: false,
  },
  async handler({ type, payload, idempotency_key: idempotencyKey, rationale }, { actions }) {
    const action = await actions.propose({ type, payload, idempotencyKey, rationale });
    const { id, risk, status, createdAt, expiresAt } = action;
    return {
      action_id: shortId(id),
      risk,
      ttl: expiresAt === null ? null : Math.round((expiresAt - createdAt) / msPerSecond),
      status,
      links: { action: actionUri(id), decide: `adjutant approvals approve ${id}` },
      worker: await actions.worker(),
    };
  },
});
