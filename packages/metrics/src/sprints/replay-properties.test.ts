import type { SprintFigures, SprintReplayInput, SprintReplayItem } from '@adjutant/core/domain';
import { sprintFiguresSchema } from '@adjutant/core/domain';
import { expect, test } from 'vitest';
import { seededRandom, shuffled } from '../__fixtures__/seeded-random.ts';
import {
  goldenSprint,
  sprintEnd,
  sprintItem,
  sprintOf,
  sprintStart,
} from '../__fixtures__/sprints.ts';
import { replaySprint } from './replay-sprint.ts';

const random = seededRandom(20_607);
const hourMs = 3_600_000;
const pick = <Value>(values: readonly Value[]): Value | undefined =>
  values[Math.floor(random() * values.length)];
const instant = () => sprintStart - 48 * hourMs + Math.floor(random() * 400) * hourMs;

/** A history in which each change begins where the one before ended. */
function history(field: string, values: readonly (string | null)[]) {
  const instants = Array.from({ length: Math.floor(random() * 5) }, instant);
  const ats = [...new Set(instants)].toSorted((one, other) => one - other);
  let from = pick(values) ?? null;
  return ats.map((at) => {
    const to = pick(values) ?? null;
    const change = { field, from, to, at };
    from = to;
    return change;
  });
}

function randomItem(name: string, estimates: readonly (string | null)[]): SprintReplayItem {
  const sprints = history('sprint', [null, '7', '8', '7,8']);
  const points = history('points', estimates);
  const status = history('status', ['Open', 'Doing', 'Done', 'Parked']);
  const estimate = pick(estimates) ?? null;
  return sprintItem(name, {
    createdAt: random() < 0.2 ? instant() : sprintStart - 100 * hourMs,
    points: estimate === null ? null : Number(estimate),
    sprintExternalId: random() < 0.8 ? '7' : '8',
    changes: [...sprints, ...points, ...status],
  });
}

function randomSprint(estimates: readonly (string | null)[]): SprintReplayInput {
  const length = Math.floor(random() * 12);
  const items = Array.from({ length }, (_, index) => randomItem(`item-${index}`, estimates));
  return sprintOf(items);
}

const estimated = Array.from({ length: 300 }, () => randomSprint(['1', '2', '3', '5', '8', '0.5']));
const partly = Array.from({ length: 300 }, () => randomSprint([null, '1', '2', '3']));
const all = [...estimated, ...partly];

/** What the items say, added up by themselves. */
function sum(
  { items }: SprintFigures,
  of: 'pointsThen' | 'pointsAtEnd',
  matches: (item: SprintFigures['items'][number]) => boolean,
): number {
  return items.filter(matches).reduce((total, item) => total + (item[of] ?? 0), 0);
}

test('the samples hold every outcome', () => {
  const seen = all.flatMap((input) =>
    replaySprint(input).items.map(({ scope, outcome }) => `${scope} ${outcome}`),
  );
  expect([...new Set(seen)].toSorted()).toEqual([
    'added carried_over',
    'added completed',
    'not_counted came_and_went',
    'not_counted done_before',
    'planned carried_over',
    'planned completed',
    'planned removed',
  ]);
});

test('what was planned is completed, carried over or removed', () => {
  for (const input of estimated) {
    const { commitment, plannedCompleted, plannedCarryOver, removed } = replaySprint(input);
    const parts = [plannedCompleted, plannedCarryOver, removed];
    for (const unit of ['items', 'points'] as const) {
      const whole = parts.reduce((total, part) => total + (part?.[unit] ?? 0), 0);
      expect(whole).toBe(commitment?.[unit] ?? 0);
    }
  }
});

test('commitment + added − removed + re-estimated = completed + carried over', () => {
  for (const input of estimated) {
    const figures = replaySprint(input);
    const { commitment, added, removed, reEstimated, completed, carryOver } = figures;
    const amount = (one: typeof added, unit: 'items' | 'points') => one?.[unit] ?? 0;
    const atEnd = (unit: 'items' | 'points') => amount(completed, unit) + amount(carryOver, unit);
    const scope = (unit: 'items' | 'points') =>
      amount(commitment, unit) + amount(added, unit) - amount(removed, unit);
    expect(scope('items')).toBe(atEnd('items'));
    expect(scope('points') + amount(reEstimated, 'points')).toBe(atEnd('points'));
  }
});

