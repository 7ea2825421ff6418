import { createAdjutant, type MetricAnswer, type WorkspaceHandle } from '@adjutant/core';
import type { MetricFilter, Window } from '@adjutant/core/domain';
import { buildPullRequest, createFakeClock, createRowsConnector } from '@adjutant/core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { utc } from './__fixtures__/compute.ts';
import { seededRandom } from './__fixtures__/seeded-random.ts';
import { allMetrics } from './index.ts';
import { dayMs, hourMs } from './week-buckets.ts';

// No single person's figure can be worked out from answers about people: twelve people, one of whom
// joins and one of whom leaves, are asked about in every way, and whatever is told is added up,
// subtracted and compared by people who remember all of it. Who wrote what is known here from the rows
// as they were written, and not from anything that the answers are made with.

const source = 'forge';
const clock = createFakeClock(utc('2026-08-10'));
const people = Array.from({ length: 12 }, (_, index) => `person-${index + 1}`);
const joiner = 'person-12';
const leaver = 'person-11';
const periods = ['2026-04-13', '2026-05-11', '2026-06-08', '2026-07-06', '2026-08-03'].map(utc);

interface Written {
  externalId: string;
  author: string;
  mergedAt: number;
  labels: string[];
}

/** Everybody's changes of each period, a few days apart. */
const written: Written[] = periods.slice(0, 4).flatMap((start, period) =>
  people
    .filter((person) => person !== joiner || period >= 2)
    .filter((person) => person !== leaver || period < 2)
    .flatMap((author, position) =>
      ['feature', 'feature', 'bug near', 'feature bug near', '', 'one'].map((labels, change) => ({
        externalId: `${author}-${period}-${change}`,
        author,
        mergedAt: start + (change * 4 + 1) * dayMs + position * hourMs,
        labels: [
          ...labels.split(' ').filter((label) => label !== '' && label !== 'one'),
          // Used by one person only; by four; and wherever "bug" is, and by one person beside.
          ...(labels === 'one' && author === 'person-3' ? ['solo', 'near'] : []),
          ...(labels === 'one' && position < 4 ? ['four'] : []),
          // Everybody's at first, and then one person's.
          ...(labels === '' && (period === 0 || author === 'person-2') ? ['late'] : []),
        ],
      })),
    ),
);

async function open() {
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [
      createRowsConnector({
        id: source,
        claimsCommits: true,
        scope: { externalId: 'widgets', name: 'widgets', detail: {} },
        records: () => ({
          all: {
            repositories: [
              {
                source,
                externalId: 'widgets',
                name: 'widgets',
                fullName: 'acme/widgets',
                url: null,
                defaultBranch: 'main',
                mergeStyle: null,
              },
            ],
            accounts: people.map((externalId) => ({
              source,
              externalId,
              login: externalId,
              name: null,
              email: null,
              emailVerified: false,
              vendorId: null,
              kind: 'human' as const,
              isBot: false,
            })),
            pullRequests: written.map(({ externalId, author, mergedAt, labels }, position) =>
              buildPullRequest({
                source,
                repositoryExternalId: 'widgets',
                externalId,
                number: position + 1,
                title: externalId,
                state: 'merged',
                openedAt: mergedAt - ((position % 7) + 1) * hourMs,
                mergedAt,
                authorAccountExternalId: author,
                additions: position,
                deletions: 1,
                labels,
              }),
            ),
          },
        }),
      }),
    ],
    metrics: allMetrics,
    clock,
  });
  onTestFinished(() => adjutant.close());
  const { streams } = await adjutant.sync();
  if (streams.some(({ error }) => error !== null))
    throw new Error('The rows could not be written.');
  const handle = adjutant.workspace().as(await adjutant.owner());
  const { items } = await handle.findPeople({ limit: 50 });
  const ids = new Map(
    items.flatMap(({ id, accounts }) =>
      accounts.flatMap(({ login }) => (login === null ? [] : [[login, id] as const])),
    ),
  );
  const asMember = (login: string) =>
    adjutant.workspace().as({ kind: 'person', personId: ids.get(login) ?? '', role: 'member' });
  return { handle, ids, asMember };
}

interface Question {
  metricId: string;
  window: Window;
  labels?: string[];
  people?: string[];
}

/** Windows of whole periods, and around the day on which somebody joined. */
const windows: Window[] = [
  { from: utc('2026-04-13'), to: utc('2026-07-06') },
  { from: utc('2026-05-11'), to: utc('2026-06-08') },
  { from: utc('2026-05-07'), to: utc('2026-06-10') },
  { from: utc('2026-05-11'), to: utc('2026-07-08') },
  { from: utc('2026-06-08'), to: utc('2026-08-10') },
];

