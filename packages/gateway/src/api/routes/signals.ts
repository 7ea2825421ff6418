import { instantSchema, signalSeveritySchema } from '@adjutant/core/domain';
import { narrowToTeam } from '@adjutant/core/ports';
import { z } from 'zod';
import { mayChange, mayRead } from '../access.ts';
import { type AnyRoute, defineRoute } from '../define-route.ts';
import { flagSchema, paging, rowIdSchema, team } from '../query-parts.ts';
import { listOf, pageOf } from '../schemas/pages.ts';
import { findingDetailSchema, findingSchema, signalRuleSchema } from '../schemas/signal.ts';

const path = '/v1/signals';
const parameters = z.object({ id: rowIdSchema });
const mutedSchema = z.strictObject({
  ruleId: z.string().min(1).max(200),
  subjectId: rowIdSchema.optional().describe('All subjects unless told: a lead’s to do.'),
});

/** Findings of rules: what needs somebody. */
export const signalRoutes: readonly AnyRoute[] = [
  defineRoute({
    id: 'signals.list',
    method: 'GET',
    path,
    summary: 'Returns findings, the most severe first, of these the oldest.',
    access: mayRead,
    query: z.strictObject({
      state: z.enum(['open', 'resolved']).optional(),
      atLeast: signalSeveritySchema.optional(),
      rule: z.string().min(1).max(200).optional(),
      subject: rowIdSchema.optional(),
      assigned: rowIdSchema.optional().describe('Id of the person who has it.'),
      withHidden: flagSchema.optional().describe('Those that are snoozed or muted too.'),
      ...team,
      ...paging,
    }),
    status: 200,
    answer: pageOf(findingSchema),
    handle: async ({ handle, query: { team: key, rule, subject, assigned, ...query } }) => {
      const asked = await narrowToTeam(handle, key);
      return asked.signals.list({
        ...query,
        ruleId: rule,
        subjectId: subject,
        assignedPersonId: assigned,
      });
    },
  }),
  defineRoute({
    id: 'signals.rules',
    method: 'GET',
    path: `${path}/rules`,
    summary: 'Returns the rules there are, and how each was run last.',
    access: mayRead,
    status: 200,
    answer: listOf(signalRuleSchema),
    handle: async ({ handle }) => ({ items: await handle.signals.rules() }),
  }),
  defineRoute({
    id: 'signals.mute',
    method: 'POST',
    path: `${path}/mute`,
    summary: 'Hides what a rule finds of one subject, or of all, which is a lead’s to do.',
    access: mayChange,
    body: mutedSchema.extend({ reason: z.string().trim().min(1).max(500).optional() }),
    status: 204,
    answer: null,
    handle: ({ handle, body }) => handle.signals.mute(body),
  }),
  defineRoute({
    id: 'signals.unmute',
    method: 'POST',
    path: `${path}/unmute`,
    summary: 'Shows again what was hidden by muting.',
    access: mayChange,
    body: mutedSchema,
    status: 204,
    answer: null,
    handle: ({ handle, body }) => handle.signals.unmute(body),
  }),
  defineRoute({
    id: 'signals.get',
    method: 'GET',
    path: `${path}/{id}`,
    summary: 'Returns one finding with its rule, its rows and what became of it.',
    access: mayRead,
    parameters,
    status: 200,
    answer: findingDetailSchema,
    handle: ({ handle, parameters: { id } }) => handle.signals.get(id),
  }),
  defineRoute({
    id: 'signals.snooze',
    method: 'POST',
    path: `${path}/{id}/snooze`,
    summary: 'Hides a finding until an instant, ninety days ahead at most; null shows it again.',
    access: mayChange,
    parameters,
    body: z.strictObject({ until: instantSchema.nullable() }),
    status: 200,
    answer: findingSchema,
    handle: ({ handle, parameters: { id }, body }) => handle.signals.snooze(id, body.until),
  }),
  defineRoute({
    id: 'signals.assign',
    method: 'POST',
    path: `${path}/{id}/assign`,
    summary: 'Gives a finding to somebody; null to nobody.',
    access: mayChange,
    parameters,
    body: z.strictObject({ personId: rowIdSchema.nullable() }),
    status: 200,
    answer: findingSchema,
    handle: ({ handle, parameters: { id }, body }) => handle.signals.assign(id, body.personId),
  }),
];
