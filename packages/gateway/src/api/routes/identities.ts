import type { PersonSummary } from '@adjutant/core';
import { externalIdSchema, identityChangeSchema, sourceSchema } from '@adjutant/core/domain';
import { z } from 'zod';
import { leadsChange, mayRead } from '../access.ts';
import { type AnyRoute, defineRoute } from '../define-route.ts';
import { paging, rowIdSchema } from '../query-parts.ts';
import { answerMetaSchema } from '../schemas/answer-meta.ts';
import { identitySchema, personSummarySchema } from '../schemas/person.ts';
import { pageOf } from '../schemas/pages.ts';

const path = '/v1/identities';
const findQuery = z.strictObject({
  text: z.string().max(200).optional().describe('Part of a name, login or address.'),
  ...paging,
});

/** Who is who: accounts of sources, and the people to whom they belong. */
export const identityRoutes: readonly AnyRoute[] = [
  defineRoute({
    id: 'identities.list',
    method: 'GET',
    path,
    summary: 'Returns accounts, each with the person to whom it belongs; paged by person.',
    access: mayRead,
    query: findQuery,
    status: 200,
    answer: z.object({
      items: z.array(identitySchema),
      people: z.number().int().describe('How many people there are in all.'),
      nextCursor: z.string().nullable(),
      meta: answerMetaSchema,
    }),
    handle: async ({ handle, query }) => {
      const { items, total, nextCursor, meta } = await handle.findPeople(query);
      return { items: items.flatMap(identitiesOf), people: total, nextCursor, meta };
    },
  }),
  defineRoute({
    id: 'identities.create',
    method: 'POST',
    path,
    summary: 'Says that an account that a source shows belongs to a person.',
    access: leadsChange,
    body: z.strictObject({
      external_type: sourceSchema,
      external_id: externalIdSchema,
      user_id: rowIdSchema,
    }),
    status: 201,
    answer: identityChangeSchema,
    handle: ({ handle, body: { external_type: source, external_id: externalId, user_id: id } }) =>
      handle.identityReview.confirmAccount({ source, externalId }, id),
  }),
  defineRoute({
    id: 'identities.merge',
    method: 'POST',
    path: `${path}/merge`,
    summary: 'Says that two people are one, and gives the accounts of the first to the other.',
    access: leadsChange,
    body: z.strictObject({ fromPersonId: rowIdSchema, toPersonId: rowIdSchema }),
    status: 201,
    answer: identityChangeSchema,
    handle: ({ handle, body }) => handle.mergePeople(body.fromPersonId, body.toPersonId),
  }),
  defineRoute({
    id: 'identities.undo',
    method: 'POST',
    path: `${path}/undo`,
    summary: 'Takes back what was said about who is who.',
    access: leadsChange,
    body: z.strictObject({ changeId: rowIdSchema }),
    status: 204,
    answer: null,
    handle: ({ handle, body }) => handle.undoIdentityChange(body.changeId),
  }),
  defineRoute({
    id: 'people.list',
    method: 'GET',
    path: '/v1/people',
    summary: 'Returns people with their accounts and teams, by name.',
    access: mayRead,
    query: findQuery,
    status: 200,
    answer: pageOf(personSummarySchema),
    handle: ({ handle, query }) => handle.findPeople(query),
  }),
];

function identitiesOf({ id, accounts }: PersonSummary): z.infer<typeof identitySchema>[] {
  return accounts.map(({ source, externalId, ...metadata }) => ({
    external_type: source,
    external_id: externalId,
    user_id: id,
    metadata,
  }));
}
