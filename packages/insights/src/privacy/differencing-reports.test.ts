import type { WorkspaceHandle } from '@adjutant/core';
import { createAdjutant } from '@adjutant/core';
import type { Viewer } from '@adjutant/core/domain';
import { createFakeClock, createPeopleWorld } from '@adjutant/core/testing';
import { allMetrics } from '@adjutant/metrics';
import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { digestBlocks } from '../reports/digest-blocks.ts';
import { digestMarkdown } from '../reports/digest-markdown.ts';
import { buildReportDigest } from '../reports/report-digest.ts';

// The attack on progress reports: everybody asks before and after, over windows that hold the day and
// such that do not. Whatever somebody writes, changes, shares, takes back and deletes: once nothing of
// it is shared, nobody is told anything else than if it had never been written.

const world = createPeopleWorld(6);
const days = ['2026-08-06', '2026-08-07', '2026-08-10'] as const;
const author = 'person-2';

type Step =
  | { do: 'write'; day: (typeof days)[number]; words: string; isShared: boolean }
  | { do: 'share' | 'unshare' | 'delete'; day: (typeof days)[number] };

const day = fc.constantFrom(...days);
const stepOf: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('write' as const),
    day,
    words: fc.constantFrom('xylozebra built', 'xylozebra tested'),
    isShared: fc.boolean(),
  }),
  fc.record({ do: fc.constantFrom('share' as const, 'unshare' as const, 'delete' as const), day }),
);

/** Every way to what others say of their days. */
const readers = {
  digest: async (handle: WorkspaceHandle) => {
    const spans = days.flatMap((fromDay, place) =>
      days.slice(place).map((toDay) => ({ fromDay, toDay })),
    );
    const digests = await Promise.all(spans.map((span) => buildReportDigest(handle, span)));
    return digests.map((digest) => [digest, digestMarkdown(digest), digestBlocks(digest)]);
  },
  shared: (handle: WorkspaceHandle) =>
    handle.reports.shared({ fromDay: '2026-07-20', toDay: '2026-08-10' }),
  list: (handle: WorkspaceHandle) => handle.reports.list({ limit: 200 }),
  search: (handle: WorkspaceHandle) => handle.reports.search({ text: 'xylozebra' }),
  people: (handle: WorkspaceHandle) => handle.findPeople({ limit: 50 }),
};

async function open() {
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [world.connector],
    metrics: allMetrics,
    clock: createFakeClock(world.now),
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  const owner = adjutant.workspace().as(await adjutant.owner());
  const { items } = await owner.findPeople({ limit: 50 });
  const idOf = new Map(items.map(({ id, accounts }) => [accounts[0]?.login, id]));
  const as = (login: string, role: 'member' | 'lead' | 'admin' = 'member') =>
    adjutant.workspace().as({ kind: 'person', personId: idOf.get(login) ?? '', role });
  const agent: Viewer = {
    kind: 'agent',
    name: 'helper',
    sponsorPersonId: idOf.get('person-3') ?? '',
  };
  const viewers = [
    as('person-3'),
    as('person-3', 'lead'),
    as('person-3', 'admin'),
    adjutant.workspace().as(agent),
  ];
  // Colleagues share their days: beside them it would show who did not.
  for (const login of ['person-1', 'person-4', 'person-5']) {
    for (const of of days) {
      await as(login).reports.submit({ day: of, did: `${login} did`, visibility: 'team' });
    }
  }
  const told = async (): Promise<unknown[]> => {
    const answers: unknown[] = [];
    for (const handle of viewers) {
      for (const [name, ask] of Object.entries(readers)) answers.push([name, await ask(handle)]);
    }
    return answers;
  };
  return { reports: as(author).reports, told };
}
type Opened = Awaited<ReturnType<typeof open>>;

async function take({ reports }: Opened, step: Step): Promise<void> {
  if (step.do === 'write') {
    const visibility = step.isShared ? 'team' : 'private';
    await reports.submit({ day: step.day, did: step.words, visibility });
    return;
  }
  const report = await reports.ofDay(step.day);
  if (report === null) return;
  if (step.do === 'delete') await reports.delete(report.id);
  else await reports.share(report.id, step.do === 'share' ? 'team' : 'private');
}

test('whatever somebody wrote and took back, nobody is told anything else than if it had never been', async () => {
  const opened = await open();
  const before = await opened.told();
  expect(JSON.stringify(before)).toContain('person-4 did');
  let timesShown = 0;
  const endings = fc.constantFrom('unshare' as const, 'delete' as const);
  await fc.assert(
    fc.asyncProperty(
      fc.array(stepOf, { minLength: 1, maxLength: 6 }),
      endings,
      async (steps, end) => {
        for (const step of steps) await take(opened, step);
        if (JSON.stringify(await opened.told()).includes('xylozebra')) timesShown += 1;
        for (const of of days) await take(opened, { do: end, day: of });
        expect(await opened.told()).toEqual(before);
        for (const of of days) await take(opened, { do: 'delete', day: of });
        expect(await opened.told()).toEqual(before);
      },
    ),
    { numRuns: 12, seed: 20_261, endOnFailure: true },
  );
  // If nothing had been shared on the way, nothing would be shown.
  expect(timesShown).toBeGreaterThan(3);
});

test('of how many people shared nothing no answer says a word', async () => {
  const { told } = await open();
  const said = JSON.stringify(await told());
  // Six people, of whom three share: neither number but that of those who are named.
  expect(said).toContain('3 people shared a report.');
  expect(said).not.toMatch(/did not|of 6|6 people|not_?sharing|missing/i);
});
