import type { MetricSet } from '@adjutant/core/domain';

/** Where tests need tools and no figures. */
export const noMetrics: MetricSet = {
  pullRequestFacts: {
    version: 0,
    compute() {
      throw new Error('This test has no figures.');
    },
  },
  metrics: [],
};
