import { type Batch, type ConnectorContext, defineStream, type ReadRequest } from '@adjutant/core';
import { z } from 'zod';
import { readPages } from '../client/read-pages.ts';
import type { SlackConfig } from '../config.ts';
import { clientOf, isWorkspaceScope } from '../discovery/session.ts';
import { mapUser } from '../map/map-people.ts';
import { type UserPayload, userPayloadSchema } from '../map/payloads.ts';
import { emailsHidden, listBroken, listUnreadable } from './people-gaps.ts';

/** Slack does not say who has changed, so everybody is read again after a while. */
const staleAfterMs = 6 * 3_600_000;
const stateSchema = z.object({ readAt: z.number(), showsEmails: z.boolean() });

const text = z.string().nullish().catch(null);
const flag = z.boolean().nullish().catch(null);
const userSchema = z.object({
  id: z.string().min(1),
  team_id: text,
  name: text,
  real_name: text,
  deleted: flag,
  is_bot: flag,
  tz: text,
  profile: z.object({ real_name: text, email: text }).nullish().catch(null),
});

/** Everybody who has or had an account in the workspace. */
export const users = defineStream<SlackConfig, UserPayload>({
  id: 'users',
  title: 'People and programs of the workspace',
  payloadSchema: userPayloadSchema,
  appliesTo: isWorkspaceScope,
  read: readUsers,
  map: mapUser,
});

async function* readUsers(
  context: ConnectorContext<SlackConfig>,
  request: ReadRequest,
): AsyncGenerator<Batch> {
  const client = clientOf(context, request);
  const before = stateSchema.safeParse(request.state);
  const now = client.serverNow();
  const isFresh = before.success && now - before.data.readAt < staleAfterMs;
  if (request.mode === 'incremental' && before.success && isFresh) {
    const gaps = before.data.showsEmails ? [] : [emailsHidden];
    yield { records: [], tombstones: [], state: before.data, complete: true, gaps };
    return;
  }
  const gone = new Set<string>();
  for await (const id of request.knownExternalIds?.() ?? []) gone.add(id);
  const pages = readPages(client, {
    method: 'users.list',
    parameters: { limit: 200 },
    field: 'members',
    what: 'the people of the workspace',
  });
  const seen = { people: 0, emails: 0, unreadable: 0 };
  for await (const { items, isEnd, isBroken } of pages) {
    const records: UserPayload[] = [];
    for (const item of items) {
      const user = userSchema.safeParse(item);
      if (!user.success) {
        seen.unreadable += 1;
        continue;
      }
      const payload = payloadOf(user.data, request.scope.externalId);
      const isOwn = payload.teamId === request.scope.externalId;
      if (isOwn && payload.isBot !== true && payload.isDeleted !== true) seen.people += 1;
      if (payload.email !== null) seen.emails += 1;
      gone.delete(payload.id);
      records.push(payload);
    }
    const isWhole = isEnd && !isBroken && seen.unreadable === 0;
    const showsEmails = seen.emails > 0 || seen.people === 0;
    yield {
      records: records.map((payload) => ({ externalId: payload.id, payload })),
      // What a list that breaks off does not show may still be there.
      tombstones: isWhole ? [...gone].toSorted() : [],
      state: isWhole ? { readAt: now, showsEmails } : {},
      complete: isEnd,
      gaps: [
        ...(isBroken ? [listBroken('people')] : []),
        ...(isEnd && seen.unreadable > 0 ? [listUnreadable('people', seen.unreadable)] : []),
        ...(isEnd && !showsEmails ? [emailsHidden] : []),
      ],
    };
  }
}

function payloadOf(user: z.infer<typeof userSchema>, teamId: string): UserPayload {
  const { id, profile } = user;
  const isOfOthers = user.team_id !== null && user.team_id !== undefined && user.team_id !== teamId;
  return {
    id,
    teamId: user.team_id ?? teamId,
    login: user.name ?? null,
    name: profile?.real_name ?? user.real_name ?? null,
    // Of another organisation's people nothing is kept that is not needed.
    email: isOfOthers ? null : (profile?.email ?? null),
    timeZone: isOfOthers ? null : (user.tz ?? null),
    isBot: user.is_bot ?? null,
    isDeleted: user.deleted ?? null,
  };
}
