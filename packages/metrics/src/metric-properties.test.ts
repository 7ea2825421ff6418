import type {
  MetricDefinition,
  MetricOutcome,
  MetricSubject,
  SubjectRows,
} from '@adjutant/core/domain';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryRows, propertyWindow as window } from './__fixtures__/arbitrary-rows.ts';
import { computeOver } from './__fixtures__/compute.ts';
import { metricTraits, type MetricTraits } from './__fixtures__/metric-traits.ts';
import { allMetrics } from './index.ts';
import { dayMs, weekMs } from './week-buckets.ts';

// What must hold of every metric whatever its rows: drawn from a fixed seed, and shrunk where it does not.
type Row = SubjectRows[MetricSubject];
type Fields = Readonly<Record<string, unknown>>;

const settings = { numRuns: 50, seed: 2_026 };
const now = window.to;
const middle = window.from + 5 * weekMs;

const rowsOf = (metric: MetricDefinition): fc.Arbitrary<Row[]> => arbitraryRows[metric.subject];
const holds = (metric: MetricDefinition, property: (rows: Row[]) => void): void =>
  fc.assert(fc.property(rowsOf(metric), property), settings);

/** The row with each of its instants, or each of its lengths, replaced. */
function replaced(row: Row, ofInstant: (at: number) => number, factor = 1): Row {
  const fields = Object.entries(row as unknown as Fields).map(([name, value]) => {
    if (typeof value !== 'number') return [name, value];
    if (/At$|^from$|^to$/.test(name)) return [name, ofInstant(value)];
    return [name, name.endsWith('Ms') ? value * factor : value];
  });
  return Object.fromEntries(fields) as Row;
}

/** Every number of an answer, wherever it stands. */
function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(numbersIn);
}

const withoutPlaces = (outcome: MetricOutcome) => ({
  ...outcome,
  evidence: outcome.evidence.length,
});

test('every metric says what holds of it, and none that is gone', () => {
  const ids = allMetrics.metrics.map(({ id }) => id);
  expect(Object.keys(metricTraits).toSorted()).toEqual(ids.toSorted());
});

