import { asc, eq, ne } from 'drizzle-orm';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Viewer } from '../domain.ts';
import { tables } from '../store/tables.ts';
import { vouchedProof } from '../testing/vouching-host.ts';
import type { IdentityOperation, IdentityOperationKind } from './identity-operation.ts';
import { readLentAccounts } from './lent-accounts.ts';
import {
  type AuthorityWorld,
  type Gain,
  type Gained,
  gains,
  openAuthorityWorld,
} from './testing/authority-world.ts';
import { admin, carry, onlyRefusals } from './testing/carry-operation.ts';

const workspaceId = 'default';
const { identityChanges, people, personAccounts } = tables;
const names = ['vera', 'mallory', 'otto'] as const;

type Step =
  | IdentityOperation
  | { kind: 'undo_one_of'; which: number }
  | { kind: 'give'; gain: Gain; personId: string }
  | { kind: 'declare'; accounts: [string, string] };

const person = fc.constantFrom(...names);
const account = person.chain((name) =>
  fc.constantFrom(name, `${name}-2`).map((externalId) => ({ source: 'forge', externalId })),
);
const accounts = account.map((one) => [one]);
const give = fc.record({
  ...{ kind: fc.constant('give' as const), gain: fc.constantFrom(...gains), personId: person },
});

/** Every change that somebody can ask for; an operation without an entry does not compile. */
const asked = {
  merge: fc.record({ kind: fc.constant('merge'), fromPersonId: person, toPersonId: person }),
  confirm: fc.record({ kind: fc.constant('confirm'), account, personId: person }),
  split: fc.record({ kind: fc.constant('split'), personId: person, accounts }),
  mark_bot: fc.record(
    { kind: fc.constant('mark_bot'), personId: person, accounts },
    { requiredKeys: ['kind', 'personId'] },
  ),
  undo: fc.record({ kind: fc.constant('undo_one_of'), which: fc.nat(2) }),
  set_role: fc.record({
    ...{ kind: fc.constant('set_role'), personId: person },
    role: fc.constantFrom('member', 'lead'),
  }),
} satisfies Record<IdentityOperationKind, fc.Arbitrary<Exclude<Step, { kind: 'give' }>>>;

const change: fc.Arbitrary<Exclude<Step, { kind: 'give' }>> = fc.oneof(
  ...Object.values<fc.Arbitrary<Exclude<Step, { kind: 'give' }>>>(asked),
  { weight: 3, arbitrary: asked.undo },
  fc.record({ kind: fc.constant('declare' as const), accounts: fc.tuple(person, person) }),
);
const who = fc.constantFrom('member', 'lead', 'admin', 'present');

test('over any sequence of gifts and changes by anybody, nobody has what was given to somebody else', async () => {
  const steps = fc.array(fc.tuple(who, person, fc.oneof(give, { weight: 6, arbitrary: change })), {
    ...{ minLength: 1, maxLength: 8 },
  });
  await fc.assert(
    fc.asyncProperty(give, steps, (first, later) => tell([['', '', first], ...later])),
    { numRuns: 35 },
  );
});

test('over any sequence of changes of people who have nothing, a lead reverses nothing that was agreed to', async () => {
  const twoWho = fc.constantFrom('lead', 'present');
  const steps = fc.array(fc.tuple(twoWho, fc.constant('lena'), change), {
    ...{ minLength: 4, maxLength: 14, size: 'max' as const },
  });
  await fc.assert(fc.asyncProperty(steps, tell), { numRuns: 50 });
});

async function tell(steps: readonly (readonly [role: string, asker: string, Step])[]) {
  const story = await begin();
  try {
    for (const [role, asker, next] of steps) {
      if (next.kind === 'give') await giveOnce(story, next);
      else await takeStep(story, next, { role, asker });
    }
  } finally {
    await story.world.world.store.close();
  }
}

