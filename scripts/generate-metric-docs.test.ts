import { expect, test } from 'vitest';
import { metricPages, stalePages } from './generate-metric-docs.ts';

test('docs/metrics holds one page per registered metric, as its definition says', () => {
  expect(stalePages(metricPages())).toEqual([]);
});

test('a page that is missing, changed or orphaned is told', () => {
  const pages = metricPages();
  const [first, second] = [...pages.keys()];
  if (first === undefined || second === undefined) throw new Error('there are no pages');
  pages.delete(first);
  pages.set(second, 'other text');
  pages.set('a_new_metric.md', 'text');
  expect(stalePages(pages)).toEqual(['a_new_metric.md', first, second].toSorted());
});
