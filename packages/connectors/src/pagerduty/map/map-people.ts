import type { DomainRows } from '@adjutant/core';
import { timeZoneOf } from '../../commits/time-zone.ts';
import type { OnCallPayload, UserPayload } from '../payloads.ts';
import { userAccount } from './user-account.ts';

const source = 'pagerduty';

/** Returns the account that a user stands for. Pure. */
export function mapUser({ id, name, email, time_zone }: UserPayload): DomainRows {
  const account = userAccount({ id, name: name ?? null, email: email ?? null });
  return { accounts: [{ ...account, timeZone: timeZoneOf(time_zone) }] };
}

/** Returns the group of those who are on call for an escalation policy. Pure. */
export function mapOnCall({ id, name, members }: OnCallPayload): DomainRows {
  const externalId = `on_call:${id}`;
  return {
    accounts: members.map(({ user }) =>
      userAccount({ id: user.id, name: user.summary ?? null, email: null }),
    ),
    accountGroups: [
      {
        source,
        externalId,
        name: name ?? id,
        slug: externalId,
        parentExternalId: null,
      },
    ],
    accountGroupMembers: members.map(({ user, level }) => ({
      source,
      groupExternalId: externalId,
      accountExternalId: user.id,
      role: `level ${level}`,
    })),
  };
}
