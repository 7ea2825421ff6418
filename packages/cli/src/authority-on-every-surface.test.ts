import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { vouchedProof } from '@adjutant/core/testing';
import { allRoutes } from '@adjutant/gateway';
import { expect, onTestFinished, test } from 'vitest';
import { type AuthorityPeople, openAuthorityPeople } from './testing/authority/authority-people.ts';
import { type Gain, gains, giveVera } from './testing/authority/gains.ts';
import { apiRequestsOf, openSurfaces, type Wanted } from './testing/authority/surfaces.ts';
import { temporaryFolder } from './testing/run-cli.ts';

type Ids = AuthorityPeople['ids'];
const account = (source: string, externalId: string) => ({ source, externalId });

/** How each change is tried on Vera and on the administrator; one without an entry does not compile. */
const attempts = {
  merge: ({ vera, mallory, lena, owner }) =>
    [
      [vera, mallory],
      [mallory, vera],
      [vera, lena],
      [lena, vera],
      [owner, lena],
      [lena, owner],
      [owner, mallory],
      [mallory, owner],
    ].map(([fromPersonId = '', toPersonId = '']) => ({ kind: 'merge', fromPersonId, toPersonId })),
  confirm: ({ vera, mallory, lena, owner }) => [
    { kind: 'confirm', account: account('forge', 'vera'), personId: mallory },
    { kind: 'confirm', account: account('chat', 'vera'), personId: lena },
    { kind: 'confirm', account: account('forge', 'mallory'), personId: vera },
    { kind: 'confirm', account: account('forge', 'lena'), personId: owner },
  ],
  split: ({ vera }) => [
    { kind: 'split', personId: vera, accounts: [account('forge', 'vera')] },
    { kind: 'split', personId: vera, accounts: [account('chat', 'vera')] },
  ],
  mark_bot: ({ vera }) => [
    { kind: 'mark_bot', personId: vera },
    { kind: 'mark_bot', personId: vera, accounts: [account('forge', 'vera')] },
  ],
  set_role: ({ vera, mallory }) => [
    { kind: 'set_role', personId: mallory, role: 'lead' },
    { kind: 'set_role', personId: vera, role: 'lead' },
  ],
  accept: ({ vera, mallory, lena }) => [
    {
      kind: 'accept',
      pairs: [
        [vera, mallory],
        [mallory, vera],
        [vera, lena],
      ],
    },
  ],
} satisfies Record<Exclude<Wanted['kind'], 'undo'>, (ids: Ids) => Wanted[]>;

const wantedOf = (ids: Ids): Wanted[] =>
  Object.values<(ids: Ids) => Wanted[]>(attempts).flatMap((some) => some(ids));

async function open(gain: Gain) {
  const people = await openAuthorityPeople(temporaryFolder(onTestFinished));
  onTestFinished(() => people.close());
  return { people, given: await giveVera[gain](people), surfaces: await openSurfaces(people) };
}

/** Everybody, their roles and accounts, and every change that was made or undone. */
async function standing({ as, viewers }: AuthorityPeople): Promise<string> {
  const { items } = await as(viewers.owner).findPeople({ limit: 100 });
  const people = items.map(({ id, role, accounts }) =>
    JSON.stringify([id, role, accounts.map((one) => [one.source, one.externalId, one.isLent])]),
  );
  return JSON.stringify([people.toSorted(), await as(viewers.owner).identityChanges()]);
}

/** A merge to which the administrator agreed: what only she undoes. */
async function agreedMerge({ as, ids, viewers }: AuthorityPeople): Promise<string> {
  const { owner } = viewers;
  const [known] = await as(owner).identityChanges();
  if (known !== undefined) return known.id;
  return (await as(owner).mergePeople(ids.vera, ids.otto, vouchedProof(owner))).id;
}

