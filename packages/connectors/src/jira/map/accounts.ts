import type { Account } from '@adjutant/core/domain';
import { kindOfLogin, kindOfSignature } from '../../commits/agents.ts';
import { boundedText } from '../../commits/text.ts';
import { timeZoneOf } from '../../commits/time-zone.ts';
import type { UserPayload } from './issue-payload.ts';

const source = 'jira';
const maxNameLength = 200;
const maxAddressLength = 320;

/** Collects the accounts that a record names, each once, and gives back their ids. */
export class AccountCollector {
  readonly #accounts = new Map<string, Account>();

  /** Returns the id of an account; null where nobody is named. */
  of(user: UserPayload): string | null {
    if (user === null || user === undefined || user.id === '') return null;
    const row = accountOf(user);
    const present = this.#accounts.get(row.externalId);
    if (present === undefined || (present.email === null && row.email !== null)) {
      this.#accounts.set(row.externalId, row);
    }
    return row.externalId;
  }

  rows(): { accounts: Account[] } {
    return { accounts: [...this.#accounts.values()] };
  }
}

function accountOf({ id, name, email, type, timeZone }: NonNullable<UserPayload>): Account {
  const shown = boundedText((name ?? '').trim(), maxNameLength);
  const address = boundedText((email ?? '').trim().toLowerCase(), maxAddressLength);
  const isApp = type === 'app';
  const kind = isApp ? kindOfLogin(shown, true) : kindOfSignature(shown, address, null);
  return {
    source,
    externalId: boundedText(id, 200),
    login: null,
    name: shown === '' ? null : shown,
    email: address === '' ? null : address,
    // An Atlassian account of the site has an address only after a message to it was answered; an
    // account of a service desk's portal has whatever its owner typed.
    emailVerified: address !== '' && type === 'atlassian',
    vendorId: type === null || type === undefined ? null : `atlassian:${boundedText(id, 200)}`,
    timeZone: timeZoneOf(timeZone),
    kind,
    isBot: kind !== 'human',
  };
}
