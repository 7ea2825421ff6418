import { systemClock } from '@adjutant/core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createGateway } from '../create-gateway.ts';
import type { ConfiguredPeople } from '../auth/configured-person.ts';
import { browserOf, openPageWorld, type PageWorld, testOrigin } from '../testing/page-world.ts';
import { openProvider, type ProviderWorld } from '../testing/provider-world.ts';

// Whatever form a subject has, it is bound to its issuer, and only an address that the provider verified
// suggests who it is, once.

const back = `${testOrigin}/sign-in/oidc/callback`;
const owner = 'owner:default';
const own = { email: 'owner@example.com', emailVerified: true };
const addresses = {
  verified: own,
  'not verified': { email: 'owner@example.com', emailVerified: false },
  absent: { email: undefined, emailVerified: false },
  'absent, and said to be verified': { email: undefined, emailVerified: true },
  'of somebody unknown': { email: 'mallory@example.com', emailVerified: true },
} as const;
const subjects = [
  'subject-1',
  'owner@example.com',
  'Owner@Example.com',
  'subject:owner@example.com',
  'subject:subject:owner@example.com',
  'address:owner@example.com',
  'owner:default',
  '__proto__',
  'constructor',
];
const people: ConfiguredPeople = { 'owner@example.com': owner };

let providers: ProviderWorld[];
let world: PageWorld;
beforeAll(async () => {
  providers = [await openProvider(back), await openProvider(back)];
});
afterAll(() => Promise.all(providers.map((provider) => provider.close())));
beforeEach(async () => {
  world = await openPageWorld(systemClock.now());
});
afterEach(() => world.close());

type Address = (typeof addresses)[keyof typeof addresses];

/** Signs in with a browser; returns whose session it got, or the status of the refusal. */
async function signIn(
  provider: ProviderWorld,
  subject: string,
  address: Address,
  named: ConfiguredPeople = people,
): Promise<string | number> {
  provider.signsIn({ subject, ...address });
  const { issuer, clientId, clientSecret } = provider;
  const page = createGateway(world.adjutant, {
    ...{ origin: testOrigin, clock: world.clock },
    oidc: { issuer, clientId, clientSecret, people: named },
  });
  const browser = browserOf(page, null);
  const begun = await browser.get('/sign-in/oidc');
  const attempt = begun.headers.getSetCookie().find((one) => one.startsWith('adjutant_oidc_4747='));
  const there = await provider.follow(begun.headers.get('location') ?? '', back);
  const { pathname, search } = new URL(there);
  const cookie = attempt?.split(';')[0] ?? '';
  const elsewhere = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', cookie };
  const answer = await browser.get(`${pathname}${search}`, elsewhere);
  await answer.text();
  if (answer.status !== 200) return answer.status;
  const [session] = await world.adjutant.approvers().listSessions(world.owner);
  return session?.personId ?? 0;
}

async function told(event: string): Promise<Record<string, unknown>[]> {
  const { items } = await world.adjutant.workspace().as(world.owner).audit.list({ event });
  return items.map(({ detail }) => detail);
}

describe.each(subjects)('the subject %j', (subject) => {
  test.each([0, 1])(
    'is bound where issuer %i vouches for it, and nowhere else',
    async (index) => {
      const [one, two] = [providers[index], providers[1 - index]];
      if (one === undefined || two === undefined) throw new Error('There are two.');
      for (const [name, address] of Object.entries(addresses)) {
        if (address !== own) expect(await signIn(one, subject, address), name).toBe(403);
      }
      expect(await told('sign_in.bound')).toEqual([]);
      expect(await signIn(one, subject, own)).toBe(owner);
      expect(await told('sign_in.bound')).toMatchObject([{ personId: owner, by: 'address' }]);
      for (const [name, address] of Object.entries(addresses)) {
        expect(await signIn(one, subject, address), name).toBe(owner);
      }
      expect(await told('sign_in.address_changed')).toMatchObject([{ personId: owner }]);
      for (const [name, address] of Object.entries(addresses)) {
        expect(await signIn(two, subject, address), name).toBe(403);
        expect(await signIn(one, 'another', address), name).toBe(403);
      }
      const refused = { personId: owner, reason: 'address_bound' };
      expect(await told('sign_in.refused')).toMatchObject([refused, refused]);
      // Once an administrator names the other, the first is nobody's.
      const named = { ...people, another: owner };
      expect(await signIn(one, 'another', addresses.absent, named)).toBe(owner);
      expect(await signIn(one, subject, own, named)).toBe(403);
      expect(await told('sign_in.unbound')).toMatchObject([{ personId: owner }]);
      // And is nobody's any more when it is named no more.
      expect(await signIn(one, 'another', addresses.absent)).toBe(403);
      const text = JSON.stringify(await world.adjutant.workspace().as(world.owner).audit.list({}));
      expect(text).not.toContain('@example.com');
    },
    60_000,
  );

  test('can be named, whatever it looks like, and is read as no address', async () => {
    const [provider] = providers;
    if (provider === undefined) throw new Error('There are two.');
    const named = { [`subject:${subject}`]: owner };
    expect(await signIn(provider, subject, addresses.absent, named)).toBe(owner);
    expect(await signIn(provider, `x${subject}`, addresses.absent, named)).toBe(403);
  });
});

test('two at once with one address: one is bound', async () => {
  const vouched = { issuer: 'https://id.example.com', verifiedAddress: own.email, named: null };
  const approvers = world.adjutant.approvers();
  const answers = await Promise.allSettled(
    ['a', 'b', 'c'].map((subject) =>
      approvers.personOfSubject({ ...vouched, subject, suggested: owner }),
    ),
  );
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('somebody whose address nothing suggests any more is not signed in by it', async () => {
  const [provider] = providers;
  if (provider === undefined) throw new Error('There are two.');
  expect(await signIn(provider, 'subject-1', own)).toBe(owner);
  expect(await signIn(provider, 'subject-1', own, {})).toBe(403);
  expect(await told('sign_in.unbound')).toHaveLength(1);
});
