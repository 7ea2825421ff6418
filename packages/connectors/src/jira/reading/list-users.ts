import { AdjutantError } from '@adjutant/core';
import { z } from 'zod';
import type { JiraClient } from '../client/jira-client.ts';
import type { UserPayload } from '../map/issue-payload.ts';
import { userOfRest } from '../rest/payload-of-rest.ts';
import { restUserSchema } from '../rest/rest-shapes.ts';

const pageSize = 1_000;
const mostPages = 20;
/** Keys in one request; a longer address is cut on the way. */
const keysAtOnce = 50;
const pageSchema = z.array(z.unknown());

export type JiraUser = NonNullable<UserPayload>;

/** Returns whoever may be assigned in the projects, by id; whether that could be asked at all. */
export async function listUsers(
  client: JiraClient,
  projects: readonly string[],
): Promise<{ users: Map<string, JiraUser>; isDenied: boolean }> {
  const users = new Map<string, JiraUser>();
  try {
    for (let at = 0; at < projects.length; at += keysAtOnce) {
      const projectKeys = projects.slice(at, at + keysAtOnce).join(',');
      for (let page = 0; page < mostPages; page += 1) {
        const values = await client.ask(
          async ({ findBulkAssignableUsers }, jira) =>
            await findBulkAssignableUsers(jira, {
              projectKeys,
              query: '',
              startAt: page * pageSize,
              maxResults: pageSize,
            }),
          pageSchema,
          'users',
        );
        for (const user of usersOf(values)) users.set(user.id, user);
        if (values.length < pageSize) break;
      }
    }
  } catch (error) {
    if (!AdjutantError.isInstance(error) || error.code !== 'Permission') throw error;
    return { users, isDenied: true };
  }
  return { users, isDenied: false };
}

/** Returns the users among what Jira gave. */
export function usersOf(values: readonly unknown[]): JiraUser[] {
  return values.flatMap((value) => userOfRest(restUserSchema.safeParse(value).data) ?? []);
}
