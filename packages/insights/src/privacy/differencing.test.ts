import { AdjutantError, createAdjutant, type WorkspaceHandle } from '@adjutant/core';
import type { MetricFilter, Window } from '@adjutant/core/domain';
import {
  createFakeClock,
  createPeopleWorld,
  findExposures,
  type ToldAggregate,
} from '@adjutant/core/testing';
import * as fc from 'fast-check';
import { allMetrics } from '@adjutant/metrics';
import { expect, onTestFinished, test } from 'vitest';
import { buildBrief } from '../briefs/build-brief.ts';
import { buildTeamReport } from '../report/build-team-report.ts';

// Whoever asks anything, in any order, and remembers every answer. Who wrote what is known from the
// world, not from the answers. A new reader of figures is one more entry of `readers`.

const dayMs = 86_400_000;
/** Two teams that differ by one person, as one team does of which somebody left, and one of four. */
const teams: Readonly<Record<string, readonly string[]>> = {
  First: loginsTo(6),
  Second: loginsTo(7),
  Few: loginsTo(4),
};
const world = createPeopleWorld(12, { teams });
const { periods, people, written } = world;
const labels = ['bug', 'feature', 'near', 'solo', 'four', 'late', 'nobody'];

interface Question {
  viewer: 'lead' | 'member';
  reader: keyof typeof readers;
  metricId: 'throughput' | 'pull_request_cycle_time';
  window: Window;
  labels?: string[] | undefined;
  people?: string[] | undefined;
  /** For load, which is asked of whole teams. */
  team?: string | undefined;
}

/** A figure as one reader tells it: of how many rows, in which window, with the ids of which. */
interface ToldFigure {
  window: Window;
  sampleSize: number;
  value: number | null;
  evidenceIds: readonly string[];
}

type Asked = Omit<Question, 'viewer' | 'reader' | 'labels' | 'people'> & { filter?: MetricFilter };

/** Every way to a figure that a handle offers. */
const readers = {
  metric: async (handle: WorkspaceHandle, asked: Asked): Promise<ToldFigure[]> => [
    await handle.metric(asked),
  ],
  explain: async (handle: WorkspaceHandle, asked: Asked): Promise<ToldFigure[]> => [
    (await handle.explainMetric({ ...asked, limit: 200 })).value,
  ],
  compare: async (handle: WorkspaceHandle, { window, ...asked }: Asked): Promise<ToldFigure[]> => {
    const middle = periods[2] ?? window.to;
    const query = {
      ...asked,
      before: { from: window.from, to: middle },
      after: { from: middle, to: Math.max(window.to, middle + dayMs) },
      withInterval: false,
    };
    if (query.before.from >= middle) return [];
    const { before, after } = await handle.compareMetric(query);
    return [before, after];
  },
  overview: async (handle: WorkspaceHandle, asked: Asked): Promise<ToldFigure[]> => {
    const { metrics } = await handle.overview({ ...asked, withDetails: false });
    return metrics.filter(({ metricId }) => metricId === asked.metricId);
  },
  citation: async (handle: WorkspaceHandle, asked: Asked): Promise<ToldFigure[]> => {
    const { citationId } = await handle.metric(asked);
    const again = await handle.explainCitation(citationId).catch(() => null);
    return again === null || again.now === null ? [] : [again.now];
  },
  /** The figures of a weekly brief, by the citations that its lines name. */
  weekly: async (handle: WorkspaceHandle, asked: Asked): Promise<ToldFigure[]> => {
    if (asked.filter !== undefined) return [];
    const { sections } = await buildBrief(handle, { kind: 'weekly', from: asked.window.from });
    const cited = sections.flatMap(({ lines }) => lines.flatMap(({ evidence }) => evidence));
    const told: ToldFigure[] = [];
    for (const id of cited.filter((one) => one.startsWith('citation:'))) {
      const { now } = await handle.explainCitation(id.slice('citation:'.length));
      if (now !== null && now.metricId === asked.metricId) told.push(now);
    }
    return told;
  },
  /** The figures of a team report, each with the rows that it opens. */
  report: async (handle: WorkspaceHandle, asked: Asked): Promise<ToldFigure[]> => {
    if (asked.filter !== undefined) return [];
    const report = await buildTeamReport(handle, { window: asked.window, now: world.now });
    return report.figures
      .filter(({ id }) => id === asked.metricId)
      .map(({ sampleSize, value, evidence }) => ({
        window: report.window,
        sampleSize,
        value,
        evidenceIds: evidence.rows.map(({ id }) => id),
      }));
  },
  /** The load of a week: it can be asked of no label and no chosen people, but of a team. */
  load: async (handle: WorkspaceHandle, { window, filter, team }: Asked): Promise<ToldFigure[]> => {
    if (filter !== undefined) return [];
    // The first week of a period, so that the same ones are asked about again and again.
    const start = periods.findLast((period) => period <= window.from) ?? periods[0] ?? 0;
    const week = new Date(start).toISOString().slice(0, 10);
    const asking = team === undefined ? handle : await teamHandle(handle, team);
    const { fromDay, figures } = await asking.load.team({ week });
    const from = Date.parse(fromDay);
    const told = { window: { from, to: from + 7 * dayMs }, evidenceIds: [] };
    return figures.map(({ value, people: sampleSize }) => ({
      ...told,
      sampleSize: sampleSize ?? 0,
      value,
    }));
  },
};

