import type { DomainRows } from '@adjutant/core';
import { kindOfLogin } from '../../commits/agents.ts';
import { boundedText } from '../../commits/text.ts';
import type { GroupPayload, UserPayload } from './payloads.ts';

const source = 'slack';
/** Slack's own account, which it does not call a bot. */
const slackbot = 'USLACKBOT';

/** Returns the account that a person or program of the workspace stands for. Pure. */
export function mapUser(payload: UserPayload): DomainRows {
  const { id, teamId } = payload;
  const login = textOrNull(payload.login, 200);
  const email = textOrNull(payload.email?.toLowerCase(), 320);
  const isBot = payload.isBot === true || id === slackbot;
  return {
    accounts: [
      {
        source,
        externalId: id,
        login,
        name: textOrNull(payload.name, 200),
        email,
        // Slack has sent a letter there, and it was opened.
        emailVerified: email !== null && payload.isEmailConfirmed === true,
        vendorId: `slack:${teamId}:${id}`,
        kind: isBot ? kindOfLogin(login ?? '', true) : 'human',
        isBot,
      },
    ],
  };
}

/** Returns the group of accounts that a user group stands for. Pure. */
export function mapGroup(payload: GroupPayload): DomainRows {
  return {
    accountGroups: [
      {
        source,
        externalId: payload.id,
        name: boundedText(payload.name, 200),
        slug: boundedText(payload.handle, 200),
        parentExternalId: null,
      },
    ],
    accountGroupMembers: [...new Set(payload.members)].map((accountExternalId) => ({
      source,
      groupExternalId: payload.id,
      accountExternalId,
      role: null,
    })),
  };
}

function textOrNull(text: string | null | undefined, maxLength: number): string | null {
  const bounded = boundedText((text ?? '').trim(), maxLength);
  return bounded === '' ? null : bounded;
}
