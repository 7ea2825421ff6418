import { describe, expect, it } from 'vitest';
import { mapUser } from './map-people.ts';

const workspace = { externalId: 'T0ACME' };
const ada = { id: 'U0ADA', teamId: 'T0ACME', name: 'Ada', email: 'Ada@acme.example' };

describe('an account', () => {
  it('has an address that nobody vouches for, whatever Slack calls confirmed', () => {
    const confirmed = { ...ada, isEmailConfirmed: true };
    expect(mapUser(confirmed, workspace).accounts).toMatchObject([
      { email: 'ada@acme.example', emailVerified: false },
    ]);
  });

  it('has the time zone of its profile, unless it is of another organisation or a program', () => {
    const shown = { ...ada, timeZone: 'Europe/Berlin' };
    const zoneOf = (user: typeof shown & { isBot?: boolean }) =>
      mapUser(user, workspace).accounts?.[0]?.timeZone;
    expect(zoneOf(shown)).toBe('Europe/Berlin');
    expect(zoneOf({ ...shown, teamId: 'T0OTHER' })).toBeNull();
    expect(zoneOf({ ...shown, isBot: true })).toBeNull();
    expect(zoneOf({ ...shown, timeZone: 'somewhere' })).toBeNull();
  });

  it('of another organisation carries no address', () => {
    expect(mapUser({ ...ada, teamId: 'T0OTHER' }, workspace).accounts).toMatchObject([
      { externalId: 'U0ADA', email: null, emailVerified: false, vendorId: 'slack:T0OTHER:U0ADA' },
    ]);
  });
});
