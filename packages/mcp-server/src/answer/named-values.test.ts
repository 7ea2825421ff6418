import { expect, it } from 'vitest';
import { namedValues } from './named-values.ts';

it('shows columns under the names and in the units that answers use', () => {
  const values = {
    codingMs: 5_400_000,
    pickupMs: null,
    mergedAt: Date.UTC(2026, 0, 2),
    releasedAt: null,
    additions: 12,
    ratio: 1 / 3,
    isRevert: true,
    branch: 'x'.repeat(300),
    source: 'git',
    repositoryExternalId: 'abc',
  };
  expect(namedValues(values)).toEqual({
    coding_hours: 1.5,
    pickup_hours: null,
    merged_at: '2026-01-02',
    released_at: null,
    additions: 12,
    ratio: 0.33,
    is_revert: true,
    branch: `${'x'.repeat(119)}…`,
  });
});
