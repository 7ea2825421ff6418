import type { MetricAnswer } from '@adjutant/core';
import { defineMetric, type MetricSet, type Window } from '@adjutant/core/domain';
import { fakeId, fakeNow } from './fake-rows.ts';

/** What every answer of the fake is cited by. */
export const fakeCitationId = 'mabcdefgh234';

const msPerWeek = 604_800_000;

/** The last four weeks. */
export const fakeWindow: Window = { from: fakeNow - 4 * msPerWeek, to: fakeNow };

/** Two metrics, so that a server can be started without the real ones. */
export const fakeMetricSet: MetricSet = {
  pullRequestFacts: {
    version: 1,
    compute() {
      throw new Error('the fake computes no facts');
    },
  },
  metrics: [
    fakeMetric(
      'lead_time',
      'Lead time for changes',
      'First commit to deployment, per pull request.',
    ),
    fakeMetric('throughput', 'Throughput', 'Pull requests merged per week.'),
  ],
};

function fakeMetric(id: string, title: string, definition: string) {
  return defineMetric({
    id,
    title,
    unit: 'hours',
    definition,
    source: 'https://example.test/definition',
    version: 1,
    subject: 'pull_request',
    columns: ['totalMs', 'mergedAt'],
    windowColumn: 'mergedAt',
    better: 'lower',
    compute() {
      throw new Error('the fake computes no metric');
    },
  });
}

/** Returns an answer whose weekly series covers the window. */
export function fakeMetricAnswer(metricId: string, window: Window): Omit<MetricAnswer, 'meta'> {
  const weeks = Math.max(1, Math.round((window.to - window.from) / msPerWeek));
  const metric = fakeMetricSet.metrics.find(({ id }) => id === metricId);
  const spread = { value: 31.25, p50: 31.25, p75: 70.5, p90: 144.125, sampleSize: 38 };
  return {
    ...spread,
    metricId,
    title: metric?.title ?? metricId,
    definition: metric?.definition ?? '',
    definitionVersion: 1,
    citationId: fakeCitationId,
    unit: 'hours',
    window,
    timeZone: 'UTC',
    parts: [
      { ...spread, id: 'coding', title: 'Coding' },
      {
        id: 'deploy',
        title: 'Deploy',
        value: null,
        p50: null,
        p75: null,
        p90: null,
        sampleSize: 0,
      },
    ],
    series: Array.from({ length: weeks }, (_, index) => ({
      start: window.from + index * msPerWeek,
      end: window.from + (index + 1) * msPerWeek,
      value: 20 + (index % 9) * 2.5,
      sampleSize: 5 + (index % 4),
    })),
    caveats: ['Three pull requests have no deployment yet; they are not counted.'],
    gaps: ['squash_author_time'],
    evidenceIds: Array.from({ length: 38 }, (_, index) => fakeId(index)),
  };
}
