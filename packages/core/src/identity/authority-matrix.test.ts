import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { type IdentityChange, identityChangeSchema, type Viewer } from '../domain.ts';
import { vouchedProof } from '../testing/vouching-host.ts';
import { authorityKinds } from './authority-kinds.ts';
import type { IdentityOperation, IdentityOperationKind } from './identity-operation.ts';
import { operationWords } from './identity-operation.ts';
import type { IdentityProof } from './presence.ts';
import { type AuthorityWorld, gains, openAuthorityWorld } from './testing/authority-world.ts';
import { admin, carry, codeOf, idOf } from './testing/carry-operation.ts';

/** Whoever holds something, whoever wants it, and two who hold nothing. */
const people = ['vera', 'mallory', 'otto', 'pat'] as const;
const lead: Viewer = { kind: 'person', personId: 'mallory', role: 'lead' };

type Attempt = (
  world: AuthorityWorld,
  viewer: Viewer,
  proof?: IdentityProof,
) => (() => Promise<unknown>)[];

interface Row {
  /** What happens before somebody is given anything. */
  before?: (world: AuthorityWorld) => Promise<unknown>;
  /** What an administrator with presence does afterwards. */
  agreed?: (world: AuthorityWorld) => Promise<unknown>;
  attempt: Attempt;
}

const by = (...operations: IdentityOperation[]): Row => ({
  attempt: (world, viewer, proof) =>
    operations.map((operation) => () => carry(world, operation, viewer, proof)),
});

const second = [{ source: 'forge', externalId: 'vera-2' }];

/** What is undone, of each kind: a kind without an entry does not compile. */
const undone = {
  merge: { kind: 'merge', fromPersonId: 'pat', toPersonId: 'vera' },
  split: { kind: 'split', personId: 'vera', accounts: second },
  bot: { kind: 'mark_bot', personId: 'vera', accounts: second },
} as const satisfies Record<IdentityChange['kind'], IdentityOperation>;

/** What a lead made of ordinary people is undone when Vera has something; what was agreed to, by nobody. */
const undoRows = Object.entries(undone).flatMap(([kind, operation]): [string, Row][] => {
  let changeId = '';
  const make = async (world: AuthorityWorld, viewer: Viewer, proof?: IdentityProof) => {
    changeId = idOf(await carry(world, operation, viewer, proof));
  };
  const attempt: Attempt = (world, viewer, proof) => [
    () => carry(world, { kind: 'undo', changeId }, viewer, proof),
  ];
  return [
    [`undo of a ${kind}`, { before: (world) => make(world, lead), attempt }],
    [
      `undo of an agreed ${kind}`,
      { agreed: (world) => make(world, admin, vouchedProof(admin)), attempt },
    ],
  ];
});

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
  set_role: by({ kind: 'set_role', personId: 'mallory', role: 'lead' }),
  declare: { attempt: (world) => [() => world.declare(['vera', 'mallory'])] },
} satisfies Record<Exclude<IdentityOperationKind, 'undo'> | 'declare', Row>;

const rows = [...Object.entries<Row>(attempts), ...undoRows];
const cells = rows.flatMap(([name, row]) => gains.map((gain) => [name, gain, row] as const));

test('the matrix is whole', () => {
  expect([...Object.keys(attempts), 'undo'].toSorted()).toEqual(
    [...Object.keys(operationWords), 'declare'].toSorted(),
  );
  expect(Object.keys(undone).toSorted()).toEqual(
    identityChangeSchema.shape.kind.options.toSorted(),
  );
  expect(gains.toSorted()).toEqual([...authorityKinds, 'exclusion', 'quorum'].toSorted());
  expect(cells).toHaveLength((6 + 2 * 3) * 9);
});

test.each(cells)('%s gives nobody %s', async (name, gain, { before, agreed, attempt }) => {
  const world = await open();
  await before?.(world);
  const has = await world.give(gain, 'vera');
  await agreed?.(world);
  // An ordinary person may be excluded too: changes of them stay a lead's, unless they were agreed to.
  const isGuarded = gain !== 'exclusion' || name === 'set_role' || agreed !== undefined;
  // A lead, and an administrator for whom only a terminal, a token or a session of the page speaks.
  for (const viewer of [lead, admin]) {
    for (const tried of attempt(world, viewer)) {
      const code = await codeOf(tried());
      if (isGuarded && name !== 'declare') expect(code).toBe('Permission');
      expect(await has('mallory')).toBe(false);
    }
  }
  // Counting as two again, and a role, are what such an administrator gives on purpose.
  if (gain === 'quorum' || (name === 'set_role' && gain === 'role')) return;
  for (const tried of attempt(world, admin, vouchedProof(admin))) {
    const code = await codeOf(tried());
    if (agreed !== undefined) expect(code).toBe('made');
    expect(await has('mallory')).toBe(false);
  }
});

const ofOrdinary = new Map([
  ['set_role', 'an administrator with presence'],
  ['undo', 'a lead, unless agreed to'],
]);

test('the page about identity says what each change takes', async () => {
  const page = readFileSync(
    new URL('../../../../docs/concepts/identity.md', import.meta.url),
    'utf8',
  );
  for (const kind of Object.keys(operationWords)) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${kind}\``)) ?? '';
    const [, , ordinary, touched] = row.split('|').map((cell) => cell.trim());
    expect(touched, kind).toBe('an administrator with presence');
    expect(ordinary, kind).toBe(ofOrdinary.get(kind) ?? 'a lead');
  }
});

async function open(): Promise<AuthorityWorld> {
  const world = await openAuthorityWorld(people);
  onTestFinished(() => world.world.store.close());
  return world;
}
