import { readFileSync } from 'node:fs';
import { eq, isNull } from 'drizzle-orm';
import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { Viewer } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import { tables } from '../store/tables.ts';
import { vouchedProof } from '../testing/vouching-host.ts';
import { authorityKinds } from './authority-kinds.ts';
import { mergePeople, splitPerson, undoIdentityChange } from './change-identity.ts';
import { confirmAccount } from './confirm-account.ts';
import type { IdentityOperation, IdentityOperationKind } from './identity-operation.ts';
import { operationWords } from './identity-operation.ts';
import { markBot } from './mark-bot.ts';
import type { IdentityProof } from './presence.ts';
import { setRole } from './set-role.ts';
import {
  type AuthorityWorld,
  type Gain,
  type Gained,
  openAuthorityWorld,
} from './testing/authority-world.ts';

/** Whoever holds something, whoever wants it, and somebody who holds nothing. */
const people = ['vera', 'mallory', 'otto'] as const;
const admin: Viewer = { kind: 'person', personId: 'owner:default', role: 'admin' };
const lead: Viewer = { kind: 'person', personId: 'mallory', role: 'lead' };

/** A kind of authority without an entry does not compile. */
const gains = Object.keys({
  ...{ role: 0, grant: 0, passkey: 0, link: 0, session: 0, token: 0, private_rows: 0 },
  ...{ exclusion: 0, quorum: 0 },
} satisfies Record<Gain, 0>) as Gain[];

type Attempt = (
  world: AuthorityWorld,
  viewer: Viewer,
  proof?: IdentityProof,
) => Promise<(() => Promise<unknown>)[]>;

const by =
  (...operations: IdentityOperation[]): Attempt =>
  (world, viewer, proof) =>
    Promise.resolve(operations.map((operation) => () => carry(world, operation, viewer, proof)));

/** How each change is tried on Vera; an operation without an entry does not compile. */
const attempts = {
  merge: by(
    { kind: 'merge', fromPersonId: 'vera', toPersonId: 'mallory' },
    { kind: 'merge', fromPersonId: 'mallory', toPersonId: 'vera' },
  ),
  confirm: by(
    { kind: 'confirm', account: { source: 'forge', externalId: 'vera' }, personId: 'mallory' },
    { kind: 'confirm', account: { source: 'forge', externalId: 'mallory' }, personId: 'vera' },
  ),
  split: by({
    kind: 'split',
    personId: 'vera',
    accounts: [{ source: 'forge', externalId: 'vera' }],
  }),
  mark_bot: by({ kind: 'mark_bot', personId: 'vera' }),
  async undo(world, viewer, proof) {
    const merge = { kind: 'merge', fromPersonId: 'vera', toPersonId: 'otto' } as const;
    const known = await latestChange(world);
    const changeId = known ?? idOf(await carry(world, merge, admin, vouchedProof(admin)));
    return [() => carry(world, { kind: 'undo', changeId }, viewer, proof)];
  },
  set_role: by({ kind: 'set_role', personId: 'mallory', role: 'lead' }),
  declare: (world) => Promise.resolve([() => world.declare(['vera', 'mallory'])]),
} satisfies Record<IdentityOperationKind | 'declare', Attempt>;

const every: Readonly<Record<string, Attempt>> = attempts;
const cells = Object.entries(every).flatMap(([operation, attempt]) =>
  gains.map((gain) => [operation, gain, attempt] as const),
);

test('the matrix is whole', () => {
  expect(Object.keys(attempts).toSorted()).toEqual(
    [...Object.keys(operationWords), 'declare'].toSorted(),
  );
  expect(gains.toSorted()).toEqual([...authorityKinds, 'exclusion', 'quorum'].toSorted());
  expect(cells).toHaveLength(7 * 9);
});

/** What an ordinary person may have too: changes of them stay a lead's. */
const ordinaryGains: ReadonlySet<Gain> = new Set<Gain>(['exclusion', 'role']);

test.each(cells)('%s gives nobody %s', async (operation, gain, attempt) => {
  const world = await open();
  const has = await world.give(gain, 'vera');
  // A lead, and an administrator for whom only a terminal, a token or a session of the page speaks.
  for (const viewer of [lead, admin]) {
    for (const tried of await attempt(world, viewer)) {
      const code = await codeOf(tried());
      // The merge that is to be undone has ended the session already.
      const isOver = operation === 'undo' && gain === 'session';
      const isGuarded = operation === 'set_role' || !(isOver || ordinaryGains.has(gain));
      if (isGuarded && operation !== 'declare') expect(code).toBe('Permission');
      expect(await has('mallory')).toBe(false);
    }
  }
  // Counting as two again, and a role, are what such an administrator gives on purpose.
  if (gain === 'quorum' || (operation === 'set_role' && gain === 'role')) return;
  for (const tried of await attempt(world, admin, vouchedProof(admin))) {
    await codeOf(tried());
    expect(await has('mallory')).toBe(false);
  }
});

