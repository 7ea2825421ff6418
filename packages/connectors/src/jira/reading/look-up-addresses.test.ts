import { describe, expect, it } from 'vitest';
import { rowsOf, startJiraWorld, worldEndsAt } from '../__fixtures__/jira-world.ts';
import { mostLookUpsADay } from './look-up-addresses.ts';

const dayMs = 24 * 3_600_000;
const search = 'GET /rest/api/3/user/search';

/** A site of which one person hides her address, and what of it was found. */
async function startWorld(config: object = { lookUpAddresses: true }) {
  const world = await startJiraWorld({ issues: 1, config });
  const hidden = world.data.addUser({
    displayName: 'Zoe Winter',
    emailAddress: 'z.winter@x.org',
    showsEmail: false,
  });
  const { store } = world;
  return {
    ...world,
    hidden,
    pass: (knownEmails: readonly string[]) => store.pass({ knownEmails }),
    lookUps: () => world.asked().filter((line) => line === search).length,
    found: () => rowsOf(store, 'identityMappings'),
    state: () => JSON.stringify([...store.places.values()].map((place) => place.state)),
    hiddenGap: () =>
      store.gaps().find(({ code }) => code === 'addresses_hidden')?.affectedCount ?? 0,
  };
}

describe('addresses that profiles hide', () => {
  it('are not asked for unless the configuration says so', async () => {
    const world = await startWorld({});
    await world.pass(['z.winter@x.org']);
    expect(world.lookUps()).toBe(0);
    expect(world.found()).toEqual([]);
  });

  it('are found by one that another source vouches for, as evidence and not as her profile', async () => {
    const { pass, found, hidden, hiddenGap, store } = await startWorld();
    await pass([]);
    const before = hiddenGap();
    await pass(['z.winter@x.org']);
    expect(found()).toEqual([
      {
        source: 'jira',
        fromExternalId: hidden.accountId,
        toExternalId: 'z.winter@x.org',
        displayName: null,
        method: 'looked_up_email',
      },
    ]);
    const account = rowsOf(store, 'accounts').find((row) => row['externalId'] === hidden.accountId);
    expect(account).toMatchObject({ email: null, emailVerified: false });
    expect(hiddenGap()).toBe(before - 1);
  });

  it('are asked for once each, and no address stands in what is remembered', async () => {
    const { pass, lookUps, clock, state } = await startWorld();
    await pass(['nobody@x.org']);
    expect(lookUps()).toBe(1);
    clock.advance(dayMs + 1);
    await pass(['nobody@x.org']);
    expect(lookUps()).toBe(0);
    expect(state()).not.toContain('nobody');
    expect(state()).not.toContain('x.org');
  });

  it('are asked for only so often in a day, and the rest on the next', async () => {
    const { pass, lookUps, clock } = await startWorld();
    const emails = Array.from({ length: mostLookUpsADay + 5 }, (_, at) => `nobody${at}@x.org`);
    await pass(emails);
    expect(lookUps()).toBe(mostLookUpsADay);
    await pass(emails);
    expect(lookUps()).toBe(0);
    clock.advance(dayMs + 1);
    await pass(emails);
    expect(lookUps()).toBe(5);
  });

  it('are no longer asked for when nobody is left who hides one', async () => {
    const { pass, lookUps, data } = await startWorld();
    for (const user of data.users) if (user.displayName !== 'Zoe Winter') user.showsEmail = true;
    await pass(['z.winter@x.org', 'zz.another@x.org']);
    expect(lookUps()).toBe(1);
  });

  it('tell nothing where several answer, where the profile shows another, or for its name', async () => {
    const { pass, found, lookUps, data } = await startWorld();
    data.addUser({ displayName: 'Bo Sun', emailAddress: 'bo@x.organic.example', showsEmail: true });
    data.addUser({ displayName: 'Al One', emailAddress: 'al@x.org', showsEmail: false });
    data.addUser({ displayName: 'Al Two', emailAddress: 'al@x.org.example', showsEmail: false });
    data.addUser({ displayName: 'victim@x.org', emailAddress: 'mal@x.org', showsEmail: false });
    data.addUser({
      displayName: 'Cy App',
      emailAddress: 'app@x.org',
      showsEmail: false,
      accountType: 'app',
    });
    await pass(['bo@x.org', 'al@x.org', 'victim@x.org', 'app@x.org']);
    expect(lookUps()).toBe(4);
    expect(found()).toEqual([]);
  });

  it('tell nothing of somebody who works in none of the projects', async () => {
    const { pass, found, twin, hidden } = await startWorld();
    const others = twin.data.users.filter((user) => user !== hidden).map(twin.site.views.user);
    twin.faults.push({ path: /multiProjectSearch$/, answer: { status: 200, body: others } });
    await pass(['z.winter@x.org']);
    expect(found()).toEqual([]);
  });

  it('stay found while they are hidden, and are forgotten when the profile shows one', async () => {
    const { pass, found, clock, hidden } = await startWorld();
    await pass(['z.winter@x.org']);
    clock.advance(dayMs + 1);
    await pass([]);
    expect(found()).toHaveLength(1);
    hidden.showsEmail = true;
    clock.advance(dayMs + 1);
    await pass([]);
    expect(found()).toEqual([]);
  });

  it('are left for the next pass where Jira refuses, and the users are read all the same', async () => {
    const { pass, found, twin, store, lookUps } = await startWorld();
    const answer = { status: 403, body: { errorMessages: ['No.'] } };
    twin.faults.push({ path: /user\/search$/, answer });
    const { errors } = await pass(['a.nobody@x.org', 'z.winter@x.org']);
    expect(errors).toEqual([]);
    expect(lookUps()).toBe(1);
    expect(rowsOf(store, 'accounts').length).toBeGreaterThan(4);
    await pass(['a.nobody@x.org', 'z.winter@x.org']);
    expect(lookUps()).toBe(2);
    expect(found()).toHaveLength(1);
  });

  it('and a form that is not known ends the stream with an error', async () => {
    const { pass, twin } = await startWorld();
    twin.faults.push({ path: /user\/search$/, answer: { status: 200, body: { users: [] } } });
    const { errors } = await pass(['z.winter@x.org']);
    expect(errors.map(({ code }) => code)).toEqual(['Upstream']);
  });
});

it('the gap about hidden addresses stays while the list of users is fresh', async () => {
  const { store, clock, hidden, data } = await startWorld({});
  await store.pass();
  const gaps = () => store.gaps().filter(({ code }) => code === 'addresses_hidden');
  expect(gaps()).toHaveLength(1);
  clock.advance(60_000);
  await store.pass();
  expect(gaps()).toHaveLength(1);
  expect(data.users).toContain(hidden);
  expect(clock.now()).toBeGreaterThan(worldEndsAt);
});
