import { AdjutantError, type Preparation, type PreviewFact } from '@adjutant/core';
import { z } from 'zod';
import { listed, neutralText } from '../../writing/neutral-text.ts';
import { plain, warning } from '../../writing/preview-facts.ts';
import type { SlackAccess } from './access.ts';
import { callsEverybody, type OutgoingMessage } from './outgoing-message.ts';

/** So many people called at once are a crowd. */
const fewPeople = 5;

const userSchema = z.object({
  user: z.object({
    id: z.string(),
    team_id: z.string().nullish(),
    name: z.string().nullish(),
    deleted: z.boolean().nullish(),
    is_bot: z.boolean().nullish(),
    is_restricted: z.boolean().nullish(),
    is_ultra_restricted: z.boolean().nullish(),
    profile: z.object({ real_name: z.string().nullish() }).nullish().catch(null),
  }),
});
export type ReadUser = z.infer<typeof userSchema>['user'];

const groupsSchema = z.object({
  usergroups: z.array(
    z.object({
      id: z.string(),
      handle: z.string(),
      user_count: z.union([z.number(), z.string()]).nullish(),
    }),
  ),
});

/** Whom a message calls, and why it is of high risk where it is. */
export interface ExaminedMessage {
  facts: PreviewFact[];
  recipients: string[];
  /** Accounts of the people whom it calls. */
  people: string[];
  containsCommand: boolean;
  reasons: string[];
}

/** Looks up whom a message calls. @throws AdjutantError `NotFound` for somebody who is not there */
export async function examineMessage(
  access: SlackAccess,
  message: OutgoingMessage,
): Promise<ExaminedMessage> {
  const { mentions = [] } = message;
  const everybody = mentions.filter(callsEverybody);
  const groups = mentions.filter((mention) => mention.startsWith('S'));
  const ids = mentions.filter((mention) => !callsEverybody(mention) && !groups.includes(mention));
  const users: ReadUser[] = [];
  for (const id of ids) users.push(await readUser(access, id));
  const programs = users.filter(({ is_bot: isBot }) => isBot === true);
  const people = users.filter((user) => !programs.includes(user));
  const guests = people.filter((user) => isGuest(user) === true);
  const groupNames = groups.length === 0 ? [] : await readGroups(access, groups);
  const reasons = [
    ...(everybody.length === 0 ? [] : [`it calls everybody: ${everybody.join(', ')}`]),
    ...(groups.length === 0 ? [] : [`it calls user groups: ${listed(groupNames)}`]),
    ...(programs.length === 0 ? [] : [`it calls programs: ${listed(programs.map(nameOf))}`]),
    ...(guests.length === 0 ? [] : [`it calls guests: ${listed(guests.map(nameOf))}`]),
    ...(people.length <= fewPeople ? [] : [`it calls ${people.length} people`]),
  ];
  const called = [...everybody.map((word) => `@${word}`), ...groupNames, ...users.map(nameOf)];
  return {
    facts: [
      ...reasons.map((reason) => warning('Text', reason)),
      called.length === 0 ? plain('Calls', 'nobody') : warning('Calls', listed(called, 30)),
    ],
    recipients: called,
    people: people.map(({ id }) => id),
    containsCommand: programs.length > 0,
    reasons,
  };
}

/** Returns the raised tier, as a part of a preparation. */
export function raisedBy(reasons: readonly string[]): Pick<Preparation, 'raisedRisk'> {
  return reasons.length === 0 ? {} : { raisedRisk: { risk: 'high', reason: reasons.join('; ') } };
}

/** Returns a person or program by id. @throws AdjutantError `NotFound` */
export async function readUser(access: SlackAccess, id: string): Promise<ReadUser> {
  const { user } = await access.read('users.info', { user: id }, userSchema, `person ${id}`);
  if (user.deleted !== true) return user;
  throw new AdjutantError('NotFound', `The account of ${nameOf(user)} is deactivated.`, {
    source: 'slack',
    hint: 'Name somebody else.',
  });
}

/** Returns whether somebody is a guest from outside; null where Slack does not say. */
export function isGuest(user: ReadUser): boolean | null {
  const flags = new Set([user.is_restricted ?? null, user.is_ultra_restricted ?? null]);
  if (flags.has(true)) return true;
  return flags.has(null) ? null : false;
}

/** Returns a person as people know one, with the id that decides. */
export function nameOf({ id, name, profile }: ReadUser): string {
  return `@${neutralText(profile?.real_name ?? name ?? id, 60)} (${neutralText(id, 30)})`;
}

async function readGroups(access: SlackAccess, ids: readonly string[]): Promise<string[]> {
  const what = 'the user groups';
  const { usergroups } = await access.read(
    'usergroups.list',
    { include_count: true },
    groupsSchema,
    what,
  );
  return ids.map((id) => {
    const group = usergroups.find((one) => one.id === id);
    if (group === undefined) {
      throw new AdjutantError('NotFound', `There is no user group ${neutralText(id, 30)}.`, {
        source: 'slack',
        hint: 'Read the user groups again.',
      });
    }
    const size = group.user_count ?? null;
    return `@${neutralText(group.handle, 60)} (${size === null ? 'size unknown' : `${size} people`})`;
  });
}