describe.each(allMetrics.metrics.map((metric) => [metric.id, metric] as const))(
  '%s',
  (id, metric) => {
    const traits = metricTraits[id] as MetricTraits;
    const compute = (rows: readonly Row[], over = window, at = now): MetricOutcome =>
      computeOver(metric, rows, over, at);

    test('is a figure of most draws', () => {
      const drawn = fc.sample(rowsOf(metric), { ...settings, numRuns: 60 });
      expect(drawn.filter((rows) => compute(rows).value !== null).length).toBeGreaterThan(15);
    });

    test('does not depend on the order of the rows', () => {
      const shuffledToo = rowsOf(metric).chain((rows) =>
        fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
      );
      const property = fc.property(shuffledToo, ([rows, other]) => {
        expect(withoutPlaces(compute(other))).toEqual(withoutPlaces(compute(rows)));
      });
      fc.assert(property, settings);
    });

    test('is the same with everything whole weeks later or earlier', () => {
      const property = fc.property(
        rowsOf(metric),
        fc.integer({ min: -8, max: 8 }),
        (rows, weeks) => {
          const by = weeks * weekMs;
          const moved = compute(
            rows.map((row) => replaced(row, (at) => at + by)),
            { from: window.from + by, to: window.to + by },
            now + by,
          );
          const expected = compute(rows);
          const back = (points: MetricOutcome['series']) =>
            points?.map((point) => ({ ...point, start: point.start - by, end: point.end - by }));
          expect({ ...moved, series: back(moved.series), parts: [] }).toEqual({
            ...expected,
            series: expected.series,
            parts: [],
          });
          expect(moved.parts?.map((part) => ({ ...part, series: back(part.series) }))).toEqual(
            expected.parts?.map((part) => ({ ...part, series: part.series })),
          );
        },
      );
      fc.assert(property, settings);
    });

    test.runIf(metric.computeValue !== undefined)('has one value, however it is come by', () => {
      const onlyValue: MetricDefinition = {
        ...metric,
        compute: (input) => ({
          ...metric.compute(input),
          value: metric.computeValue?.(input) ?? null,
        }),
      };
      // Days and weeks that the window or the present cuts, and windows of which little is known.
      const cut = { from: window.from + 2.5 * dayMs, to: window.to - 9.5 * dayMs };
      const shown = { readUntil: window.to, shownSince: window.from - weekMs };
      const beside = [
        { shown: { incident: true }, unlinkedIncidents: 0 },
        { shown: { incident: true }, unlinkedIncidents: 2 },
        { shown: {}, unlinkedIncidents: null },
      ];
      holds(metric, (rows) => {
        for (const [over, at] of [
          [window, now],
          [cut, cut.to],
          [cut, middle],
        ] as const) {
          for (const coverage of [null, shown]) {
            for (const known of beside) {
              const [alone, whole] = [onlyValue, metric].map((one) =>
                computeOver(one, rows, over, at, undefined, coverage, undefined, known),
              );
              expect(alone?.value).toBe(whole?.value);
            }
          }
        }
      });
    });

    test('holds no number that is none', () => {
      holds(metric, (rows) => {
        const found = numbersIn({ ...compute(rows), evidence: [] });
        expect(found.filter((number) => !Number.isFinite(number))).toEqual([]);
      });
    });

    test('is unknown exactly where it is of nothing', () => {
      holds(metric, (rows) => {
        const outcome = compute(rows);
        const figures = [outcome, ...(outcome.parts ?? [])];
        for (const { value, sampleSize, p50 } of figures) {
          if (sampleSize > 0) expect(value).not.toBeNull();
          else expect([null, ...(traits.hasTrueZero ? [0] : [])]).toContain(value);
          if (value === null) expect(p50).toBeNull();
        }
        if (outcome.value === null) expect(outcome.caveats.length).toBeGreaterThan(0);
        const points = figures.flatMap(({ series }) => series ?? []);
        for (const { value, sampleSize } of points) {
          if (value === null) expect(sampleSize).toBe(0);
          else if (value !== 0) expect(sampleSize).toBeGreaterThan(0);
        }
      });
    });

    test.runIf(traits.addsUp !== 'never')('adds up where its window is split', () => {
      holds(metric, (rows) => {
        const whole = compute(rows);
        const halves = [
          compute(rows, { from: window.from, to: middle }),
          compute(rows, { from: middle, to: window.to }),
        ];
        const areKnown = halves.every(({ value }) => value !== null);
        if (areKnown || traits.addsUp === 'always') {
          const sum = halves.reduce((total, { sampleSize }) => total + sampleSize, 0);
          expect(sum).toBe(whole.sampleSize);
        }
        const evidence = halves.reduce((sum, half) => sum + half.evidence.length, 0);
        // Of an unknown half no row is evidence, though a row may be evidence of the whole.
        if (areKnown) expect(evidence).toBe(whole.evidence.length);
        const series = halves.map((half) => half.series ?? []);
        if (series.every(({ length }) => length > 0)) expect(series.flat()).toEqual(whole.series);
      });
    });

    test.runIf(traits.scales !== null)('is so many times longer where all times are', () => {
      const property = fc.property(
        rowsOf(metric),
        fc.integer({ min: 2, max: 5 }),
        (rows, factor) => {
          const longer = rows.map((row) => {
            // Its place in the window stays, and everything moves away from it.
            const cut = metric.windowColumn;
            const anchor = cut === null ? now : (row as unknown as Fields)[cut];
            if (typeof anchor !== 'number') return row;
            return replaced(row, (at) => anchor + (at - anchor) * factor, factor);
          });
          const times = (outcome: MetricOutcome): (number | null)[] => {
            const inHours = ({ unit }: { unit?: string | undefined }) =>
              (unit ?? metric.unit) === 'hours';
            const parts = (outcome.parts ?? []).filter(inHours);
            const figures = traits.scales === 'value' ? [outcome, ...parts] : parts;
            return figures.flatMap(({ value, p50, p75, p90 }) => [value, p50, p75, p90]);
          };
          const [before, later] = [compute(rows), compute(longer)].map(times);
          const expected = before?.map((time) => (time === null ? null : time * factor)) ?? [];
          expect(later?.map(rounded)).toEqual(expected.map(rounded));
        },
      );
      fc.assert(property, settings);
    });

    test('has percentiles between the least and the greatest of what it is of', () => {
      holds(metric, (rows) => {
        const outcome = compute(rows);
        for (const { p50, p75, p90 } of [outcome, ...(outcome.parts ?? [])]) {
          expect(p50 ?? 0).toBeLessThanOrEqual((p75 ?? p50 ?? 0) + tolerance);
          expect(p75 ?? 0).toBeLessThanOrEqual((p90 ?? p75 ?? 0) + tolerance);
        }
        const values = traits.percentiles === null ? [] : valuesOf(traits, rows, outcome, compute);
        for (const percentile of [outcome.p50, outcome.p75, outcome.p90]) {
          if (traits.percentiles === null) expect(percentile).toBeNull();
          if (percentile === null) continue;
          expect(percentile).toBeGreaterThanOrEqual(Math.min(...values) - tolerance);
          expect(percentile).toBeLessThanOrEqual(Math.max(...values) + tolerance);
        }
      });
    });
  },
);

const tolerance = 1e-6;

function rounded(time: number | null): number | null {
  return time === null ? null : Math.round(time / tolerance) * tolerance;
}

/** What a metric says of each thing alone, or of each week. */
function valuesOf(
  traits: MetricTraits,
  rows: readonly Row[],
  outcome: MetricOutcome,
  compute: (rows: readonly Row[]) => MetricOutcome,
): number[] {
  if (traits.percentiles === 'weeks') return (outcome.series ?? []).map(({ value }) => value ?? 0);
  const ids = [...new Set(rows.map(({ id }) => id))];
  const alone = ids.map((id) => compute(rows.filter((row) => row.id === id)));
  // One run that did not wait is no sign of waiting, and is a 0 among others.
  return alone.flatMap(({ value }, place) =>
    value === null && isWaitless(rows[place]) ? [0] : value === null ? [] : [value],
  );
}

function isWaitless(row: Row | undefined): boolean {
  return row !== undefined && 'queuedAt' in row && row.queuedAt === row.startedAt;
}
