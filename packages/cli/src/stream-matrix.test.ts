import { allMetrics } from '@adjutant/metrics';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  aiImpactOf,
  citationsOf,
  forecastsOf,
  openWorkOf,
  sprintsOf,
} from './testing/answer-surfaces.ts';
import { comparisonsOf, readWhole, surfacesOf } from './testing/metric-surfaces.ts';
import { temporaryFolder } from './testing/run-cli.ts';
import { openStreamWorld, streamStates, type StreamWorld } from './testing/stream-states.ts';

// Every metric, against every state of the stream that it is read from, on everything that shows it: the
// figure is unknown, or what is missing stands beside it there, and no surface denies what another
// says. A metric that is added is in it by itself, and needs rows in `testing/whole-team.ts`.
const everywhere = [
  'adjutant metrics --json',
  'adjutant metrics --format csv --series',
  'adjutant metrics --format jsonl --series',
  'adjutant metrics',
  'adjutant metrics <id>',
  'get_metric',
];
const unlessDetail = ['get_team_overview', 'report page'];
const others = {
  'the forecast': forecastsOf,
  sprints: sprintsOf,
  'what coding tools go together with': aiImpactOf,
  'what is open': openWorkOf,
  'a figure that was cited': citationsOf,
};
const removals: (() => void)[] = [];
afterAll(() => removals.forEach((remove) => remove()));

describe.each(streamStates)('a stream that is $name', (state) => {
  let world: StreamWorld;
  let whole: Awaited<ReturnType<typeof readWhole>>;
  beforeAll(async () => {
    world = await openStreamWorld(
      temporaryFolder((remove) => removals.push(remove)),
      state,
    );
    whole = await readWhole(world);
  });
  afterAll(() => world.close());

  test.each(allMetrics.metrics)('$id says so everywhere', async (metric) => {
    const { answer, shown } = await surfacesOf(world, whole, metric.id);
    // Actions are written here: no source brings them, and none can lack one.
    const isOwn = metric.subject === 'action';
    const gap = isOwn ? null : state.gap;
    const names = [...everywhere, ...(metric.isDetail === true ? [] : unlessDetail)];
    expect(shown.map(({ surface }) => surface)).toEqual(names);
    if (!isOwn) expect(answer.value === null).toBe(!state.hasRows);
    expect(answer.gaps).toEqual(gap === null ? [] : [gap.code]);
    for (const one of shown) expect(one).toMatchObject({ told: one.meant });
    for (const one of shown) expect(one.points?.told).toEqual(one.points?.meant);
    const silent = shown.filter(({ beside }) => gap !== null && !says(beside, gap));
    expect(silent.map(surfaceOf)).toEqual([]);
    const [reason = 'no reason'] = answer.caveats;
    const unreasoned = shown.filter(
      ({ surface, beside }) => surface !== 'adjutant metrics' && !beside.includes(reason),
    );
    if (answer.value === null) expect(unreasoned.map(surfaceOf)).toEqual([]);
  });

  test.each(allMetrics.metrics)('$id says so where two windows are compared', async (metric) => {
    const { values, difference, beside, line } = await comparisonsOf(world, metric.id);
    const gap = metric.subject === 'action' ? null : state.gap;
    if (!state.hasRows) expect(values).toEqual([null, null]);
    if (values.includes(null)) expect(difference).toBeNull();
    if (gap === null) return;
    expect(beside).toSatisfy((text: string) => says(text, gap));
    expect(await line()).toSatisfy((text: string) => says(text, gap));
  });

  test.each(Object.entries(others))('%s: the same', async (_name, ask) => {
    const { gap, hasRows } = state;
    const answers = await ask(world);
    expect(answers.filter(({ isKnown }) => isKnown !== hasRows).map(surfaceOf)).toEqual([]);
    const silent = answers.filter(({ beside }) => gap !== null && !says(beside, gap));
    expect(silent.map(surfaceOf)).toEqual([]);
  });

  test('a hole in a series is a hole in every series', () => {
    const holes = whole.overview.metrics.filter(({ series }) =>
      series.some(({ value }) => value === null),
    );
    expect(holes.length > 0).toBe(state.hasRows);
  });
});

const surfaceOf = ({ surface }: { surface: string }): string => surface;

/** A gap is named by its code, as in a table, or told in its sentence. */
function says(text: string, gap: { code: string; message: string }): boolean {
  return text.includes(gap.code) || text.includes(gap.message);
}
