import type { DomainRows, Scope } from '@adjutant/core';
import { kindOfLogin } from '../../commits/agents.ts';
import { boundedText } from '../../commits/text.ts';
import { timeZoneOf } from '../../commits/time-zone.ts';
import type { GroupPayload, UserPayload } from './payloads.ts';

const source = 'slack';
/** Slack's own account, which it does not call a bot. */
const slackbot = 'USLACKBOT';

/**
 * Returns the account that a person or program stands for; the scope is the workspace that showed it.
 * Pure.
 */
export function mapUser(payload: UserPayload, workspace: Pick<Scope, 'externalId'>): DomainRows {
  const { id, teamId } = payload;
  const login = textOrNull(payload.login, 200);
  // An address that another organisation gave its account is none that people here are known by.
  const isOfOthers = teamId !== workspace.externalId;
  const email = isOfOthers ? null : textOrNull(payload.email?.toLowerCase(), 320);
  const isBot = payload.isBot === true || id === slackbot;
  return {
    accounts: [
      {
        source,
        externalId: id,
        login,
        name: textOrNull(payload.name, 200),
        email,
        // Owners and admins set anybody's address, and SAML takes it from the identity provider.
        emailVerified: false,
        vendorId: `slack:${teamId}:${id}`,
        timeZone: isOfOthers || isBot ? null : timeZoneOf(payload.timeZone),
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