/** What happened so far, as whoever did it knows it. */
interface Story {
  world: AuthorityWorld;
  gifts: { gain: Gain; personId: string; has: Gained }[];
  /** Who may have each kind by what was given on purpose. */
  mayHave: Map<Gain, Set<string>>;
  /** Whose each account was at the beginning, as `<holder> <account>`. */
  atFirst: ReadonlySet<string>;
  /** What administrators with presence agreed to and did not take back, and whom that gave what. */
  agreed: Map<string, string[]>;
  /** How accounts stood before each change. */
  before: Map<string, Map<string, string>>;
}

async function begin(): Promise<Story> {
  const world = await openAuthorityWorld(names);
  const atFirst = new Set((await linksOf(world)).map(({ pair }) => pair));
  const empty = {
    agreed: new Map<string, string[]>(),
    before: new Map<string, Map<string, string>>(),
  };
  return { world, gifts: [], mayHave: new Map(), atFirst, ...empty };
}

async function takeStep(
  story: Story,
  next: Exclude<Step, { kind: 'give' }>,
  { role, asker }: { role: string; asker: string },
): Promise<void> {
  const { world, gifts } = story;
  // Nobody is there for what a rule does.
  const isThere = role === 'present' && next.kind !== 'declare';
  const had = await Promise.all(gifts.map(({ has, personId }) => has(personId)));
  const stood = await standing(world);
  const earlier = await changesOf(world);
  // The latest first: of these most can be undone.
  const standingNow = earlier.filter(({ undoneAt }) => undoneAt === null).toReversed();
  const roles = await rolesOf(world);
  if (next.kind === 'declare') await world.declare(next.accounts).catch(onlyRefusals);
  else {
    const viewer: Viewer =
      role === 'member' || role === 'lead' ? { kind: 'person', personId: asker, role } : admin;
    const operation: IdentityOperation =
      next.kind === 'undo_one_of'
        ? { kind: 'undo', changeId: standingNow[next.which % standingNow.length]?.id ?? 'none' }
        : next;
    const proof = isThere ? vouchedProof(viewer) : undefined;
    await carry(world, operation, viewer, proof).catch(onlyRefusals);
  }
  await compareRoles(story, roles, isThere);
  await compareChanges(story, { earlier, stood, isThere });
  await compareGains(story, had, isThere);
  await compareLent(story);
}

/** Only an administrator with presence gives a role, or takes one. */
async function compareRoles(
  { world, mayHave }: Story,
  then: Map<string, string>,
  isThere: boolean,
): Promise<void> {
  for (const [id, role] of await rolesOf(world)) {
    if (role === (then.get(id) ?? 'member')) continue;
    expect(isThere, `${id} is ${role}`).toBe(true);
    if (role === 'lead') allow(mayHave, 'role', id);
    else mayHave.get('role')?.delete(id);
  }
}

/** What an administrator agreed to is undone by one who is there only, and undoing brings back what was. */
async function compareChanges(
  { world, agreed, before }: Story,
  then: { earlier: ChangeRow[]; stood: Map<string, string>; isThere: boolean },
): Promise<void> {
  const wasUndone = new Map(then.earlier.map(({ id, undoneAt }) => [id, undoneAt !== null]));
  const stands = await standing(world);
  for (const { id, kind, toPersonId, accounts: moved, undoneAt } of await changesOf(world)) {
    if (!wasUndone.has(id)) {
      before.set(id, then.stood);
      const isBot = kind === 'bot';
      const given = isBot ? [] : moved.map(([, externalId]) => `${toPersonId} ${externalId}`);
      if (then.isThere) agreed.set(id, given);
    } else if (undoneAt !== null && wasUndone.get(id) === false) {
      if (agreed.delete(id)) expect(then.isThere).toBe(true);
      for (const [, externalId] of moved) {
        expect(stands.get(externalId)).toBe(before.get(id)?.get(externalId));
      }
    }
  }
}

