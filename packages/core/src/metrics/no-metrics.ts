import type { MetricSet } from '../domain.ts';
import { AdjutantError } from '../errors.ts';

/** What stands in for metrics where a program gave none. */
export const noMetrics: MetricSet = {
  pullRequestFacts: {
    version: 0,
    compute() {
      throw new AdjutantError('Configuration', 'No metrics were given to createAdjutant.');
    },
  },
  metrics: [],
};
