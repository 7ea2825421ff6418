import type { Batch, ConnectorContext, ReadRequest } from '@adjutant/core';
import { z } from 'zod';
import type { JiraConfig } from '../config.ts';
import { readProjects } from '../discovery/read-projects.ts';
import { sessionOf } from '../discovery/session.ts';
import { type JiraUser, listUsers } from './list-users.ts';
import {
  type KnownRecords,
  lookUpAddresses,
  lookUpRecordId,
  lookUpsSchema,
  readKnownRecords,
} from './look-up-addresses.ts';

/** Jira does not say when somebody joined or left: the list is read again after a day. */
const staleAfterMs = 24 * 3_600_000;

const stateSchema = z.object({
  readAt: z.number(),
  projects: z.string(),
  /** How many hid their address, and whether the list was refused, when it was last read. */
  hidden: z.number(),
  isDenied: z.boolean(),
  isLimited: z.boolean(),
  lookUps: lookUpsSchema.nullish(),
});
type UsersState = z.infer<typeof stateSchema>;

/**
 * Reads who may be assigned in the selected projects: whoever works there, and nobody else. Where the
 * configuration says so, it asks Jira whose the addresses are that other sources vouch for.
 */
export async function* readUsers(
  context: ConnectorContext<JiraConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const { client } = sessionOf(context);
  client.rest.governor.attach(request.budget);
  const keys = (await readProjects(context)).map(({ key }) => key).toSorted();
  const projects = keys.join(',');
  const before = stateSchema.safeParse(request.state).data ?? null;
  const now = client.rest.serverNow();
  const isFresh =
    before !== null && now - before.readAt < staleAfterMs && before.projects === projects;
  const known = await readKnownRecords(request);
  let state: UsersState;
  let listed: JiraUser[] = [];
  let tombstones: string[] = [];
  if (isFresh && request.mode === 'incremental') state = before;
  else {
    const { users, isDenied, isLimited } = await listUsers(client, keys);
    listed = [...users.values()];
    const hidden = listed.filter(hidesAddress).length;
    state = { readAt: now, projects, hidden, isDenied, isLimited, lookUps: before?.lookUps };
    tombstones = noteListed(known, listed);
  }
  let found: Batch['records'] = [];
  if (context.config.lookUpAddresses && !state.isDenied) {
    const { records, lookUps } = await lookUpAddresses(client, request, known, {
      before: state.lookUps ?? null,
      hidden: state.hidden,
      now,
    });
    found = records;
    state = { ...state, lookUps };
  }
  yield {
    records: [...listed.map((user) => ({ externalId: user.id, payload: user })), ...found],
    // Who may no longer be assigned still stands in the history.
    tombstones,
    state,
    complete: true,
    gaps: gapsOf(state, known.lookedUp.size + found.length),
  };
}

function hidesAddress({ email, type }: JiraUser): boolean {
  return (email ?? null) === null && type === 'atlassian';
}

/** Whoever shows an address by now is known by it: returns what was found of them before. */
function noteListed({ accounts, lookedUp }: KnownRecords, listed: readonly JiraUser[]): string[] {
  const shown = listed.filter((user) => !hidesAddress(user) && lookedUp.has(user.id));
  for (const { id } of listed) accounts.add(id);
  for (const { id } of shown) lookedUp.delete(id);
  return shown.map(({ id }) => lookUpRecordId(id));
}

function gapsOf({ hidden, isDenied, isLimited }: UsersState, lookedUp: number): Batch['gaps'] {
  const unknown = hidden - lookedUp;
  return [
    ...(isDenied ? [usersDenied] : []),
    ...(isLimited ? [usersLimited] : []),
    ...(unknown > 0 ? [addressesHidden(unknown)] : []),
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
