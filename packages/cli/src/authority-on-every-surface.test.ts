import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type IdentityChange, identityChangeSchema } from '@adjutant/core/domain';
import { vouchedProof } from '@adjutant/core/testing';
import { allRoutes } from '@adjutant/gateway';
import { expect, onTestFinished, test } from 'vitest';
import { type AuthorityPeople, openAuthorityPeople } from './testing/authority/authority-people.ts';
import { type Gain, gains, giveVera } from './testing/authority/gains.ts';
import {
  apiRequestsOf,
  carry,
  channels,
  openSurfaces,
  type Surfaces,
  type Wanted,
  withoutWay,
} from './testing/authority/surfaces.ts';
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
  const lena = people.as(people.viewers.lena);
  const earlier = await makeAll(people, madeBefore, (wanted) => carry(lena, wanted));
  const given = await giveVera[gain](people);
  return { people, given, earlier, surfaces: await openSurfaces(people) };
}

/** Everybody, their roles and accounts, and every change that was made or undone. */
async function standing({ as, viewers }: AuthorityPeople): Promise<string> {
  const { items } = await as(viewers.owner).findPeople({ limit: 100 });
  const people = items.map(({ id, role, accounts }) =>
    JSON.stringify([id, role, accounts.map((one) => [one.source, one.externalId, one.isLent])]),
  );
  // A declaration may name somebody anew.
  const changes = (await as(viewers.owner).identityChanges()).map(
    ({ fromName: _, toName: __, ...change }) => change,
  );
  return JSON.stringify([people.toSorted(), changes]);
}

type Changed = Extract<Wanted, { kind: 'merge' | 'confirm' | 'split' | 'mark_bot' }>;
type Undone = Readonly<Record<IdentityChange['kind'], (ids: Ids) => Changed>>;

/** What a lead makes of ordinary people before Vera is given anything; a kind without an entry does not compile. */
const madeBefore: Undone = {
  merge: ({ quinn, vera }) => ({ kind: 'merge', fromPersonId: quinn, toPersonId: vera }),
  split: ({ vera }) => ({ kind: 'split', personId: vera, accounts: [account('chat', 'quinn')] }),
  bot: ({ vera }) => ({ kind: 'mark_bot', personId: vera, accounts: [account('forge', 'quinn')] }),
};
/** What an administrator agrees to of somebody who has something. */
const madeAfter: Undone = {
  split: ({ vera }) => ({ kind: 'split', personId: vera, accounts: [account('chat', 'vera')] }),
  bot: ({ quinn }) => ({ kind: 'mark_bot', personId: quinn }),
  merge: ({ vera, pat }) => ({ kind: 'merge', fromPersonId: vera, toPersonId: pat }),
};
/** What anybody makes of two who have nothing. */
const ofOrdinary: Undone = {
  merge: ({ pat, quinn }) => ({ kind: 'merge', fromPersonId: pat, toPersonId: quinn }),
  split: ({ pat }) => ({ kind: 'split', personId: pat, accounts: [account('chat', 'pat')] }),
  bot: ({ pat }) => ({ kind: 'mark_bot', personId: pat, accounts: [account('chat', 'pat')] }),
};

/** Makes some changes one after the other, and returns them with the last first. */
async function makeAll(
  people: AuthorityPeople,
  wanted: Undone,
  make: (one: Changed) => Promise<unknown>,
): Promise<IdentityChange[]> {
  const made: IdentityChange[] = [];
  for (const [kind, of] of Object.entries(wanted)) {
    await make(of(people.ids));
    const change = await newest(people);
    expect(change).toMatchObject({ kind, undoneAt: null });
    if (change !== undefined) made.unshift(change);
  }
  expect(new Set(made.map(({ id }) => id)).size).toBe(
    identityChangeSchema.shape.kind.options.length,
  );
  return made;
}

async function newest({ as, viewers }: AuthorityPeople): Promise<IdentityChange | undefined> {
  return (await as(viewers.owner).identityChanges())[0];
}

