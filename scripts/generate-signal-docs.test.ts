import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineSignal } from '../packages/core/src/domain.ts';
import { signalPages, stalePages } from './generate-signal-docs.ts';

test('docs/signals holds a page for each rule that comes with the product, as its definition says', () => {
  expect(stalePages(signalPages())).toEqual([]);
});

test('a page that is missing, changed or orphaned is told', () => {
  const pages = signalPages();
  pages.delete('stale-pull-request.md');
  pages.set('fields.md', 'other text');
  pages.set('a-new-rule.md', 'text');
  expect(stalePages(pages)).toEqual(['a-new-rule.md', 'fields.md', 'stale-pull-request.md']);
});

test('a page names parameters with their defaults, and says where there are none', () => {
  const rule = {
    id: 'a-rule',
    version: 1,
    title: 'A rule',
    description: 'Finds it.',
    subject: 'team',
    severity: 'low',
    cadence: 'daily',
    clearAfterHours: 4,
    evaluate: () => null,
  } as const;
  const hours = z.number().default(24).describe('Hours until it counts');
  const page = signalPages([defineSignal({ ...rule, params: z.object({ hours }) })]).get(
    'a-rule.md',
  );
  expect(page).toMatch(/\| `hours` +\| 24 +\| Hours until it counts \|/);
  expect(page).toContain('a-rule: {hours: 24}');
  expect(page).toContain('after 4 hours');
  const without = signalPages([defineSignal({ ...rule, params: z.object({}) })]);
  expect(without.get('a-rule.md')).toContain('It has none.');
});
