import type { SprintFigures } from '@adjutant/core/domain';
import { sprintVelocitySchema } from '@adjutant/core/domain';
import { expect, test } from 'vitest';
import { doneBy, sprintItem, sprintOf } from '../__fixtures__/sprints.ts';
import { utc } from '../__fixtures__/compute.ts';
import { replaySprint } from './replay-sprint.ts';
import { sprintVelocity } from './sprint-velocity.ts';

const weekMs = 7 * 86_400_000;

/** A closed sprint of one week in which one item of so many points was done. */
function closed(week: number, points: number | null, days = 7): SprintFigures {
  const from = utc('2026-06-01') + week * weekMs;
  const to = from + days * 86_400_000;
  const done = doneBy('2026-05-01 00:00');
  const at = from + 3_600_000;
  const item = sprintItem('A', { ...done, createdAt: from, points });
  item.changes = [{ field: 'status', from: 'Open', to: 'Done', at }];
  return replaySprint(
    sprintOf([item], { sprint: { startedAt: from, plannedEndAt: to, completedAt: to } }),
  );
}

test('velocity is the median of what was completed, with its ends', () => {
  const velocity = sprintVelocity([closed(0, 8), closed(1, 20), closed(2, 13), closed(3, 14)]);
  expect(velocity.points).toEqual({ median: 13.5, lowest: 8, highest: 20, sampleSize: 4 });
  expect(velocity.items).toEqual({ median: 1, lowest: 1, highest: 1, sampleSize: 4 });
  expect(velocity.advice).toEqual({
    status: 'advised',
    items: 1,
    points: 13.5,
    reason: 'The median of what the last 4 closed sprints completed.',
  });
  expect(velocity.caveats).toEqual([]);
  expect(sprintVelocitySchema.parse(velocity)).toEqual(velocity);
});

test('one great sprint does not set the mark', () => {
  const { advice } = sprintVelocity([closed(0, 10), closed(1, 11), closed(2, 90)]);
  expect(advice).toMatchObject({ status: 'advised', points: 11 });
});

test.each([0, 1, 2])('advice of %i closed sprints is refused: insufficient history', (count) => {
  const { advice, points } = sprintVelocity(
    Array.from({ length: count }, (_, week) => closed(week, 8)),
  );
  expect(advice).toMatchObject({ status: 'refused', reason: 'insufficient history' });
  expect(points?.sampleSize ?? 0).toBe(count);
});

test('a sprint that cannot be replayed is left out and counted, and makes no history', () => {
  const unknown = replaySprint(
    sprintOf([], { sprint: { startedAt: null, plannedEndAt: null, completedAt: null } }),
  );
  const { advice, caveats } = sprintVelocity([closed(0, 8), closed(1, 8), unknown]);
  expect(advice).toMatchObject({ status: 'refused', reason: 'insufficient history' });
  expect(caveats).toEqual(['1 closed sprint could not be replayed and is left out.']);
});

test('sprints without estimates give an advice in items only', () => {
  const { advice, points, caveats } = sprintVelocity([
    closed(0, null),
    closed(1, null),
    closed(2, 5),
  ]);
  expect(points?.sampleSize).toBe(1);
  expect(advice).toMatchObject({ status: 'advised', items: 1, points: null });
  expect(caveats).toEqual([
    '2 closed sprints completed nothing that is estimated, and are left out of the points.',
    'Fewer than three sprints have points, so the advice is in items only.',
  ]);
});

test('sprints of several boards side by side give no advice', () => {
  const { advice } = sprintVelocity([closed(0, 8), closed(0, 8), closed(1, 8)]);
  expect(advice).toMatchObject({ status: 'refused', reason: 'sprints run side by side' });
});

test('a sprint closed late overlaps the next one and is still of one board', () => {
  const { advice } = sprintVelocity([closed(0, 8, 9), closed(1, 8), closed(2, 8)]);
  expect(advice.status).toBe('advised');
});

test('the order of the sprints does not matter', () => {
  const sprints = [closed(0, 8), closed(1, 20), closed(2, 13), closed(3, null)];
  expect(sprintVelocity(sprints.toReversed())).toEqual(sprintVelocity(sprints));
});
