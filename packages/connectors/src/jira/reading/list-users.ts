import { AdjutantError } from '@adjutant/core';
import { z } from 'zod';
import type { JiraClient } from '../client/jira-client.ts';
import type { UserPayload } from '../map/issue-payload.ts';
import { userOfRest } from '../rest/payload-of-rest.ts';
import { restUserSchema } from '../rest/rest-shapes.ts';

const pageSize = 1_000;
/** Keys in one request; a longer address is cut on the way. */
const keysAtOnce = 50;
const pageSchema = z.array(z.unknown());

export type JiraUser = NonNullable<UserPayload>;

export interface ListedUsers {
  users: Map<string, JiraUser>;
  /** It could not be asked. */
  isDenied: boolean;
  /** There are more on the site than Jira looks through. */
  isLimited: boolean;
}

/** Returns whoever may be assigned in the projects, by id. */
export async function listUsers(
  client: JiraClient,
  projects: readonly string[],
): Promise<ListedUsers> {
  const users = new Map<string, JiraUser>();
  try {
    for (let at = 0; at < projects.length; at += keysAtOnce) {
      const projectKeys = projects.slice(at, at + keysAtOnce).join(',');
      const values = await client.ask(
        async ({ findBulkAssignableUsers }, jira) =>
          await findBulkAssignableUsers(jira, { projectKeys, query: '', maxResults: pageSize }),
        pageSchema,
        'users',
      );
      for (const user of usersOf(values)) users.set(user.id, user);
    }
    // Jira looks through a site's first thousand users and gives those of them that may be assigned.
    const beyond = await client.ask(
      async ({ getAllUsers }, jira) =>
        await getAllUsers(jira, { startAt: pageSize, maxResults: 1 }),
      pageSchema,
      'users',
    );
    return { users, isDenied: false, isLimited: beyond.length > 0 };
  } catch (error) {
    if (!AdjutantError.isInstance(error) || error.code !== 'Permission') throw error;
    return { users, isDenied: true, isLimited: false };
  }
}

/** Returns the users among what Jira gave. */
export function usersOf(values: readonly unknown[]): JiraUser[] {
  return values.flatMap((value) => {
    const told = restUserSchema.safeParse(value).data;
    const user = userOfRest(told);
    if (user === null || user === undefined) return [];
    return [{ ...user, timeZone: told?.timeZone ?? null }];
  });
}