async function open() {
  const clock = createFakeClock(world.now);
  const adjutant = await createAdjutant({
    store: ':memory:',
    connectors: [world.connector],
    metrics: allMetrics,
    clock,
  });
  onTestFinished(() => adjutant.close());
  await adjutant.sync();
  const owner = adjutant.workspace().as(await adjutant.owner());
  for (const { id } of await owner.teamProposals.list()) await owner.teamProposals.accept(id);
  const { items } = await owner.findPeople({ limit: 50 });
  const idOf = new Map(
    items.flatMap(({ id, accounts }) => accounts.map(({ login }) => [login, id] as const)),
  );
  const rowOf = new Map<string, number>();
  const whole = { from: periods[0] ?? 0, to: world.now };
  let cursor: string | undefined;
  do {
    const query = { metricId: 'pull_request_cycle_time', window: whole, limit: 200, cursor };
    const page = await owner.explainMetric(query);
    for (const { id, title } of page.items) {
      rowOf.set(
        id,
        written.findIndex(({ externalId }) => externalId === title),
      );
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  const personId = idOf.get('person-1') ?? '';
  const member = adjutant.workspace().as({ kind: 'person', personId, role: 'member' });
  return { adjutant, handles: { lead: owner, member }, idOf, rowOf };
}
type World = Awaited<ReturnType<typeof open>>;

async function ask({ handles, idOf, rowOf }: World, question: Question): Promise<ToldAggregate[]> {
  const { viewer, reader, labels: some, people: chosen, team, ...asked } = question;
  const members = reader === 'load' && team !== undefined ? (teams[team] ?? []) : null;
  const filter: MetricFilter = {
    ...(some === undefined ? {} : { labels: some }),
    ...(chosen === undefined ? {} : { people: chosen.map((login) => idOf.get(login) ?? '') }),
  };
  // What the member sees of that member alone is no answer about anybody else.
  if (viewer === 'member' && chosen?.length === 1 && chosen[0] === 'person-1') return [];
  const isPlain = some === undefined && chosen === undefined;
  // Of load there is no figure that is told at any size.
  const isPublic = isPlain && reader !== 'load';
  const filtered = isPlain ? { ...asked, team } : { ...asked, filter };
  const told = await readers[reader](handles[viewer], filtered).catch(refused);
  return told
    .filter(({ value }) => value !== null)
    .map(({ window, evidenceIds, sampleSize }) => {
      const rows = written.flatMap((row, place) => {
        const isInside = row.mergedAt >= window.from && row.mergedAt < window.to;
        const hasLabel = some?.some((label) => row.labels.includes(label)) ?? true;
        const isAsked = chosen?.includes(row.author) ?? members?.includes(row.author) ?? true;
        return isInside && hasLabel && isAsked ? [place] : [];
      });
      const named = evidenceIds.map((id) => rowOf.get(id) ?? -1);
      // The harness would prove nothing if it took other rows for those of the figure.
      // A figure of load counts people, who did more in the week than is written here.
      if (!isPublic && reader !== 'load') expect(rows).toHaveLength(sampleSize);
      const isWhole = periods.includes(window.from) && periods.includes(window.to);
      return {
        question: JSON.stringify(question),
        // A plain figure names its rows, and those of cut weeks are none of them.
        rows: isPublic ? named : rows,
        isPublic,
        ...(named.length > 0 && isWhole ? { named } : {}),
      };
    });
}

async function teamHandle(handle: WorkspaceHandle, name: string): Promise<WorkspaceHandle> {
  const team = (await handle.teams()).find((one) => one.name === name);
  if (team === undefined) throw new RangeError(`There is no team ${name}.`);
  return handle.forTeam(team.id);
}

/** What a member is not told is no answer; everything else that fails is a failure. */
function refused(error: unknown): ToldFigure[] {
  if (AdjutantError.isInstance(error) && error.code === 'Permission') return [];
  throw error;
}

const windowOf = fc
  .tuple(
    fc.integer({ min: 0, max: 3 }),
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ min: -3, max: 9 }),
  )
  .map(([from, length, days]) => ({
    from: (periods[from] ?? 0) - (days % 2) * dayMs,
    to: (periods[Math.min(4, from + length)] ?? 0) + days * dayMs,
  }));
