import { expect, test } from 'vitest';
import { defineMetric } from '../domain.ts';
import { parseMetricDefinition } from './parse-metric-definition.ts';

const metric = defineMetric({
  id: 'weekend_releases',
  title: 'Weekend releases',
  unit: 'count',
  definition: 'Releases on a Saturday or Sunday.',
  source: 'For this test.',
  version: 1,
  subject: 'release',
  columns: ['releasedAt'],
  windowColumn: 'releasedAt',
  better: 'neutral',
  compute: () => ({
    value: 0,
    sampleSize: 0,
    p50: null,
    p75: null,
    p90: null,
    caveats: [],
    evidence: [],
  }),
});

test('a definition comes out as it is', () => {
  expect(parseMetricDefinition(metric)).toBe(metric);
});

test.each([
  ['an id with capitals', { id: 'WeekendReleases' }, /"id" has small letters/],
  ['a subject that is none', { subject: 'person' }, /"subject" is one of pull_request/],
  ['a column that is SQL', { columns: ['releasedAt; drop table x'] }, /"columns.0" is no name/],
  ['a window that is SQL', { windowColumn: '1) or (1' }, /"windowColumn" is no name/],
  [
    'what is open within a window',
    { openBetween: { from: 'releasedAt', until: ['releasedAt'] } },
    /"openBetween" stands only beside a windowColumn of null/,
  ],
  [
    'what is open by a column that is not read',
    { windowColumn: null, openBetween: { from: 'releasedAt', until: ['endedAt'] } },
    /"openBetween" names only what is among the columns/,
  ],
  ['no function', { compute: 'return 1' }, /"compute" is a function/],
  ['no function for its value', { computeValue: 1 }, /"computeValue" is a function/],
  ['a unit that is none', { unit: 'stars' }, /"unit"/],
])('%s is refused', (_what, change, message) => {
  expect(() => parseMetricDefinition({ ...metric, ...change })).toThrow(message);
});

test.each([null, undefined, 3, 'metric', {}])('%s is refused', (value) => {
  expect(() => parseMetricDefinition(value)).toThrow('This is no metric');
});
