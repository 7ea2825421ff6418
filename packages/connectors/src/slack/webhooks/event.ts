import type { WebhookHint } from '@adjutant/core';
import { z } from 'zod';

const idForm = /^[A-Z0-9]{2,30}$/;
const id = z.string().regex(idForm).nullish().catch(null);
const ts = z
  .string()
  .regex(/^\d{1,12}\.\d{1,9}$/)
  .nullish()
  .catch(null);
const word = z
  .string()
  .regex(/^[a-z0-9_.]{1,60}$/)
  .nullish()
  .catch(null);

/** Where an event took place; a channel comes as its id, or as a thing that has one. */
const eventSchema = z.object({
  type: word,
  subtype: word,
  ts,
  thread_ts: ts,
  event_ts: ts,
  channel: z
    .union([z.string().regex(idForm), z.object({ id: z.string().regex(idForm) })])
    .nullish()
    .catch(null),
  item: z.object({ channel: id, ts }).nullish().catch(null),
});
const deliverySchema = z.object({
  type: word,
  event_id: id,
  team_id: id,
  event_time: z.number().int().nullish().catch(null),
  event: eventSchema.nullish().catch(null),
});
type Delivery = z.infer<typeof deliverySchema>;

const ofThreads: ReadonlySet<string> = new Set([
  'message',
  'reaction_added',
  'reaction_removed',
  'channel_history_changed',
  'group_history_changed',
]);
const ofChannels: ReadonlySet<string> = new Set([
  'channel_archive',
  'channel_rename',
  'channel_shared',
  'channel_unarchive',
  'channel_unshared',
  'group_archive',
  'group_rename',
  'group_unarchive',
]);
const ofGroups: ReadonlySet<string> = new Set([
  'subteam_created',
  'subteam_members_changed',
  'subteam_updated',
]);

/** Returns what a delivery says to look at; nothing where it is of what is not read. */
export function hintsOf(event: string, payload: unknown): readonly WebhookHint[] {
  const delivery = read(payload);
  if (delivery === null) return [];
  const channel = channelOf(delivery);
  if (ofThreads.has(event)) return at(channel, 'threads');
  if (ofChannels.has(event)) return at(channel, 'channels');
  if (ofGroups.has(event)) return at(delivery.team_id ?? null, 'usergroups');
  return [];
}

/** Returns where and when something happened: what was said and by whom stays outside. */
export function keptOf(_event: string, payload: unknown): unknown {
  const delivery = read(payload);
  if (delivery === null) return {};
  const { type, event_id, team_id, event_time, event } = delivery;
  return {
    type,
    event_id,
    team_id,
    event_time,
    event: {
      type: event?.type ?? null,
      subtype: event?.subtype ?? null,
      channel: channelOf(delivery),
      ts: event?.ts ?? event?.item?.ts ?? null,
      thread_ts: event?.thread_ts ?? null,
      event_ts: event?.event_ts ?? null,
    },
  };
}

function read(payload: unknown): Delivery | null {
  const parsed = deliverySchema.safeParse(payload);
  return parsed.success ? parsed.data : null;
}

function channelOf({ event }: Delivery): string | null {
  const channel = event?.channel ?? event?.item?.channel ?? null;
  return typeof channel === 'string' || channel === null ? channel : channel.id;
}

function at(scopeExternalId: string | null, stream: string): WebhookHint[] {
  return scopeExternalId === null ? [] : [{ scopeExternalId, stream }];
}
