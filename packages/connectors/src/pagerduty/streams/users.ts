import { defineStream } from '@adjutant/core';
import type { PagerdutyConfig } from '../config.ts';
import { mapUser } from '../map/map-people.ts';
import { type UserPayload, userPayloadSchema } from '../payloads.ts';
import { type PeopleList, readPeopleList } from '../reading/people-list.ts';
import { isServiceScope } from '../scopes.ts';
import { sessionOf } from '../session.ts';

const list: PeopleList = {
  query: { path: '/users', key: 'users', what: 'users' },
  plural: 'users',
  // PagerDuty does not say when a user changed.
  freshForMs: 24 * 3_600_000,
  toRecords(items) {
    const records = items.flatMap((item) => {
      const user = userPayloadSchema.safeParse(item);
      return user.success ? [{ externalId: user.data.id, payload: user.data }] : [];
    });
    return { records, lost: items.length - records.length, changesAt: null };
  },
};

/** Users of the account. */
export const users = defineStream<PagerdutyConfig, UserPayload>({
  id: 'users',
  title: 'Users of the account',
  payloadSchema: userPayloadSchema,
  appliesTo: (scope) => !isServiceScope(scope),
  read: (context, request) => readPeopleList(list, sessionOf(context), request),
  map: mapUser,
});
