import {
  AdjutantError,
  type Batch,
  type ConnectorContext,
  defineStream,
  type ReadRequest,
} from '@adjutant/core';
import { z } from 'zod';
import type { SlackConfig } from '../config.ts';
import { clientOf, isWorkspaceScope } from '../discovery/session.ts';
import { mapGroup } from '../map/map-people.ts';
import { type GroupPayload, groupPayloadSchema } from '../map/payloads.ts';
import { groupsHidden, listUnreadable } from './people-gaps.ts';

const groupSchema = z.object({
  id: z.string().min(1),
  name: z.string(),
  handle: z.string(),
  users: z.array(z.string()).nullish(),
});
const answerSchema = z.object({ usergroups: z.array(z.unknown()) });

/** User groups with their members. They propose teams; they are none. */
export const usergroups = defineStream<SlackConfig, GroupPayload>({
  id: 'usergroups',
  title: 'User groups',
  payloadSchema: groupPayloadSchema,
  appliesTo: isWorkspaceScope,
  read: readGroups,
  map: mapGroup,
});

async function* readGroups(
  context: ConnectorContext<SlackConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const client = clientOf(context, request);
  let listed: readonly unknown[];
  try {
    // One answer holds them all; there are no pages of it.
    const parameters = { include_users: true, include_disabled: false };
    const what = 'the user groups';
    const { data } = await client.call('usergroups.list', parameters, answerSchema, what);
    listed = data.usergroups;
  } catch (error) {
    if (!AdjutantError.isInstance(error) || error.code !== 'Permission') throw error;
    const state = request.state ?? {};
    yield { records: [], tombstones: [], state, complete: true, gaps: [groupsHidden] };
    return;
  }
  const gone = new Set<string>();
  for await (const id of request.knownExternalIds?.() ?? []) gone.add(id);
  const records: { externalId: string; payload: GroupPayload }[] = [];
  for (const item of listed) {
    const group = groupSchema.safeParse(item);
    if (!group.success) continue;
    const { id, name, handle, users } = group.data;
    gone.delete(id);
    records.push({ externalId: id, payload: { id, name, handle, members: users ?? [] } });
  }
  const unreadable = listed.length - records.length;
  yield {
    records,
    tombstones: unreadable === 0 ? [...gone].toSorted() : [],
    state: {},
    complete: true,
    gaps: unreadable === 0 ? [] : [listUnreadable('user groups', unreadable)],
  };
}