/** Asks in every way; where there is none, it is on the list of those. Nothing may come of it. */
async function tryEverywhere(
  people: AuthorityPeople,
  { present: _, ...unproven }: Surfaces,
  wanted: Wanted,
): Promise<void> {
  const before = await standing(people);
  for (const [surface, ways] of Object.entries(unproven)) {
    for (const { by, ask } of ways) {
      const cell = `${by} ${wanted.kind}` as const;
      expect(await ask(wanted), cell).toBe(withoutWay[cell] === undefined);
    }
    expect(await standing(people), `${surface}: ${JSON.stringify(wanted)}`).toBe(before);
  }
}

test.each(gains)(
  'no program, command, token or page gives anybody %s without presence',
  async (gain) => {
    const { people, given, surfaces, earlier } = await open(gain);
    const { ids, viewers } = people;
    const nobodyHasMore = async (what: string): Promise<void> => {
      for (const name of ['mallory', 'lena'] as const) {
        expect(await given.hasGained(ids[name]), `${name}: ${what}`).toBe(false);
      }
    };
    const tryAll = async (wanted: Wanted): Promise<void> => {
      await tryEverywhere(people, surfaces, wanted);
      await nobodyHasMore(JSON.stringify(wanted));
    };
    const tryUndo = async (changes: readonly IdentityChange[]): Promise<void> => {
      for (const { id: changeId } of changes) {
        await tryAll({ kind: 'undo', changeId });
        await surfaces.present({ kind: 'undo', changeId });
        const undone = (await people.as(viewers.owner).identityChanges()).find(
          ({ id }) => id === changeId,
        );
        expect(undone?.undoneAt).toBeTypeOf('number');
        await nobodyHasMore(changeId);
      }
    };
    await tryUndo(earlier);
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
    const agree = (wanted: Changed) =>
      carry(people.as(viewers.owner), wanted, vouchedProof(viewers.owner));
    await tryUndo(await makeAll(people, madeAfter, agree));
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

async function openOrdinary() {
  const people = await openAuthorityPeople(temporaryFolder(onTestFinished));
  onTestFinished(() => people.close());
  return { people, surfaces: await openSurfaces(people) };
}

test('what an administrator agreed to of two who have nothing, no surface undoes without presence', async () => {
  const { people, surfaces } = await openOrdinary();
  for (const [kind, of] of Object.entries(ofOrdinary)) {
    const before = await newest(people);
    const wanted = of(people.ids);
    // The page asks for no passkey here; whoever gives one has it kept.
    await carry(people.as(people.viewers.owner), wanted, vouchedProof(people.viewers.owner));
    const change = await newest(people);
    expect(change).toMatchObject({ kind, undoneAt: null });
    expect(change?.id).not.toBe(before?.id);
    const undo = { kind: 'undo', changeId: change?.id ?? '' } as const;
    await tryEverywhere(people, surfaces, undo);
    await surfaces.present(undo);
    expect((await newest(people))?.undoneAt).not.toBeNull();
  }
});

test('each surface does make what a lead may of two who have nothing, and undoes it', async () => {
  const { people, surfaces } = await openOrdinary();
  const { sdk, command, http, page } = surfaces;
  const ways = [sdk[0], command[0], http[0], page[0], page[2]].flatMap((way) => way ?? []);
  expect(ways.map(({ by }) => by)).toEqual([...channels]);
  const confirmed: Changed = {
    ...{ kind: 'confirm', account: account('chat', 'pat'), personId: people.ids.quinn },
  };
  for (const { by, ask } of ways) {
    for (const wanted of [...Object.values(ofOrdinary).map((of) => of(people.ids)), confirmed]) {
      if (withoutWay[`${by} ${wanted.kind}`] !== undefined) continue;
      const earlier = await newest(people);
      await ask(wanted);
      const change = await newest(people);
      expect(change?.id, `${by} ${wanted.kind}`).not.toBe(earlier?.id);
      expect(change).toMatchObject({ fromPersonId: people.ids.pat, undoneAt: null });
      await ask({ kind: 'undo', changeId: change?.id ?? '' });
      expect((await newest(people))?.undoneAt, `${by} undo of ${wanted.kind}`).not.toBeNull();
    }
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
