import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Adjutant } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import type { Account, Viewer } from '../domain.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createRowsConnector } from '../testing/rows-connector.ts';
import { vouchedProof, vouchingHost } from '../testing/vouching-host.ts';
import type { IdentityProof } from './presence.ts';
import type { WorkspaceHandle } from '../workspace/handle.ts';

const account = (name: string): Account => ({
  source: 'chat',
  externalId: name,
  login: name,
  name,
  email: null,
  emailVerified: false,
  vendorId: null,
  kind: 'human',
  isBot: false,
});

let adjutant: Adjutant;
let owner: WorkspaceHandle;
let ada: string;
let bob: string;
const there = vouchedProof({ kind: 'person', personId: 'owner:default', role: 'admin' });

beforeEach(async () => {
  adjutant = await createAdjutant({
    store: ':memory:',
    approvals: { hostSession: vouchingHost },
    clock: createFakeClock(Date.UTC(2026, 10, 2)),
    connectors: [
      createRowsConnector({
        id: 'chat',
        records: () => ({
          one: { accounts: [account('Ada'), account('Bob')] },
        }),
      }),
    ],
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  owner = adjutant.workspace().as(await adjutant.owner());
  const { items } = await owner.findPeople();
  const idOf = (name: string) => items.find(({ displayName }) => displayName === name)?.id ?? '';
  [ada, bob] = [idOf('Ada'), idOf('Bob')];
});

const roleOf = async (id: string): Promise<string | undefined> =>
  (await owner.findPeople()).items.find((person) => person.id === id)?.role;

test('an administrator makes somebody a lead and a member again, and the ledger tells of both', async () => {
  expect(await owner.identityReview.setRole(ada, 'lead', there)).toEqual({
    ...{ personId: ada, was: 'member', role: 'lead' },
  });
  expect(await roleOf(ada)).toBe('lead');
  await owner.identityReview.setRole(ada, 'lead', there);
  await owner.identityReview.setRole(ada, 'member', there);
  expect(await roleOf(ada)).toBe('member');
  const { items } = await owner.audit.list({ subject: `person:${ada}` });
  expect(items.map(({ event, detail }) => [event, detail])).toMatchObject([
    ['people.role_changed', { was: 'lead', role: 'member' }],
    ['people.role_changed', { was: 'member', role: 'lead' }],
  ]);
});

test('whoever is signed in signs in again with the role of now', async () => {
  const approvers = adjutant.approvers();
  const { token } = await approvers.createLoginLink(owner.viewer, ada);
  const { cookie } = await approvers.openSession(token);
  expect(await approvers.readSession(cookie)).not.toBeNull();
  await owner.identityReview.setRole(ada, 'lead', there);
  expect(await approvers.readSession(cookie)).toBeNull();
});

test.each<[string, () => Viewer]>([
  ['a lead', () => ({ kind: 'person', personId: ada, role: 'lead' })],
  ['a member', () => ({ kind: 'person', personId: ada, role: 'member' })],
  [
    'an assistant of an administrator',
    () => ({
      kind: 'agent',
      name: 'a',
      sponsorPersonId: ada,
    }),
  ],
])('%s gives nobody a role', async (_, viewer) => {
  const theirs = adjutant.workspace().as(viewer());
  for (const id of [ada, bob]) {
    await expect(theirs.identityReview.setRole(id, 'lead')).rejects.toMatchObject({
      code: 'Permission',
    });
  }
  expect(await roleOf(ada)).toBe('member');
});

test('the administrator keeps that role, nobody is made one, and nobody is nobody', async () => {
  const { viewer } = owner;
  const ownId = viewer.kind === 'person' ? viewer.personId : '';
  const setRole = (personId: string, role: 'member' | 'lead', proof?: IdentityProof) =>
    owner.identityReview.setRole(personId, role, proof);
  await expect(setRole(ownId, 'member')).rejects.toMatchObject({ code: 'Conflict' });
  await expect(setRole(ada, 'admin' as 'lead')).rejects.toMatchObject({ code: 'InvalidInput' });
  await expect(setRole('nobody', 'lead')).rejects.toMatchObject({ code: 'NotFound' });
  await owner.mergePeople(ada, bob);
  await expect(setRole(ada, 'lead', there)).rejects.toMatchObject({ code: 'NotFound' });
});