test.each(gains)(
  'no program, command, token or page gives anybody %s without presence',
  async (gain) => {
    const { people, given, surfaces } = await open(gain);
    const { ids, viewers } = people;
    const { present: _, ...unproven } = surfaces;
    const nobodyHasMore = async (what: string): Promise<void> => {
      for (const name of ['mallory', 'lena'] as const) {
        expect(await given.hasGained(ids[name]), `${name}: ${what}`).toBe(false);
      }
    };
    const tryAll = async (wanted: Wanted): Promise<void> => {
      const before = await standing(people);
      for (const [surface, ways] of Object.entries(unproven)) {
        for (const { ask } of ways) await ask(wanted);
        const what = `${surface}: ${JSON.stringify(wanted)}`;
        expect(await standing(people), what).toBe(before);
      }
      await nobodyHasMore(JSON.stringify(wanted));
    };
    for (const wanted of wantedOf(ids)) await tryAll(wanted);
    for (const named of [
      ['forge:vera', 'forge:mallory'],
      ['chat:lena', 'chat:vera'],
    ]) {
      const before = await standing(people);
      await people.declare(named);
      expect(await standing(people), `declared ${named.join(' ')}`).toBe(before);
      await nobodyHasMore(`declared ${named.join(' ')}`);
    }
    const changeId = await agreedMerge(people);
    await tryAll({ kind: 'undo', changeId });
    await people.as(viewers.owner).undoIdentityChange(changeId, vouchedProof(viewers.owner));
    // The question above finds whoever rightly has it.
    expect(await given.control()).toBe(true);
  },
);

test.each(gains)(
  'what an administrator signs on the page, one after the other, gives nobody %s',
  async (gain) => {
    const { people, given, surfaces } = await open(gain);
    const { ids } = people;
    let made = 0;
    const check = async (wanted: Wanted): Promise<void> => {
      for (const name of ['mallory', 'lena'] as const) {
        expect(await given.hasGained(ids[name]), `${name}: ${JSON.stringify(wanted)}`).toBe(false);
      }
    };
    for (const wanted of wantedOf(ids)) {
      // A role is what she gives on purpose, and so is that two count as two again.
      if (wanted.kind === 'accept' || (gain === 'role' && wanted.kind === 'set_role')) continue;
      const [earlier] = await people.as(people.viewers.owner).identityChanges();
      await surfaces.present(wanted);
      await check(wanted);
      const [change] = await people.as(people.viewers.owner).identityChanges();
      if (change === undefined || change.id === earlier?.id) continue;
      made += 1;
      const undo = { kind: 'undo', changeId: change.id } as const;
      await surfaces.present(undo);
      await check(undo);
    }
    expect(made).toBeGreaterThan(10);
  },
);

test('each surface does make what a lead may: two who have nothing become one', async () => {
  const people = await openAuthorityPeople(temporaryFolder(onTestFinished));
  onTestFinished(() => people.close());
  const { sdk, command, http, page } = await openSurfaces(people);
  const { pat, quinn } = people.ids;
  for (const [at, way] of [sdk[0], command[0], http[0], page[0], page[2]].entries()) {
    const newest = async () => (await people.as(people.viewers.owner).identityChanges())[0];
    const earlier = await newest();
    await way?.ask({ kind: 'merge', fromPersonId: pat, toPersonId: quinn });
    const change = await newest();
    expect(change?.id, `way ${at}`).not.toBe(earlier?.id);
    expect(change).toMatchObject({ kind: 'merge', fromPersonId: pat, undoneAt: null });
    await way?.ask({ kind: 'undo', changeId: change?.id ?? '' });
    expect((await newest())?.undoneAt, `way ${at}`).not.toBeNull();
  }
});

test('every route that changes who is who is among those that were tried', () => {
  const tried = new Set(
    [...wantedOf(everybody), { kind: 'undo', changeId: 'x' } as const]
      .flatMap(apiRequestsOf)
      .map(([path]) => path),
  );
  const routes = allRoutes
    .filter(({ method, path }) => method !== 'GET' && /identit|people|role/.test(path))
    .map(({ path }) => path);
  expect([...tried].toSorted()).toEqual(routes.toSorted());
});

const everybody: Ids = {
  ...{ vera: 'v', mallory: 'm', otto: 'o', lena: 'l', pat: 'p', quinn: 'q', owner: 'w' },
};

test('every command that changes who is who is among those that were tried', () => {
  const folder = join(import.meta.dirname, 'commands');
  const changing =
    /\.(?:mergePeople|splitPerson|markBot|confirmAccount|undoIdentityChange|identityReview\.(?:setRole|merge))\(/;
  const files = readdirSync(folder).filter((file) =>
    changing.test(readFileSync(join(folder, file), 'utf8')),
  );
  expect(files.toSorted()).toEqual([
    'people-bot.ts',
    'people-merge.ts',
    'people-role.ts',
    'people-split.ts',
    'people-undo.ts',
  ]);
});