function questions(metricId: string): Question[] {
  const random = seededRandom(7);
  const six = people.slice(0, 6);
  const sets = [
    six,
    [...six, 'person-7'],
    six.slice(1),
    [...six, joiner],
    [...six, leaver],
    people.slice(6),
    people.slice(0, 11),
    people.slice(0, 4),
    ['person-5'],
    ...Array.from({ length: 8 }, () => people.filter(() => random() < 0.5)),
  ].filter((set) => set.length > 0);
  const labels = [['bug'], ['feature'], ['near'], ['solo'], ['four'], ['bug', 'feature']];
  const filters: Omit<Question, 'metricId' | 'window'>[] = [
    {},
    ...labels.map((some) => ({ labels: some })),
    ...[['bug', 'near'], ['bug', 'solo'], ['late'], ['nobody']].map((some) => ({ labels: some })),
    ...sets.map((set) => ({ people: set })),
  ];
  return filters.flatMap((filter) => windows.map((window) => ({ metricId, window, ...filter })));
}

function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const random = seededRandom(seed);
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((left, right) => left.at - right.at)
    .map(({ item }) => item);
}

interface Told {
  question: Question;
  answer: MetricAnswer;
  isPlain: boolean;
  /** 1 for each row that is in the figure, by its place among those written. */
  rows: Int8Array;
}

async function ask(
  { handle, ids }: { handle: WorkspaceHandle; ids: ReadonlyMap<string, string> },
  question: Question,
): Promise<Told | null> {
  const { metricId, window, labels, people: chosen } = question;
  const filter: MetricFilter = {
    ...(labels === undefined ? {} : { labels }),
    ...(chosen === undefined ? {} : { people: chosen.map((login) => ids.get(login) ?? '') }),
  };
  const answer = await handle.metric({ metricId, window, filter });
  if (answer.value === null) return null;
  const rows = Int8Array.from(written, (row) => {
    const isInside = row.mergedAt >= answer.window.from && row.mergedAt < answer.window.to;
    const hasLabel = labels?.some((label) => row.labels.includes(label)) ?? true;
    return isInside && hasLabel && (chosen?.includes(row.author) ?? true) ? 1 : 0;
  });
  const isPlain = labels === undefined && chosen === undefined;
  return { question, answer, isPlain, rows };
}

/** How many people the rows that are left are of. */
function peopleLeft(combined: (row: number) => number): number {
  const left = new Set<string>();
  for (const [row, { author }] of written.entries()) if (combined(row) !== 0) left.add(author);
  return left.size;
}

const isFew = (count: number): boolean => count > 0 && count < 5;
const signs = [-1, 1];

/** What can be worked out of one, two or three answers that is of fewer than five people. */
function recovered(told: readonly Told[]): unknown[] {
  const found: unknown[] = [];
  const known = [
    ...new Map(told.map((one) => [`${one.isPlain} ${one.rows.join('')}`, one])).values(),
  ];
  const note = (how: string, ...some: Told[]) => {
    if (some.every(({ isPlain }) => isPlain)) return;
    found.push([how, ...some.map(({ question }) => question)]);
  };
  const at = (one: Told, row: number): number => one.rows[row] ?? 0;
  for (const [first, a] of known.entries()) {
    if (isFew(peopleLeft((row) => at(a, row)))) note('alone', a);
    for (const [second, b] of known.slice(first + 1).entries()) {
      if (isFew(peopleLeft((row) => at(a, row) - at(b, row)))) note('difference', a, b);
      for (const c of known.slice(first + second + 2)) {
        for (const sign of signs) {
          for (const other of signs) {
            const combined = (row: number) => at(a, row) + sign * at(b, row) + other * at(c, row);
            if (isFew(peopleLeft(combined))) note('sum of three', a, b, c);
          }
        }
      }
    }
  }
  return found;
}

/** The same by the ids of the rows, where an answer tells them: those in both, and those in one only. */
function recoveredByRows(told: readonly Told[], authorOf: (id: string) => string): unknown[] {
  const found: unknown[] = [];
  const isWhole = ({ answer: { window } }: Told): boolean =>
    [window.from, window.to].every((end) => periods.includes(end));
  const known = told.filter((one) => one.answer.evidenceIds.length > 0 && isWhole(one));
  for (const a of known) {
    for (const b of known) {
      if (a.isPlain && b.isPlain) continue;
      const others = new Set(b.answer.evidenceIds);
      for (const wanted of [true, false]) {
        const some = a.answer.evidenceIds.filter((id) => others.has(id) === wanted);
        if (isFew(new Set(some.map(authorOf)).size)) found.push([wanted, a.question, b.question]);
      }
    }
  }
  return found;
}

