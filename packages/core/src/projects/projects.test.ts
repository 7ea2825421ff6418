import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Adjutant } from '../adjutant.ts';
import { createAdjutant } from '../create-adjutant.ts';
import { AdjutantError } from '../errors.ts';
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts';
import type { Projects } from './handle.ts';

let clock: FakeClock;
let adjutant: Adjutant;
let projects: Projects;
beforeEach(async () => {
  clock = createFakeClock();
  adjutant = await createAdjutant({ store: ':memory:', clock });
  projects = adjutant.workspace().as(await adjutant.owner()).projects;
});
afterEach(() => adjutant.close());

const widgets = {
  key: 'WID',
  name: 'Widgets',
  repositories: [{ source: 'forge', externalId: '77' }],
  boards: [{ source: 'tracker', externalId: '12' }],
  services: ['widget-api'],
};

async function failure(work: Promise<unknown>): Promise<[string, string]> {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  if (!AdjutantError.isInstance(error)) throw new Error('nothing was refused');
  return [error.code, error.message];
}

describe('a project', () => {
  test('is made, read by id and by key, and listed', async () => {
    const made = await projects.create(widgets);
    const now = clock.now();
    expect(made).toEqual({ id: made.id, ...widgets, createdAt: now, updatedAt: now });
    expect(await projects.get(made.id)).toEqual(made);
    expect(await projects.get('WID')).toEqual(made);
    expect(await projects.list()).toEqual([made]);
  });

  test('changes in what is given and keeps the rest', async () => {
    const made = await projects.create(widgets);
    clock.advance(1_000);
    const changed = await projects.update('WID', { name: 'Gears', services: [] });
    expect(changed).toEqual({
      ...made,
      name: 'Gears',
      services: [],
      updatedAt: made.createdAt + 1_000,
    });
    expect((await projects.update(made.id, { key: 'GEAR' })).key).toBe('GEAR');
  });

  test('goes with everything it named', async () => {
    await projects.create(widgets);
    await projects.delete('WID');
    expect(await projects.list()).toEqual([]);
    expect(await failure(projects.get('WID'))).toMatchObject(['NotFound', expect.any(String)]);
    expect((await projects.create({ key: 'WID', name: 'Again' })).repositories).toEqual([]);
  });
});

describe('is refused', () => {
  test.each([
    [{ ...widgets, key: '1st' }, /^key: must begin with a letter/],
    [{ ...widgets, name: '  ' }, /^name: /],
    [
      { ...widgets, repositories: [{ source: '', externalId: '77' }] },
      /^repositories\.0\.source: /,
    ],
    [{ ...widgets, colour: 'red' }, /^colour: /],
    [{ name: 'Widgets' }, /key: /],
  ])('with the path of what is wrong: %#', async (input, message) => {
    const [code, said] = await failure(projects.create(input as never));
    expect(code).toBe('InvalidInput');
    expect(said).toMatch(message);
  });

  test('a change that changes nothing', async () => {
    await projects.create(widgets);
    expect((await failure(projects.update('WID', {})))[0]).toBe('InvalidInput');
  });

  test('a key that another project has', async () => {
    await projects.create(widgets);
    await projects.create({ key: 'GEAR', name: 'Gears' });
    expect(await failure(projects.create(widgets))).toEqual([
      'Conflict',
      'key: there is a project WID already.',
    ]);
    expect((await failure(projects.update('GEAR', { key: 'WID' })))[0]).toBe('Conflict');
    expect((await projects.update('WID', { key: 'WID' })).key).toBe('WID');
  });

  test('to assistants and members', async () => {
    const sponsorPersonId = 'somebody';
    const assistant = adjutant.workspace().as({ kind: 'agent', name: 'tool', sponsorPersonId });
    const member = adjutant.workspace().as({ kind: 'person', personId: 'x', role: 'member' });
    for (const { projects: theirs } of [assistant, member]) {
      expect((await failure(theirs.create(widgets)))[0]).toBe('Permission');
      expect((await failure(theirs.delete('WID')))[0]).toBe('Permission');
    }
  });
});

test('two workspaces may use one key, and neither sees the other', async () => {
  const owner = await adjutant.owner('other');
  const other = adjutant.workspace('other').as(owner).projects;
  await projects.create(widgets);
  await other.create({ key: 'WID', name: 'Theirs' });
  expect((await projects.list()).map(({ name }) => name)).toEqual(['Widgets']);
  expect((await other.list()).map(({ name }) => name)).toEqual(['Theirs']);
});

test('an export brings projects along', async () => {
  const made = await projects.create(widgets);
  const copy = await createAdjutant({ store: ':memory:', clock });
  await copy.importWorkspace(adjutant.exportWorkspace());
  expect(
    await copy
      .workspace()
      .as(await copy.owner())
      .projects.list(),
  ).toEqual([made]);
  await copy.close();
});
