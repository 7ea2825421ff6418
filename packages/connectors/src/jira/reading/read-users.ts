import { AdjutantError, type Batch, type ConnectorContext, type ReadRequest } from '@adjutant/core';
import { z } from 'zod';
import type { JiraConfig } from '../config.ts';
import { readProjects } from '../discovery/read-projects.ts';
import { sessionOf } from '../discovery/session.ts';
import { userOfRest } from '../rest/payload-of-rest.ts';
import { restUserSchema } from '../rest/rest-shapes.ts';

const pageSize = 1_000;
const mostPages = 20;
/** Jira does not say when somebody joined or left: the list is read again after a day. */
const staleAfterMs = 24 * 3_600_000;
/** Keys in one request; a longer address is cut on the way. */
const keysAtOnce = 50;

const stateSchema = z.object({ readAt: z.number(), projects: z.string() });
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
  const state = { readAt: now, projects: projects.join(',') };
  if (isFresh && request.mode === 'incremental') {
    yield { records: [], tombstones: [], state: before, complete: true, gaps: [] };
    return;
  }
  const users = new Map<string, NonNullable<ReturnType<typeof userOfRest>>>();
  let gaps: Batch['gaps'] = [];
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
        for (const value of values) {
          const user = userOfRest(restUserSchema.safeParse(value).data);
          if (user !== null && user !== undefined) users.set(user.id, user);
        }
        if (values.length < pageSize) break;
      }
    }
  } catch (error) {
    if (!AdjutantError.isInstance(error) || error.code !== 'Permission') throw error;
    gaps = [usersDenied];
  }
  const hidden = [...users.values()].filter(
    ({ email, type }) => email === null && type === 'atlassian',
  ).length;
  yield {
    records: [...users.values()].map((user) => ({ externalId: user.id, payload: user })),
    // Who may no longer be assigned still stands in the history.
    tombstones: [],
    state,
    complete: true,
    gaps: [...gaps, ...(hidden === 0 ? [] : [addressesHidden(hidden)])],
  };
}

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