async function authorsById({ handle }: { handle: WorkspaceHandle }) {
  const window = { from: periods[0] ?? 0, to: clock.now() };
  const byId = new Map<string, string>();
  let cursor: string | undefined;
  do {
    const page = await handle.explainMetric({ metricId: 'throughput', window, limit: 200, cursor });
    for (const { id, title } of page.items) byId.set(id, title.replace(/-\d+-\d+$/, ''));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return (id: string): string => byId.get(id) ?? '';
}

for (const seed of [1, 2, 3]) {
  test(`no figure of fewer than five people comes out of any answers together, asked in order ${seed}`, async () => {
    const world = await open();
    const authorOf = await authorsById(world);
    for (const metricId of ['throughput', 'pull_request_cycle_time']) {
      const told: Told[] = [];
      for (const question of shuffled(questions(metricId), seed)) {
        const one = await ask(world, question);
        if (one !== null) told.push(one);
      }
      for (const { rows, answer, isPlain } of told) {
        // A plain figure of throughput leaves out days at the ends that make no whole week.
        if (!isPlain) expect(answer.sampleSize).toBe(rows.reduce((sum, row) => sum + row, 0));
      }
      expect(recovered(told)).toEqual([]);
      expect(recoveredByRows(told, authorOf)).toEqual([]);
      // Something must have been told of labels and of people, or nothing would be shown.
      expect(told.some(({ question }) => question.people !== undefined)).toBe(true);
      expect(told.some(({ question }) => question.labels?.[0] === 'bug')).toBe(true);
    }
  });
}

test('a set that was told is told again, its rows, weeks and parts are not, and one more is refused', async () => {
  const world = await open();
  const window = { from: utc('2026-04-13'), to: utc('2026-07-06') };
  const six = people.slice(0, 6);
  const first = await ask(world, { metricId: 'pull_request_cycle_time', window, people: six });
  expect(first?.answer).toMatchObject({ sampleSize: 108, evidenceIds: [], series: [], parts: [] });
  const second = await ask(world, {
    metricId: 'pull_request_cycle_time',
    window,
    people: [...six, 'person-7'],
  });
  expect(second).toBeNull();
  const again = await ask(world, { metricId: 'throughput', window, people: six });
  expect(again?.answer.sampleSize).toBe(108);
});

test('a label is taken in whole periods of four weeks and keeps its rows; one of a single person is not told', async () => {
  const world = await open();
  const window = { from: utc('2026-05-01'), to: utc('2026-07-09') };
  const bug = await ask(world, { metricId: 'throughput', window, labels: ['BUG'] });
  expect(bug?.answer.window).toEqual({ from: utc('2026-05-11'), to: utc('2026-07-06') });
  expect(bug?.answer.filter).toEqual({ labels: ['bug'] });
  expect(bug?.answer.evidenceIds).toHaveLength(44);
  const solo = await world.handle.explainMetric({
    metricId: 'throughput',
    window,
    filter: { labels: ['solo'] },
  });
  expect(solo).toMatchObject({ total: 0, excluded: [], value: { value: null, sampleSize: 0 } });
  expect(solo.value.caveats).toEqual([expect.stringContaining('fewer than five people')]);
});

test('only a lead asks about a new set; what a person asks about that person alone is told', async () => {
  const world = await open();
  const window = { from: utc('2026-04-13'), to: utc('2026-07-06') };
  const metricId = 'pull_request_cycle_time';
  const six = people.slice(0, 6).map((login) => world.ids.get(login) ?? '');
  const member = world.asMember('person-5');
  const bySix = { metricId, window, filter: { people: six } };
  await expect(member.metric(bySix)).rejects.toMatchObject({ code: 'Permission' });
  expect((await world.handle.metric(bySix)).sampleSize).toBe(108);
  expect((await member.metric(bySix)).sampleSize).toBe(108);
  const own = { metricId, window, filter: { people: [world.ids.get('person-5') ?? ''] } };
  expect((await member.metric(own)).evidenceIds).toHaveLength(18);
  const others = await world.asMember('person-6').metric(own);
  expect(others).toMatchObject({ value: null, sampleSize: 0, evidenceIds: [] });
  const told = await world.handle.audit.list({ limit: 50 });
  expect(told.items.filter(({ event }) => event === 'metrics.people_set_told')).toHaveLength(1);
});

test.each([
  [{ people: ['nobody'] }, 'NotFound', 'throughput'],
  [{ service: 'nothing' }, 'NotFound', 'throughput'],
  [{ labels: ['bug'], workTypes: ['bug' as const] }, 'InvalidInput', 'throughput'],
  [{ labels: ['bug'] }, 'InvalidInput', 'open_work'],
  [{ labels: ['bug'] }, 'InvalidInput', 'time_to_restore'],
  [{ workTypes: ['hotfix' as const] }, 'InvalidInput', 'cycle_time'],
  [{ labels: [] }, 'InvalidInput', 'throughput'],
])('%j is refused as %s for %s', async (filter, code, metricId) => {
  const { handle } = await open();
  await expect(handle.metric({ metricId, filter })).rejects.toMatchObject({ code });
});
