import type { Account } from '@adjutant/core/domain';
import type { Reference } from '../payloads.ts';

const source = 'pagerduty';

/** Returns the account of a user; null for what is no user, such as a service that acted by itself. */
export function accountOf(reference: Reference | null | undefined): Account | null {
  if (reference?.type?.startsWith('user') !== true) return null;
  return userAccount({ id: reference.id, name: reference.summary ?? null, email: null });
}

/** Returns the account of a user by id. */
export function userAccount({
  id,
  name,
  email,
}: {
  id: string;
  name: string | null;
  email: string | null;
}): Account {
  return {
    source,
    externalId: id,
    login: null,
    name,
    email,
    // An administrator sets the login address of anybody, and PagerDuty asks for her password only:
    // nobody answers from that address (support.pagerduty.com/main/docs/user-settings).
    emailVerified: false,
    vendorId: `${source}:${id}`,
    kind: 'human',
    isBot: false,
  };
}