const some = fc.constantFrom(...labels);
const questionOf: fc.Arbitrary<Question> = fc
  .record({
    viewer: fc.constantFrom('lead' as const, 'member' as const),
    // Of load there are many teams to ask about, so that it is asked about most.
    reader: fc.oneof(
      fc.constantFrom(...(Object.keys(readers) as (keyof typeof readers)[])),
      fc.constant('load' as const),
    ),
    metricId: fc.constantFrom('throughput' as const, 'pull_request_cycle_time' as const),
    window: windowOf,
    team: fc.option(fc.constantFrom(...Object.keys(teams)), { nil: undefined }),
    filter: fc.oneof(
      fc.constant({}),
      fc.uniqueArray(some, { minLength: 1, maxLength: 2 }).map((names) => ({ labels: names })),
      fc.subarray(people.slice(), { minLength: 1 }).map((set) => ({ people: set })),
      fc.integer({ min: 4, max: 8 }).map((count) => ({ people: people.slice(0, count) })),
    ),
  })
  .map(({ filter, ...rest }) => ({ ...rest, ...filter }));

function loginsTo(count: number): string[] {
  return Array.from({ length: count }, (_, place) => `person-${place + 1}`);
}

test('whatever is asked, by whom and in which order, no answers together single out fewer than five people', async () => {
  let toldOfPeople = 0;
  const toldBy = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(questionOf, { minLength: 12, maxLength: 24 }), async (questions) => {
      const opened = await open();
      const told: ToldAggregate[] = [];
      for (const question of questions) {
        const answers = await ask(opened, question);
        told.push(...answers);
        if (answers.length > 0) toldBy.add(question.reader);
      }
      toldOfPeople += told.filter(({ isPublic }) => isPublic === false).length;
      const peopleOfRows = written.map(({ author }) => author);
      expect(findExposures(told, { peopleOfRows })).toEqual([]);
      await opened.adjutant.close();
    }),
    { numRuns: 20, seed: 20_261, endOnFailure: true },
  );
  // If nothing were told, nothing would be shown.
  expect(toldOfPeople).toBeGreaterThan(5);
  expect([...toldBy].toSorted()).toEqual(Object.keys(readers).toSorted());
});