test('the items alone give the figures again', () => {
  for (const input of estimated) {
    const figures = replaySprint(input);
    const planned = sum(figures, 'pointsThen', ({ scope }) => scope === 'planned');
    expect(planned).toBe(figures.commitment?.points ?? 0);
    const done = sum(figures, 'pointsAtEnd', ({ outcome }) => outcome === 'completed');
    expect(done).toBe(figures.velocity?.points ?? 0);
  }
});

test('the order of items and changes does not matter, nor does a change told twice', () => {
  for (const input of all) {
    const figures = replaySprint(input);
    const items = shuffled(input.items, random).map((item) => ({
      ...item,
      changes: shuffled([...item.changes, ...item.changes], random),
    }));
    expect(replaySprint({ ...input, items })).toEqual(figures);
  }
});

test('moving everything in time moves the window and nothing else', () => {
  const byMs = 91 * 24 * hourMs + 1;
  for (const input of all) {
    const { window, ...figures } = replaySprint(input);
    const { window: moved, ...later } = replaySprint(shift(input, byMs));
    expect(later).toEqual(figures);
    expect(moved).toEqual({ from: (window?.from ?? 0) + byMs, to: (window?.to ?? 0) + byMs });
  }
});

test('items of another sprint change nothing', () => {
  const golden = goldenSprint();
  const other = sprintItem('Z', { sprintExternalId: '8' });
  expect(replaySprint({ ...golden, items: [...golden.items, other] })).toEqual(
    replaySprint(golden),
  );
});

test('three times the points are three times the points, and the same shares', () => {
  const golden = goldenSprint();
  const triple = (points: string | null) => (points === null ? null : String(Number(points) * 3));
  const items = golden.items.map((item) => ({
    ...item,
    points: item.points === null ? null : item.points * 3,
    changes: item.changes.map((one) =>
      one.field === 'points' ? { ...one, from: triple(one.from), to: triple(one.to) } : one,
    ),
  }));
  const figures = replaySprint({ ...golden, items });
  expect(figures.commitment?.points).toBe(57);
  expect(figures.reliability).toEqual(replaySprint(golden).reliability);
});

test('no figure is NaN or infinite, and a share of nothing is null', () => {
  for (const input of all) {
    const figures = replaySprint(input);
    expect(sprintFiguresSchema.parse(figures)).toEqual(figures);
    if (figures.commitment?.items === 0) {
      expect(figures.reliability).toEqual({ items: null, points: null });
    }
    expect(figures.reliability.items ?? 0).toBeLessThanOrEqual(1);
    expect(figures.reliability.points ?? 0).toBeLessThanOrEqual(1);
    for (const caveat of figures.caveats) expect(caveat).toMatch(/^[A-Z0-9].*\.$/);
  }
});

test('a sprint in which nothing was ever in has no figure made up', () => {
  const figures = replaySprint(sprintOf([]));
  expect(figures.commitment).toEqual({ items: 0, points: null, unestimated: 0 });
  expect(figures.window).toEqual({ from: sprintStart, to: sprintEnd });
});

function shift(input: SprintReplayInput, byMs: number): SprintReplayInput {
  const moved = (at: number | null) => (at === null ? null : at + byMs);
  const { sprint } = input;
  return {
    ...input,
    now: input.now + byMs,
    sprint: {
      ...sprint,
      startedAt: moved(sprint.startedAt),
      plannedEndAt: moved(sprint.plannedEndAt),
      completedAt: moved(sprint.completedAt),
    },
    items: input.items.map((item) => ({
      ...item,
      createdAt: moved(item.createdAt),
      doneAt: moved(item.doneAt),
      changes: item.changes.map((one) => ({ ...one, at: one.at + byMs })),
    })),
  };
}