async function compareGains(
  story: Story,
  had: readonly boolean[],
  isThere: boolean,
): Promise<void> {
  const everybody = await story.world.world.store.read
    .select({ id: people.id })
    .from(people)
    .where(ne(people.role, 'admin'));
  for (const [at, { gain, personId, has }] of story.gifts.entries()) {
    for (const { id } of everybody) {
      // Two who were found to be one count as two again where she said so, and nowhere else.
      if (gain === 'quorum' || story.mayHave.get(gain)?.has(id) === true) continue;
      expect(await has(id), `${gain} of ${personId}: ${id}`).toBe(false);
    }
    // Without an administrator who is there nobody loses anything either.
    if (!isThere && gain !== 'exclusion') expect(await has(personId)).toBe(had[at]);
  }
}

/** Whether an account is lent has one answer, and is no lead's to say. */
async function compareLent({ world, atFirst, agreed }: Story): Promise<void> {
  const { read } = world.world.store;
  const links = await linksOf(world);
  const all = await readLentAccounts(read, workspaceId);
  const given = new Set([...atFirst, ...[...agreed.values()].flat()]);
  for (const holder of new Set(links.map(({ personId }) => personId))) {
    const theirs = links.filter(({ personId }) => personId === holder);
    const lent = await readLentAccounts(read, workspaceId, holder);
    for (const { externalId, pair } of theirs) {
      expect(all.has(`forge\n${externalId}`), pair).toBe(lent.has(`forge\n${externalId}`));
      if (!lent.has(`forge\n${externalId}`)) expect([...given], pair).toContain(pair);
    }
  }
}

/** Gives somebody something by way of their own account, while it is theirs. */
async function giveOnce(
  story: Story,
  { gain, personId }: { gain: Gain; personId: string },
): Promise<void> {
  const { world, gifts, mayHave } = story;
  // One of a kind is enough for each: a second report of one day, or passkey, proves nothing new.
  if (gifts.some((gift) => gift.gain === gain && gift.personId === personId)) return;
  if (gain === 'quorum' && personId === 'otto') return;
  const links = await linksOf(world);
  if (!links.some(({ pair }) => pair === `${personId} ${personId}`)) return;
  allow(mayHave, gain, personId);
  // Both of them are given the right to decide, and whoever has Otto's account by then.
  const ottos = links.find(({ externalId }) => externalId === 'otto')?.personId;
  if (gain === 'quorum') for (const id of [personId, ottos]) allow(mayHave, 'grant', id ?? '');
  const [stood, earlier] = [await standing(world), await changesOf(world)];
  const has = await world.give(gain, personId).catch(onlyRefusals);
  if (has !== null) gifts.push({ gain, personId, has });
  await compareChanges(story, { earlier, stood, isThere: true });
}

function allow(mayHave: Map<Gain, Set<string>>, gain: Gain, personId: string): void {
  mayHave.set(gain, (mayHave.get(gain) ?? new Set()).add(personId));
}

async function rolesOf({ world: { store } }: AuthorityWorld): Promise<Map<string, string>> {
  const rows = await store.read.select({ id: people.id, role: people.role }).from(people);
  return new Map(rows.map(({ id, role }) => [id, role]));
}

type ChangeRow = typeof identityChanges.$inferSelect;

async function changesOf({ world: { store } }: AuthorityWorld): Promise<ChangeRow[]> {
  return store.read.select().from(identityChanges).orderBy(asc(identityChanges.id));
}

async function linksOf({ world: { store } }: AuthorityWorld) {
  const rows = await store.read
    .select()
    .from(personAccounts)
    .where(eq(personAccounts.accountSource, 'forge'));
  return rows.map(({ personId, accountExternalId: externalId, method }) => ({
    ...{ personId, externalId, method, pair: `${personId} ${externalId}` },
  }));
}

/** Whose each account is, and by which rule. */
async function standing(world: AuthorityWorld): Promise<Map<string, string>> {
  const links = await linksOf(world);
  return new Map(links.map(({ externalId, method, pair }) => [externalId, `${pair} ${method}`]));
}
