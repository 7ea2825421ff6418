import { defineStream } from '@adjutant/core';
import type { JiraConfig } from '../config.ts';
import { isSite } from '../discovery/discover.ts';
import { mapUser, type UserRecord, userRecordSchema } from '../map/map-user.ts';
import { readUsers } from '../reading/read-users.ts';

/** Whoever may be assigned in the selected projects. */
export const users = defineStream<JiraConfig, UserRecord>({
  id: 'users',
  title: 'Users of the projects',
  payloadSchema: userRecordSchema,
  appliesTo: isSite,
  read: readUsers,
  map: mapUser,
});
