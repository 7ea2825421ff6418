import { sprintFiguresSchema } from '@adjutant/core/domain';
import { describe, expect, test } from 'vitest';
import { utc } from '../__fixtures__/compute.ts';
import {
  change,
  doneBy,
  goldenSprint,
  sprintEnd,
  sprintItem,
  sprintOf,
  sprintStart,
} from '../__fixtures__/sprints.ts';
import { replaySprint } from './replay-sprint.ts';

const percent = (share: number | null) => (share === null ? null : Math.round(share * 1000) / 10);
const outcomes = (input: Parameters<typeof replaySprint>[0]) =>
  Object.fromEntries(
    replaySprint(input).items.map(({ externalId, scope, outcome }) => [
      externalId,
      `${scope} ${outcome}`,
    ]),
  );

describe('G6', () => {
  const figures = replaySprint(goldenSprint());

  test('commitment is 19 points in 5 items, one of them not estimated', () => {
    expect(figures.commitment).toEqual({ items: 5, points: 19, unestimated: 1 });
    expect(figures.caveats).toContain(
      '1 of 5 planned items had no estimate when it came to count: points leave it out.',
    );
  });

  test('reliability is 68.4 % in points and 60 % in items; estimates of the end would say 94.7 %', () => {
    expect(percent(figures.reliability.points)).toBe(68.4);
    expect(percent(figures.reliability.items)).toBe(60);
    const planned = figures.items.filter(
      ({ scope, outcome }) => scope === 'planned' && outcome === 'completed',
    );
    const asAtEnd = planned.reduce((sum, { pointsAtEnd }) => sum + (pointsAtEnd ?? 0), 0);
    expect(percent(asAtEnd / 19)).toBe(94.7);
  });

  test('velocity is 20 points in 4 items, so that capacity accuracy is 105.3 % and 80 %', () => {
    expect(figures.velocity).toEqual({ items: 4, points: 20, unestimated: 1 });
    expect(percent(figures.capacityAccuracy.points)).toBe(105.3);
    expect(percent(figures.capacityAccuracy.items)).toBe(80);
  });

  test('added is 10.5 %, removed 15.8 %, re-estimated 26.3 %, net +21.1 %', () => {
    expect(percent(figures.addedShare.points)).toBe(10.5);
    expect(percent(figures.removedShare.points)).toBe(15.8);
    expect(percent(figures.reEstimatedShare.points)).toBe(26.3);
    expect(percent(figures.netChangeShare.points)).toBe(21.1);
    expect(figures.reEstimated).toEqual({ items: 1, points: 5, unestimated: 0 });
  });

  test('carry-over is 15.8 % in points and 20 % in items', () => {
    expect(percent(figures.carryOverShare.points)).toBe(15.8);
    expect(percent(figures.carryOverShare.items)).toBe(20);
  });

  test('each item says what became of it', () => {
    expect(outcomes(goldenSprint())).toEqual({
      A: 'planned completed',
      B: 'planned carried_over',
      C: 'planned completed',
      D: 'added completed',
      E: 'planned removed',
      F: 'not_counted done_before',
      G: 'planned completed',
    });
  });

  test('keeps its schema', () => {
    expect(sprintFiguresSchema.parse(figures)).toEqual(figures);
  });
});

describe('an active sprint', () => {
  const running = {
    now: utc('2026-09-14 12:00'),
    sprint: { state: 'active' as const, completedAt: null },
  };

  test('is told as of now, has no velocity yet and says so', () => {
    const items = [sprintItem('A', doneBy('2026-09-14 10:00')), sprintItem('B')];
    const figures = replaySprint(sprintOf(items, running));
    expect(figures.progress).toBe('so_far');
    expect(figures.window).toEqual({ from: sprintStart, to: running.now });
    expect(figures.completed).toEqual({ items: 1, points: 3, unestimated: 0 });
    expect(figures.reliability).toEqual({ items: 0.5, points: 0.5 });
    expect(figures.velocity).toBeNull();
    expect(figures.caveats).toEqual([
      'The sprint runs: every figure is as of now, and none is final.',
    ]);
  });

  test('does not see what the clock has not reached', () => {
    const items = [sprintItem('A', doneBy('2026-09-15 10:00'))];
    expect(replaySprint(sprintOf(items, running)).completed?.items).toBe(0);
  });

  test('that nobody closed is counted on, with how late it is', () => {
    const late = { ...running, now: sprintEnd + 3 * 86_400_000 };
    const items = [sprintItem('A', doneBy('2026-09-20 10:00'))];
    const figures = replaySprint(sprintOf(items, late));
    expect(figures.completed?.items).toBe(1);
    expect(figures.caveats).toContain('Its planned end was 3 days ago.');
  });
});

