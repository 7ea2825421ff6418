import { AdjutantError, type Batch, type ConnectorContext, type ReadRequest } from '@adjutant/core';
import { z } from 'zod';
import type { JiraConfig } from '../config.ts';
import { readProjects } from '../discovery/read-projects.ts';
import type { JiraClient } from '../client/jira-client.ts';
import { sessionOf } from '../discovery/session.ts';
import { userOfRest } from '../rest/payload-of-rest.ts';
import { restUserSchema } from '../rest/rest-shapes.ts';

const pageSize = 1_000;
/** Jira does not say when somebody joined or left: the list is read again after a day. */
const staleAfterMs = 24 * 3_600_000;
/** Keys in one request; a longer address is cut on the way. */
const keysAtOnce = 50;

const stateSchema = z.object({
  version: z.literal(2),
  readAt: z.number(),
  projects: z.string(),
  /** What holds until the list is read anew. */
  hidden: z.number(),
  denied: z.boolean(),
  limited: z.boolean(),
});
type UsersState = z.infer<typeof stateSchema>;
const pageSchema = z.array(z.unknown());

/** Reads who may be assigned in the selected projects: whoever works there, and nobody else. */
export async function* readUsers(
  context: ConnectorContext<JiraConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const { client } = sessionOf(context);
  client.rest.governor.attach(request.budget);
  const projects = (await readProjects(context)).map(({ key }) => key).toSorted();
  const before = stateSchema.safeParse(request.state).data ?? null;
  const now = client.rest.serverNow();
  const isFresh =
    before !== null && now - before.readAt < staleAfterMs && before.projects === projects.join(',');
  if (before !== null && isFresh && request.mode === 'incremental') {
    const gaps = gapsOf(before);
    yield { records: [], tombstones: [], state: before, complete: true, gaps };
    return;
  }
  const read = await usersOf(client, projects);
  const hidden = read.users.filter(({ email, type }) => email === null && type === 'atlassian');
  const state: UsersState = {
    version: 2,
    readAt: now,
    projects: projects.join(','),
    hidden: hidden.length,
    denied: read.denied,
    limited: read.limited,
  };
  yield {
    records: read.users.map((user) => ({ externalId: user.id, payload: user })),
    // Who may no longer be assigned still stands in the history.
    tombstones: [],
    state,
    complete: true,
    gaps: gapsOf(state),
  };
}

interface ReadUsers {
  users: NonNullable<ReturnType<typeof userOfRest>>[];
  denied: boolean;
  limited: boolean;
}

async function usersOf(client: JiraClient, projects: readonly string[]): Promise<ReadUsers> {
  const users = new Map<string, ReadUsers['users'][number]>();
  try {
    for (let at = 0; at < projects.length; at += keysAtOnce) {
      const projectKeys = projects.slice(at, at + keysAtOnce).join(',');
      const values = await client.ask(
        async ({ findBulkAssignableUsers }, jira) =>
          await findBulkAssignableUsers(jira, { projectKeys, query: '', maxResults: pageSize }),
        pageSchema,
        'users',
      );
      for (const value of values) {
        const user = userOfRest(restUserSchema.safeParse(value).data);
        if (user !== null && user !== undefined) users.set(user.id, user);
      }
    }
    // Jira looks through a site's first thousand users and gives those of them that may be assigned.
    const beyond = await client.ask(
      async ({ getAllUsers }, jira) =>
        await getAllUsers(jira, { startAt: pageSize, maxResults: 1 }),
      pageSchema,
      'users',
    );
    return { users: [...users.values()], denied: false, limited: beyond.length > 0 };
  } catch (error) {
    if (!AdjutantError.isInstance(error) || error.code !== 'Permission') throw error;
    return { users: [...users.values()], denied: true, limited: false };
  }
}

function gapsOf({ hidden, denied, limited }: UsersState): Batch['gaps'] {
  return [
    ...(denied ? [usersDenied] : []),
    ...(limited ? [usersLimited] : []),
    ...(hidden === 0 ? [] : [addressesHidden(hidden)]),
  ];
}

const usersLimited = {
  code: 'users_limited',
  message:
    'The site has more than a thousand users, of whom Jira looks through the first thousand alone. Whoever stands in an issue is known all the same.',
  affectedCount: null,
};

const usersDenied = {
  code: 'users_not_permitted',
  message:
    'The account of the token may not browse users: it needs the global permission "Browse users and groups". Whoever stands in an issue is known all the same.',
  affectedCount: null,
};

function addressesHidden(count: number): Batch['gaps'][number] {
  return {
    code: 'addresses_hidden',
    message:
      'People hide their addresses in their Atlassian profiles: whose accounts these are is not told by an address. Run: adjutant people review',
    affectedCount: count,
  };
}
