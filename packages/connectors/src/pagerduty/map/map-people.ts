import type { DomainRows } from '@adjutant/core';
import type { OnCallPayload, UserPayload } from '../payloads.ts';
import { userAccount } from './user-account.ts';

const source = 'pagerduty';

/** Returns the account that a user stands for. Pure. */
export function mapUser({ id, name, email }: UserPayload): DomainRows {
  return { accounts: [userAccount({ id, name: name ?? null, email: email ?? null })] };
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