describe('the end', () => {
  test('is when the sprint was closed, not when it was planned to end', () => {
    const completedAt = sprintEnd + 2 * 86_400_000;
    const items = [sprintItem('A', doneBy('2026-09-19 10:00')), sprintItem('B')];
    const figures = replaySprint(sprintOf(items, { sprint: { completedAt } }));
    expect(figures.velocity?.items).toBe(1);
    expect(figures.caveats).toEqual([
      'It was closed 2 days after its planned end, and is counted up to then. 1 item done after the planned end counts as completed.',
    ]);
    expect(replaySprint(sprintOf(items)).velocity?.items).toBe(0);
  });

  test('comes early where the sprint was closed early', () => {
    const completedAt = utc('2026-09-14 17:00');
    const items = [sprintItem('A', doneBy('2026-09-15 10:00'))];
    const figures = replaySprint(sprintOf(items, { sprint: { completedAt } }));
    expect(figures.velocity?.items).toBe(0);
    expect(figures.caveats).toEqual([
      'It was closed 4 days before its planned end, and is counted up to then.',
    ]);
  });

  test('is the planned one where the source does not show the closing', () => {
    const figures = replaySprint(sprintOf([sprintItem('A')], { sprint: { completedAt: null } }));
    expect(figures.window).toEqual({ from: sprintStart, to: sprintEnd });
    expect(figures.caveats).toEqual([
      'The source does not show when it was closed: its planned end is taken for the end.',
    ]);
  });

  test('that nobody knows leaves every figure unknown', () => {
    const figures = replaySprint(
      sprintOf([sprintItem('A')], { sprint: { completedAt: null, plannedEndAt: null } }),
    );
    expect(figures).toMatchObject({ progress: 'unknown_end', commitment: null, velocity: null });
    expect(figures.caveats).toHaveLength(1);
  });

  test('does not lose what the tool moves to the next sprint at that very instant', () => {
    const moved = { field: 'sprint', from: '7', to: '8', at: sprintEnd };
    const items = [sprintItem('A', { sprintExternalId: '8', changes: [moved] })];
    const figures = replaySprint(sprintOf(items));
    expect(figures.carryOver).toEqual({ items: 1, points: 3, unestimated: 0 });
    expect(figures.removed?.items).toBe(0);
  });
});

test('a sprint that has not started has no figure', () => {
  const future = { state: 'future' as const, startedAt: null, completedAt: null };
  const figures = replaySprint(sprintOf([sprintItem('A')], { sprint: future }));
  expect(figures).toMatchObject({ progress: 'not_started', commitment: null, window: null });
  expect(figures.reliability).toEqual({ items: null, points: null });
  expect(figures.caveats).toEqual(['The sprint has not started, so nothing was committed to yet.']);
});

test('an item moved across two sprints keeps both: carried over from one, planned in the next', () => {
  const nextEnd = utc('2026-10-02 17:00');
  const item = sprintItem('A', {
    sprintExternalId: '8',
    statusCategory: 'done',
    originalStatus: 'Done',
    changes: [
      change('sprint', '7', '7, 8', '2026-09-18 17:01'),
      change('status', 'Open', 'Done', '2026-09-24 10:00'),
    ],
  });
  const next = {
    externalId: '8',
    startedAt: utc('2026-09-21 09:00'),
    plannedEndAt: nextEnd,
    completedAt: nextEnd,
  };
  expect(outcomes(sprintOf([item]))).toEqual({ A: 'planned carried_over' });
  expect(outcomes(sprintOf([item], { sprint: next, now: nextEnd }))).toEqual({
    A: 'planned completed',
  });
});

