import type { ActionDetail } from '@adjutant/core';
import { actionStatusSchema } from '@adjutant/core/domain';
import { z } from 'zod';
import { actionLink } from '../../page-link.ts';
import { mayPropose, mayRead } from '../access.ts';
import { type AnyRoute, defineRoute } from '../define-route.ts';
import { paging, rowIdSchema, severalOf } from '../query-parts.ts';
import { actionDetailSchema, actionSummarySchema, actionTypeSchema } from '../schemas/action.ts';
import { proposedActionSchema } from '../schemas/approval.ts';
import { listOf, plainPageOf } from '../schemas/pages.ts';

const path = '/v1/actions';
const msPerSecond = 1_000;
const parameters = z.object({ id: rowIdSchema });

const proposalSchema = z.strictObject({
  type: z.string().min(1).max(200).describe('One of GET /v1/actions/types.'),
  payload: z.record(z.string(), z.unknown()),
  idempotencyKey: z.string().min(8).max(200).describe('The same key and words: the same action.'),
  rationale: z.string().max(8_000).optional().describe('Shown as unverified.'),
  modelVersion: z.string().max(200).optional(),
  traceId: z.string().min(1).max(200).optional(),
});

/** Proposing changes outside, and following them. Deciding is under `/v1/approvals`. */
export const actionRoutes: readonly AnyRoute[] = [
  defineRoute({
    id: 'actions.propose',
    method: 'POST',
    path: `${path}/propose`,
    summary: 'Proposes a change outside; nothing happens until policy and people agree.',
    access: mayPropose,
    body: proposalSchema,
    status: 202,
    answer: proposedActionSchema,
    handle: async ({ handle, body, gateway }) =>
      proposedOf(await handle.actions.propose(body), gateway.origin),
  }),
  defineRoute({
    id: 'actions.types',
    method: 'GET',
    path: `${path}/types`,
    summary: 'Returns what can be proposed here, with the JSON Schema of each payload.',
    access: mayRead,
    status: 200,
    answer: listOf(actionTypeSchema),
    handle: async ({ handle }) => ({ items: await handle.actions.types() }),
  }),
  defineRoute({
    id: 'actions.list',
    method: 'GET',
    path,
    summary: 'Returns actions: what waits first, by risk and then by age; the rest newest first.',
    access: mayRead,
    query: z.strictObject({ status: severalOf(actionStatusSchema, 13), ...paging }),
    status: 200,
    answer: plainPageOf(actionSummarySchema),
    handle: ({ handle, query }) => handle.actions.list(query),
  }),
  defineRoute({
    id: 'actions.get',
    method: 'GET',
    path: `${path}/{id}`,
    summary: 'Returns one action with its words, what was fetched, who decided and what happened.',
    access: mayRead,
    parameters,
    status: 200,
    answer: actionDetailSchema,
    handle: ({ handle, parameters: { id } }) => handle.actions.get(id),
  }),
  defineRoute({
    id: 'actions.withdraw',
    method: 'POST',
    path: `${path}/{id}/withdraw`,
    summary: 'Takes a proposal back; its proposer, its sponsor, an approver or an admin may.',
    access: mayPropose,
    parameters,
    body: z.strictObject({ reason: z.string().trim().min(1).max(2_000).optional() }),
    status: 200,
    answer: actionDetailSchema,
    handle: ({ handle, parameters: { id }, body }) => handle.actions.withdraw(id, body.reason),
  }),
];

function proposedOf(
  { id, risk, createdAt, expiresAt }: ActionDetail,
  origin: string,
): z.infer<typeof proposedActionSchema> {
  return {
    action_id: id,
    risk,
    ttl: expiresAt === null ? null : Math.round((expiresAt - createdAt) / msPerSecond),
    links: { action: `${origin}${path}/${id}`, page: actionLink(origin, id) },
  };
}