test('over any sequence of gifts and changes by anybody, nobody has what was given to somebody else', async () => {
  const person = fc.constantFrom(...people);
  const account = person.chain((name) =>
    fc.constantFrom(name, `${name}-2`).map((externalId) => ({ source: 'forge', externalId })),
  );
  const kind = fc.constantFrom(...gains.filter((gain) => gain !== 'quorum' && gain !== 'role'));
  const give = fc.record({ kind: fc.constant('give' as const), gain: kind, personId: person });
  const change = fc.oneof(
    give,
    fc.record({ kind: fc.constant('merge' as const), fromPersonId: person, toPersonId: person }),
    fc.record({ kind: fc.constant('confirm' as const), account, personId: person }),
    fc.record({
      kind: fc.constant('split' as const),
      personId: person,
      accounts: account.map((one) => [one]),
    }),
    fc.record({ kind: fc.constant('mark_bot' as const), personId: person }),
    fc.record({ kind: fc.constant('undo' as const), which: fc.nat(3) }),
    fc.record({ kind: fc.constant('declare' as const), accounts: fc.tuple(person, person) }),
  );
  const who = fc.constantFrom('member', 'lead', 'admin', 'admin with presence');
  await fc.assert(
    fc.asyncProperty(
      give,
      fc.array(fc.tuple(who, person, change), { minLength: 1, maxLength: 8 }),
      async (first, steps) => {
        const world = await openAuthorityWorld(people);
        const gifts: Gift[] = [];
        const made: string[] = [];
        try {
          await giveOnce(world, gifts, first);
          for (const [role, asker, step] of steps) {
            if (step.kind === 'give') {
              await giveOnce(world, gifts, step);
              continue;
            }
            const before = await Promise.all(gifts.map(({ has, personId }) => has(personId)));
            const isThere = role === 'admin with presence';
            const viewer = viewerFor(role, asker);
            if (step.kind === 'declare') await codeOf(world.declare(step.accounts));
            else {
              const operation: IdentityOperation =
                step.kind === 'undo'
                  ? { kind: 'undo', changeId: made[step.which] ?? 'none' }
                  : step;
              const proof = isThere ? vouchedProof(viewer) : undefined;
              const outcome = await carry(world, operation, viewer, proof).catch(onlyRefusals);
              if (outcome !== null && step.kind !== 'undo') made.push(idOf(outcome));
            }
            for (const [at, { gain, personId, has }] of gifts.entries()) {
              // A right of her own lets somebody decide whatever another one was given.
              const mayHave = new Set(
                gifts.filter((gift) => gift.gain === gain).map((gift) => gift.personId),
              );
              for (const other of people) {
                if (!mayHave.has(other)) expect(await has(other)).toBe(false);
              }
              // Without an administrator who is there nobody loses anything either.
              if (!isThere && gain !== 'exclusion') expect(await has(personId)).toBe(before[at]);
            }
          }
        } finally {
          await world.world.store.close();
        }
      },
    ),
    { numRuns: 40 },
  );
});

interface Gift {
  gain: Gain;
  personId: string;
  has: Gained;
}

/** Gives somebody something by way of their own account, while it is theirs. */
async function giveOnce(
  world: AuthorityWorld,
  gifts: Gift[],
  { gain, personId }: { gain: Gain; personId: string },
): Promise<void> {
  // One of a kind is enough for each: a second report of one day, or passkey, proves nothing new.
  if (gifts.some((gift) => gift.gain === gain && gift.personId === personId)) return;
  const { personAccounts } = tables;
  const [account] = await world.world.store.read
    .select({ personId: personAccounts.personId })
    .from(personAccounts)
    .where(eq(personAccounts.accountExternalId, personId));
  if (account?.personId !== personId) return;
  const has = await world.give(gain, personId).catch(onlyRefusals);
  if (has !== null) gifts.push({ gain, personId, has });
}

test('the page about identity says what each change takes', async () => {
  const page = readFileSync(
    new URL('../../../../docs/concepts/identity.md', import.meta.url),
    'utf8',
  );
  for (const kind of Object.keys(operationWords)) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${kind}\``)) ?? '';
    const [, , ordinary, touched] = row.split('|').map((cell) => cell.trim());
    expect(touched, kind).toBe('an administrator with presence');
    const isRole = kind === 'set_role';
    expect(ordinary, kind).toBe(isRole ? 'an administrator with presence' : 'a lead');
  }
});

async function open(): Promise<AuthorityWorld> {
  const world = await openAuthorityWorld(people);
  onTestFinished(() => world.world.store.close());
  return world;
}

function viewerFor(role: string, personId: string): Viewer {
  if (role === 'member' || role === 'lead') return { kind: 'person', personId, role };
  return admin;
}

function carry(
  world: AuthorityWorld,
  operation: IdentityOperation,
  viewer: Viewer,
  proof?: IdentityProof,
): Promise<unknown> {
  const context = world.context(viewer);
  switch (operation.kind) {
    case 'merge':
      return mergePeople(context, operation.fromPersonId, operation.toPersonId, proof);
    case 'confirm':
      return confirmAccount(context, operation.account, operation.personId, proof);
    case 'split':
      return splitPerson(context, operation.personId, operation.accounts, proof);
    case 'mark_bot':
      return markBot(context, operation.personId, operation.accounts, proof);
    case 'undo':
      return undoIdentityChange(context, operation.changeId, proof);
    default:
      return setRole(context, operation.personId, operation.role, proof);
  }
}

async function latestChange({ world: { store } }: AuthorityWorld): Promise<string | null> {
  const { identityChanges } = tables;
  const [change] = await store.read
    .select({ id: identityChanges.id })
    .from(identityChanges)
    .where(isNull(identityChanges.undoneAt))
    .limit(1);
  return change?.id ?? null;
}

function idOf(change: unknown): string {
  return typeof change === 'object' && change !== null && 'id' in change ? String(change.id) : '';
}

function codeOf(tried: Promise<unknown>): Promise<string> {
  return tried.then(
    () => 'made',
    (error: unknown) => {
      if (AdjutantError.isInstance(error)) return error.code;
      throw error;
    },
  );
}

function onlyRefusals(error: unknown): null {
  if (AdjutantError.isInstance(error)) return null;
  throw error;
}