test('a sprint whose id is part of another one is another one', () => {
  const item = sprintItem('A', {
    sprintExternalId: '17',
    changes: [change('sprint', '77', '17,70', '2026-09-10 10:00')],
  });
  expect(replaySprint(sprintOf([item])).items).toEqual([]);
});

describe('an item done before the start', () => {
  test('is neither planned nor completed', () => {
    const figures = replaySprint(sprintOf([sprintItem('F', doneBy('2026-09-04 10:00'))]));
    expect(figures.commitment).toEqual({ items: 0, points: null, unestimated: 0 });
    expect(figures.velocity?.items).toBe(0);
    expect(figures.reliability).toEqual({ items: null, points: null });
    expect(figures.caveats).toEqual([
      'Nothing was planned at the start, so no share of it is known.',
      '1 of 1 item was done already at the start or on coming in, which no figure counts.',
    ]);
  });

  test('is scope added when it is reopened and not done again', () => {
    const reopened = change('status', 'Done', 'Open', '2026-09-09 10:00');
    const item = sprintItem('F', { changes: [...doneBy('2026-09-04 10:00').changes, reopened] });
    const figures = replaySprint(sprintOf([item]));
    expect(figures.items[0]).toMatchObject({ scope: 'added', outcome: 'carried_over' });
    expect(figures.caveats).toContain(
      '1 of 1 item was done and reopened, and not done at the end.',
    );
  });

  test('is not completed by being put into the sprint afterwards', () => {
    const item = sprintItem('F', doneBy('2026-09-08 10:00'));
    item.changes = [...item.changes, change('sprint', null, '7', '2026-09-10 10:00')];
    expect(outcomes(sprintOf([item]))).toEqual({ F: 'not_counted done_before' });
  });
});

describe('an item removed and added again', () => {
  const away = change('sprint', '7', null, '2026-09-09 10:00');
  const back = change('sprint', null, '7', '2026-09-11 10:00');

  test('is planned work that stayed, and a caveat says that it was away', () => {
    const figures = replaySprint(sprintOf([sprintItem('A', { changes: [away, back] })]));
    expect(figures.items[0]).toMatchObject({ scope: 'planned', outcome: 'carried_over' });
    expect(figures.added?.items).toBe(0);
    expect(figures.removed?.items).toBe(0);
    expect(figures.caveats).toEqual([
      '1 of 1 item was taken out and put back: what was so at the end counts.',
    ]);
  });

  test('is no scope change where it was added first and is gone at the end', () => {
    const item = sprintItem('A', {
      sprintExternalId: null,
      changes: [
        change('sprint', null, '7', '2026-09-09 10:00'),
        change('sprint', '7', null, '2026-09-11 10:00'),
      ],
    });
    expect(outcomes(sprintOf([item]))).toEqual({ A: 'not_counted came_and_went' });
  });
});

test('an item done and then reopened is carried over', () => {
  const item = sprintItem('A', {
    changes: [
      change('status', 'Open', 'Done', '2026-09-10 10:00'),
      change('status', 'Done', 'Doing', '2026-09-16 10:00'),
    ],
  });
  const figures = replaySprint(sprintOf([item]));
  expect(figures.items[0]).toMatchObject({ scope: 'planned', outcome: 'carried_over' });
  expect(figures.velocity).toEqual({ items: 0, points: 0, unestimated: 0 });
  expect(figures.caveats).toEqual(['1 of 1 item was done and reopened, and not done at the end.']);
});

test('an item reopened only after the sprint stays completed in it', () => {
  const item = sprintItem('A', {
    changes: [
      change('status', 'Open', 'Done', '2026-09-10 10:00'),
      change('status', 'Done', 'Doing', '2026-09-28 10:00'),
    ],
  });
  expect(outcomes(sprintOf([item]))).toEqual({ A: 'planned completed' });
});

