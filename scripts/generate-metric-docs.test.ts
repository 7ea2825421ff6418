import { expect, test } from 'vitest';
import { metricPages, stalePages } from './generate-metric-docs.ts';
import { metricDocs } from './metric-docs/index.ts';
import { allMetrics } from '../packages/metrics/src/index.ts';

test('docs/metrics holds one page and one picture per registered metric, as its definition says', () => {
  expect(stalePages(metricPages())).toEqual([]);
});

test('a file that is missing, changed or orphaned is told', () => {
  const pages = metricPages();
  const [first, second] = [...pages.keys()];
  if (first === undefined || second === undefined) throw new Error('there are no pages');
  pages.delete(first);
  pages.set(second, 'other text');
  pages.set('a_new_metric.md', 'text');
  expect(stalePages(pages)).toEqual(['a_new_metric.md', first, second].toSorted());
});

test('a metric without an entry is refused, and so is an entry without a metric', () => {
  const { wip, ...others } = metricDocs;
  expect(wip).toBeDefined();
  expect(() => metricPages(allMetrics.metrics, others)).toThrow('no entry of wip');
  const without = allMetrics.metrics.filter(({ id }) => id !== 'wip');
  expect(() => metricPages(without)).toThrow('There is no metric wip');
});
