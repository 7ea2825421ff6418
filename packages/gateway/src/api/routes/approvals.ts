import type { ActionDetail } from '@adjutant/core';
import { auditEntrySchema } from '@adjutant/core/domain';
import { z } from 'zod';
import { askPasskey, decideAs, passkeySchema, wantedSchema } from '../../action-decision.ts';
import { requirePerson } from '../../auth/require-person.ts';
import { mayRead, personDecides } from '../access.ts';
import { type AnyRoute, defineRoute, type RouteCall } from '../define-route.ts';
import { paging, rowIdSchema } from '../query-parts.ts';
import { actionSummarySchema } from '../schemas/action.ts';
import { approvalSchema, decidedSchema, passkeyQuestionSchema } from '../schemas/approval.ts';
import { plainPageOf } from '../schemas/pages.ts';

const path = '/v1/approvals';
const parameters = z.object({ id: rowIdSchema.describe('The id of the action.') });
const reason = z.string().trim().min(1).max(2_000);

const { revision, payloadHash } = wantedSchema.shape;
const verdictShape = {
  revision,
  payloadHash: payloadHash.describe('Of what was shown: what is decided about is exactly that.'),
  reason: reason.optional(),
  passkey: passkeySchema.optional().describe('The answer to the challenge, where one is needed.'),
};
const decisionSchema = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('approve'), ...verdictShape }),
  z.strictObject({ decision: z.literal('decline'), ...verdictShape }),
  z.strictObject({
    decision: z.literal('modify'),
    revision,
    payload: z.record(z.string(), z.unknown()).describe('The whole payload anew.'),
    reason,
  }),
]);

/** What waits for people, and their decisions. A token proves nobody: only a person decides. */
export const approvalRoutes: readonly AnyRoute[] = [
  defineRoute({
    id: 'approvals.list',
    method: 'GET',
    path,
    summary: 'Returns what waits for a decision, by risk and then by age.',
    access: mayRead,
    query: z.strictObject(paging),
    status: 200,
    answer: plainPageOf(actionSummarySchema),
    handle: ({ handle, query }) => handle.actions.list({ ...query, status: ['pending'] }),
  }),
  defineRoute({
    id: 'approvals.get',
    method: 'GET',
    path: `${path}/{id}`,
    summary: 'Returns where an approval stands, and what whoever decides is shown.',
    access: mayRead,
    parameters,
    status: 200,
    answer: approvalSchema,
    handle: async ({ handle, parameters: { id } }) => {
      const detail = await handle.actions.get(id);
      return { id: detail.id, status: detail.status, trace_id: detail.traceId, detail };
    },
  }),
  defineRoute({
    id: 'approvals.challenge',
    method: 'POST',
    path: `${path}/{id}/challenge`,
    summary: 'Asks the passkey of whoever is signed in to sign one decision.',
    access: personDecides,
    parameters,
    body: z.strictObject({ decision: wantedSchema.shape.verdict, revision, payloadHash }),
    status: 200,
    answer: passkeyQuestionSchema,
    handle: async ({ gateway, principal, parameters: { id }, body: { decision, ...wanted } }) => {
      const person = requirePerson(principal);
      const asked = { ...wanted, verdict: decision };
      const { question, action } = await askPasskey(gateway, person, id, asked);
      const { challengeId, options } = question;
      return { challengeId, options, trace_id: action.traceId };
    },
  }),
  defineRoute({
    id: 'approvals.decide',
    method: 'POST',
    path: `${path}/{id}/decision`,
    summary: 'Approves, declines, or changes the words of a proposal and asks anew.',
    access: personDecides,
    parameters,
    body: decisionSchema,
    status: 200,
    answer: decidedSchema,
    handle: async (call) => {
      const { id, status, revision: now, traceId } = await decide(call);
      return {
        action_id: id,
        decision: call.body.decision,
        status,
        revision: now,
        trace_id: traceId,
      };
    },
  }),
  defineRoute({
    id: 'decisions.list',
    method: 'GET',
    path: '/v1/decisions',
    summary: 'Returns the decisions that were made, newest first, as the ledger tells them.',
    access: mayRead,
    query: z.strictObject({
      action: rowIdSchema.optional().describe('Only about this action.'),
      traceId: z.string().min(1).max(200).optional(),
      ...paging,
    }),
    status: 200,
    answer: plainPageOf(auditEntrySchema),
    handle: ({ handle, query: { action, ...query } }) =>
      handle.audit.list({ ...query, subject: action, event: 'action.decided' }),
  }),
];

function decide({
  body,
  gateway,
  handle,
  principal,
  parameters: { id },
}: RouteCall<
  z.infer<typeof parameters>,
  unknown,
  z.infer<typeof decisionSchema>
>): Promise<ActionDetail> {
  if (body.decision === 'modify') {
    const { decision: _, ...change } = body;
    return handle.actions.modify({ ...change, actionId: id });
  }
  const { decision: verdict, ...rest } = body;
  return decideAs(gateway, requirePerson(principal), id, { ...rest, verdict });
}