test('an item re-estimated before it was removed leaves with what it was planned with', () => {
  const item = sprintItem('A', {
    points: 8,
    sprintExternalId: null,
    changes: [
      change('points', '3', '8', '2026-09-09 10:00'),
      change('sprint', '7', null, '2026-09-11 10:00'),
    ],
  });
  const figures = replaySprint(sprintOf([item]));
  expect(figures.removed?.points).toBe(3);
  expect(figures.reEstimated).toEqual({ items: 0, points: 0, unestimated: 0 });
});

test('an item created in the sprint while it ran was added to it', () => {
  const item = sprintItem('A', { createdAt: utc('2026-09-10 10:00') });
  expect(outcomes(sprintOf([item]))).toEqual({ A: 'added carried_over' });
});

describe('a sprint without any changelog', () => {
  const items = [
    sprintItem('A', {
      statusCategory: 'done',
      originalStatus: 'Done',
      doneAt: utc('2026-09-10 10:00'),
    }),
    sprintItem('B'),
  ];
  const figures = replaySprint(sprintOf(items, { hasChangelog: false }));

  test('has a velocity, and nothing about what was planned', () => {
    expect(figures.velocity).toEqual({ items: 1, points: 3, unestimated: 0 });
    expect(figures).toMatchObject({ commitment: null, added: null, removed: null });
    expect(figures).toMatchObject({ carryOver: null, reEstimated: null });
    expect(figures.reliability).toEqual({ items: null, points: null });
    expect(new Set(figures.items.map(({ scope }) => scope))).toEqual(new Set(['unknown']));
    expect(figures.caveats).toEqual([expect.stringMatching(/^The source records no changes: /)]);
  });

  test('differs from one in which nothing changed: there 0 was added', () => {
    expect(replaySprint(sprintOf(items))).toMatchObject({
      commitment: { items: 2, points: 6 },
      added: { items: 0, points: 0 },
      velocity: { items: 1, points: 3 },
    });
  });
});

test('points are unknown where nothing is estimated', () => {
  const items = [sprintItem('A', { points: null }), sprintItem('B', { points: null })];
  const figures = replaySprint(sprintOf(items));
  expect(figures.commitment).toEqual({ items: 2, points: null, unestimated: 2 });
  expect(figures.added).toEqual({ items: 0, points: null, unestimated: 0 });
  expect(figures.reliability).toEqual({ items: 0, points: null });
  expect(figures.caveats).toEqual([
    'Nothing is estimated, of 2 items: there are no points to report.',
  ]);
});

test('points of a part are unknown where none of its items is estimated', () => {
  const items = [sprintItem('A'), sprintItem('B', { ...doneBy('2026-09-10 10:00'), points: null })];
  const figures = replaySprint(sprintOf(items));
  expect(figures.velocity).toEqual({ items: 1, points: null, unestimated: 1 });
  expect(figures.reliability).toEqual({ items: 0.5, points: null });
});

test('a status that nobody has shown to be done counts as not done, and is named', () => {
  const item = sprintItem('A', {
    statusCategory: null,
    originalStatus: 'Parked',
    changes: [change('status', 'Open', 'Parked', '2026-09-10 10:00')],
  });
  const figures = replaySprint(sprintOf([item]));
  expect(figures.carryOver?.items).toBe(1);
  expect(figures.caveats).toEqual([
    '1 of 1 item was in a status that nobody has shown to be done or not ("Parked"), which counts as not done.',
  ]);
});

test('changes of one instant follow each other from value to value, in whatever order they come', () => {
  const at = '2026-09-10 10:00';
  const steps = [change('points', '3', '8', at), change('points', '8', '1', at)];
  for (const changes of [steps, steps.toReversed()]) {
    const figures = replaySprint(sprintOf([sprintItem('A', { points: 1, changes })]));
    expect(figures.reEstimated?.points).toBe(-2);
  }
});
