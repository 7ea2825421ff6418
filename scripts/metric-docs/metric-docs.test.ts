import { describe, expect, test } from 'vitest';
import { computeOver, utc } from '../../packages/metrics/src/__fixtures__/compute.ts';
import {
  deploymentRow,
  failuresExample,
} from '../../packages/metrics/src/__fixtures__/deployments.ts';
import { factsRow, workedExample } from '../../packages/metrics/src/__fixtures__/pull-requests.ts';
import { allMetrics, pullRequestFacts } from '../../packages/metrics/src/index.ts';
import { drawTimeline } from './draw-timeline.ts';
import { metricDocs } from './index.ts';
import { labelPlaces, labelWidth } from './label-places.ts';
import { timelineText } from './timeline.ts';

const entries = allMetrics.metrics.map(({ id }) => ({ id, doc: metricDocs[id] }));
const window = { from: utc('2026-09-07'), to: utc('2026-10-05') };
const weekOfFailures = { shown: { incident: true }, unlinkedIncidents: 0 };
const deployTimes = [
  ...['07 09:00', '07 15:00', '08 09:00', '08 23:59', '13 23:59', '14 00:00', '18 10:00'].map(
    (at) => `2026-09-${at}`,
  ),
  ...['2026-09-28 10:00', '2026-09-28 11:00', '2026-10-04 23:59'],
];

test('every metric has an entry, and every entry a metric', () => {
  expect(Object.keys(metricDocs).toSorted()).toEqual(entries.map(({ id }) => id).toSorted());
});

test.each(entries)(
  '$id: our number on its example is what the definition makes of it',
  ({ id, doc }) => {
    const metric = allMetrics.metrics.find((candidate) => candidate.id === id);
    if (metric === undefined || doc?.worked === undefined) return;
    const rows = {
      G1: Object.values(workedExample).map((input) => factsRow(pullRequestFacts.compute(input))),
      G2: deployTimes.map((at) => deploymentRow(at)),
      G3: metric.subject === 'incident' ? failuresExample.incidents : failuresExample.deployments,
    }[doc.worked.example];
    const now = utc('2026-10-10');
    const outcome = computeOver(
      metric,
      rows,
      window,
      now,
      undefined,
      null,
      undefined,
      weekOfFailures,
    );
    expect(outcome.value).toBeCloseTo(doc.worked.value, 9);
  },
);

test.each(entries)('$id: says all that a page needs, as sentences', ({ doc }) => {
  if (doc === undefined) throw new Error('there is no entry');
  expect(doc.answers).toMatch(/\?$/);
  expect(doc.formula).toContain('=');
  expect(doc.edgeCases.length).toBeGreaterThan(1);
  expect(doc.canMislead.length).toBeGreaterThan(1);
  const sentences = [...doc.edgeCases, ...doc.canMislead, ...doc.differsFrom.map(({ why }) => why)];
  for (const sentence of sentences) expect(sentence).toMatch(/^[^|]+\.$/);
  const systems = doc.differsFrom.map(({ system }) => system);
  expect(new Set(systems).size).toBe(systems.length);
});

describe.each(entries)('the picture of $id', ({ id, doc }) => {
  if (doc === undefined) throw new Error('there is no entry');
  const { timeline } = doc;
  const svg = drawTimeline(id, timeline);

  test('is small, has a name and tells in words what it shows', () => {
    expect(Buffer.byteLength(svg)).toBeLessThan(6_000);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^>]*role="img"/);
    expect(svg).toContain(`<title id="${id}-t">`);
    expect(svg).toMatch(/<desc id="[a-z_]+-d">[^<]{40,}<\/desc>/);
    expect(svg).not.toMatch(/NaN|undefined|…/);
    for (const { instants, brackets = [], spans = [] } of timeline.rows) {
      for (const { label } of [...instants, ...brackets, ...spans])
        expect(timelineText(timeline)).toContain(label);
    }
    // It stands in the square brackets of a Markdown image.
    expect(timelineText(timeline)).not.toMatch(/[[\]\n]/);
  });

  test('lays no label over another, and holds each within its stretch or the edge', () => {
    const bounds = { left: 110, right: 744 };
    const xOf = (at: number): number => bounds.left + 6 + (at / 100) * 622;
    for (const { instants, spans = [] } of timeline.rows) {
      const places = labelPlaces(instants, xOf, bounds).filter(({ right }) => right > 0);
      for (const [index, place] of places.entries()) {
        expect(place.left).toBeGreaterThanOrEqual(bounds.left);
        expect(place.right).toBeLessThanOrEqual(bounds.right);
        for (const other of places.slice(index + 1)) {
          const apart = place.right <= other.left || other.right <= place.left;
          expect(apart || place.level !== other.level, JSON.stringify({ place, other })).toBe(true);
        }
      }
      for (const { from, to, label } of spans)
        expect(labelWidth(label), label).toBeLessThanOrEqual(xOf(to) - xOf(from));
    }
  });
});

test('a stretch that ends at nothing with a name is refused', () => {
  const rows = [
    {
      instants: [{ at: 0, label: 'opened' }],
      brackets: [{ from: 0, to: 50, label: 'time' }],
    },
  ];
  expect(() => timelineText({ title: 'A picture', rows })).toThrow('has a name at 50');
});

test('text in a picture is escaped', () => {
  const rows = [{ instants: [{ at: 0, label: '<b>&"' }] }];
  const svg = drawTimeline('x', { title: 'A <picture>', rows });
  expect(svg).toContain('&lt;b&gt;&amp;&quot;');
  expect(svg).not.toMatch(/<b>|<picture>/);
});
