import type { AiImpactRow } from '@adjutant/core/domain';
import { expect, test } from 'vitest';
import { impactRow } from '../__fixtures__/ai-impact-rows.ts';
import { seededRandom, shuffled } from '../__fixtures__/seeded-random.ts';
import { weekMs } from '../week-buckets.ts';
import { adoption } from './adoption.ts';
import { wholeWeeks } from './ai-weeks.ts';
import { compare } from './compare.ts';

const monday = Date.UTC(2026, 8, 7);
const weeks = { from: monday, to: monday + 3 * weekMs };
const classes = ['agent_authored', 'assisted', 'declared_none', 'unknown'] as const;

/** One pull request of each of so many people in a week, of the classes in turn. */
const inWeek = (week: number, people: number, offset = 0): AiImpactRow[] =>
  Array.from({ length: people }, (_, place) => {
    const aiClass = classes[(place + offset) % 2 === 0 ? 1 : 3] ?? 'unknown';
    return impactRow({
      aiClass,
      authorKey: `p${place}`,
      mergedAt: monday + week * weekMs + place * 3_600_000,
    });
  });

test('each week from Monday to Monday adds up to all that was merged, the unknown among them', () => {
  const agents = [impactRow({ aiClass: 'agent_authored', mergedAt: monday })];
  const { weeks: found } = adoption(
    [...inWeek(0, 10), ...inWeek(1, 12), ...inWeek(2, 10, 1), ...agents],
    weeks,
  );
  expect(found.map(({ start }) => start)).toEqual([monday, monday + weekMs, monday + 2 * weekMs]);
  expect(found.map(({ merged }) => merged)).toEqual([11, 12, 10]);
  expect(found[0]?.classes).toEqual({
    agent_authored: 1,
    assisted: 5,
    declared_none: 0,
    unknown: 5,
  });
  for (const { merged, classes: counts } of found) {
    expect(Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0)).toBe(merged);
  }
});

test('a week of four people tells only how many were merged, and another one hides its rest', () => {
  const rows = [...inWeek(0, 12), ...inWeek(1, 4), ...inWeek(2, 10)];
  const { weeks: found, caveats } = adoption(rows, weeks);
  expect(found.map(({ merged }) => merged)).toEqual([12, 4, 10]);
  expect(found.map((week) => week.classes === null)).toEqual([false, true, true]);
  expect(caveats.join(' ')).toMatch(/2 weeks tell only how many/);
});

test('from the comparison and the weeks together no week of a handful comes out', () => {
  const random = seededRandom(9);
  for (let round = 0; round < 200; round += 1) {
    const rows = [0, 1, 2].flatMap((week) =>
      inWeek(week, Math.floor(random() * 14), Math.floor(random() * 2)),
    );
    const { weeks: found } = adoption(rows, weeks);
    const { window, coverage } = compare(rows, { window: weeks });
    if (coverage.classes === null || window === null) continue;
    const hidden = found.filter(
      (week) => week.classes === null && week.start >= window.from && week.end <= window.to,
    );
    const rest = rows.filter(({ mergedAt }) =>
      hidden.some(({ start, end }) => mergedAt !== null && mergedAt >= start && mergedAt < end),
    );
    const people = new Set(rest.map(({ authorKey }) => authorKey)).size;
    expect(people === 0 || people >= 5).toBe(true);
  }
});

test('four people with a mark hide the classes of all weeks', () => {
  const rows = inWeek(0, 8);
  const { weeks: found, caveats } = adoption(rows, weeks);
  expect(found.map((week) => week.classes)).toEqual([null, null, null]);
  expect(caveats.join(' ')).toMatch(/fewer than 5 people/);
});

test('what a filter left out by a handful hides the classes', () => {
  const rows = inWeek(0, 12);
  const leftOut = [[impactRow({ aiClass: 'unknown', authorKey: 'alone', mergedAt: monday })]];
  expect(adoption(rows, weeks, { leftOut }).weeks[0]?.classes).toBeNull();
  expect(adoption(rows, weeks).weeks[0]?.classes).not.toBeNull();
});

test('the order of rows does not matter, and open ones are in no week', () => {
  const rows = [...inWeek(0, 12), ...inWeek(1, 11)];
  const found = adoption(rows, weeks);
  expect(adoption(shuffled(rows, seededRandom(2)), weeks)).toEqual(found);
  const open = impactRow({ isOpen: true, authorKey: 'p0' });
  expect(adoption([...rows, open], weeks)).toEqual(found);
});

test('a window becomes the whole weeks it touches, without the one that is running', () => {
  const wednesday = monday + 2.5 * (weekMs / 7);
  expect(wholeWeeks({ from: wednesday, to: wednesday + weekMs }, wednesday + 5 * weekMs)).toEqual({
    from: monday,
    to: monday + 2 * weekMs,
  });
  expect(wholeWeeks({ from: wednesday - weekMs, to: wednesday }, wednesday)).toEqual({
    from: monday - weekMs,
    to: monday,
  });
  expect(wholeWeeks({ from: monday, to: wednesday }, wednesday)).toEqual({
    from: monday,
    to: monday,
  });
  expect(wholeWeeks({ from: monday, to: monday + weekMs }, monday + weekMs)).toEqual({
    from: monday,
    to: monday + weekMs,
  });
});
