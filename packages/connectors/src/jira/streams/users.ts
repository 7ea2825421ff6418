import { defineStream } from '@adjutant/core';
import type { JiraConfig } from '../config.ts';
import { isSite } from '../discovery/discover.ts';
import { type UserPayload, userPayloadSchema } from '../map/issue-payload.ts';
import { mapUser } from '../map/map-user.ts';
import { readUsers } from '../reading/read-users.ts';

/** Whoever may be assigned in the selected projects. */
export const users = defineStream<JiraConfig, UserPayload>({
  id: 'users',
  title: 'Users of the projects',
  payloadSchema: userPayloadSchema,
  appliesTo: isSite,
  read: readUsers,
  map: mapUser,
});
