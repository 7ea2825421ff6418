import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createAdjutant } from '../create-adjutant.ts';
import { createFakeClock } from '../testing/fake-clock.ts';

const hourMs = 3_600_000;
const noon = Date.UTC(2026, 8, 1, 12);

async function open(store = ':memory:') {
  const clock = createFakeClock(noon + 5_000);
  const adjutant = await createAdjutant({ store, clock });
  const owner = await adjutant.owner();
  const sponsorPersonId = owner.kind === 'person' ? owner.personId : '';
  const as = (name: string) =>
    adjutant.workspace().as({ kind: 'agent', name, sponsorPersonId } as const);
  const ledger = adjutant.workspace().as(owner).audit;
  const counted = async () => (await ledger.list({ event: 'reads.counted' })).items.toReversed();
  return { adjutant, clock, as, counted, ledger, owner };
}

test('the reads of an assistant in an hour are one entry, with how often and not what', async () => {
  const { adjutant, clock, as, counted, ledger } = await open();
  onTestFinished(() => adjutant.close());
  const one = as('one');
  await one.findPeople({ text: 'somebody in particular' });
  await one.findPeople();
  await one.forTeam('none').teams();
  await one.actions.list();
  await as('two').syncStatus();
  expect(await counted()).toEqual([]);
  clock.advance(hourMs);
  // The first read of the next hour has the last one written, and waits for nothing.
  await one.syncStatus();
  await expect.poll(async () => (await counted()).length).toBe(2);
  const [first, second] = await counted();
  expect(first).toMatchObject({
    actor: expect.stringMatching(/^agent:one for person:/),
    detail: {
      from: noon,
      to: noon + hourMs,
      reads: { findPeople: 2, teams: 1, 'actions.list': 1 },
    },
  });
  expect(second).toMatchObject({ detail: { reads: { syncStatus: 1 } } });
  expect(JSON.stringify(await counted())).not.toContain('particular');
  expect((await ledger.verify()).ok).toBe(true);
});

test('what is not yet written is written when the store is closed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-reads-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const store = join(folder, 'store.db');
  const before = await open(store);
  await before.as('one').teams();
  await before.adjutant.close();
  const after = await open(store);
  onTestFinished(() => after.adjutant.close());
  expect(await after.counted()).toMatchObject([{ detail: { reads: { teams: 1 } } }]);
});

test('a worker writes what nobody reads on after', async () => {
  const { adjutant, clock, as, counted } = await open();
  onTestFinished(() => adjutant.close());
  await as('one').teams();
  clock.advance(hourMs);
  const ended = new AbortController();
  const working = adjutant.workActions({ signal: ended.signal });
  await expect.poll(async () => (await counted()).length).toBe(1);
  ended.abort();
  await working;
});

test('what people read is not counted, and a deleted workspace gets no entry', async () => {
  const { adjutant, clock, as, counted, owner } = await open();
  onTestFinished(() => adjutant.close());
  const there = await adjutant.owner('gone');
  if (there.kind !== 'person') throw new TypeError('the owner is a person');
  const agent = { kind: 'agent', name: 'one', sponsorPersonId: there.personId } as const;
  await adjutant.workspace('gone').as(agent).teams();
  await adjutant.deleteWorkspace('gone');
  await adjutant.workspace().as(owner).overview();
  await as('one').teams();
  clock.advance(hourMs);
  await as('one').teams();
  await expect.poll(async () => (await counted()).length).toBe(1);
  expect(await counted()).toMatchObject([{ detail: { reads: { teams: 1 } } }]);
  const gone = adjutant.workspace('gone').as({ kind: 'system' });
  expect((await gone.audit.list()).items).toEqual([]);
});
