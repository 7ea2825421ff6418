import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tellableDivisions } from '../metrics/filters/people-floor.ts';
import { findExposures, type ToldAggregate } from './find-exposures.ts';

// The harness itself: readers that protect nobody, or not enough, must be caught.

const people = Array.from({ length: 12 }, (_, index) => `p${index + 1}`);
const peopleOfRows = [...people, ...people];
const rowsOf = (set: readonly string[]): number[] =>
  peopleOfRows.flatMap((person, row) => (set.includes(person) ? [row] : []));
const answer = (question: string, set: readonly string[], isPublic = false): ToldAggregate => ({
  question,
  rows: rowsOf(set),
  isPublic,
});
const all = answer('all', people, true);
const first = (count: number, from = 0): string[] => people.slice(from, from + count);
const exposed = (...told: ToldAggregate[]) => findExposures(told, { peopleOfRows });

describe('answers that give people away', () => {
  test('one of four', () => {
    expect(exposed(answer('four', first(4)))).toContainEqual({
      people: first(4),
      how: 'alone',
      questions: ['four'],
    });
  });

  test('a set and the same with one more', () => {
    const found = exposed(answer('six', first(6)), answer('seven', first(7)));
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ people: some }) => some.includes('p7'))).toBe(true);
  });

  test('what a set leaves out of everybody', () => {
    expect(exposed(all, answer('nine', first(9)))).toMatchObject([
      { how: 'combined', people: expect.arrayContaining(['p10', 'p11', 'p12']) },
      ...Array.from({ length: 8 }, () => ({ how: 'combined' })),
    ]);
    expect(exposed(answer('nine', first(9)))).toEqual([]);
  });

  test('three, of which no two do', () => {
    // a + b − c is left with two of p1 to p4.
    const a = answer('a', ['p1', 'p2', 'p5', 'p6', 'p7', 'p8']);
    const b = answer('b', ['p3', 'p4', 'p9', 'p10', 'p11', 'p12']);
    const c = answer('c', ['p5', 'p6', 'p7', 'p8', 'p9', 'p10', 'p11', 'p12']);
    for (const two of [
      [a, b],
      [a, c],
      [b, c],
    ]) {
      expect(findExposures(two, { peopleOfRows }).filter(({ how }) => how === 'alone')).toEqual([]);
    }
    const found = exposed(a, b, c);
    expect(found.some(({ people: some }) => some.join() === 'p1,p2,p3,p4')).toBe(true);
  });

  test('rows that two answers name', () => {
    const left = { ...answer('left', first(8)), named: rowsOf(first(8)) };
    const right = { ...answer('right', first(8, 4)), named: rowsOf(first(8, 4)) };
    expect(exposed(left, right)).toContainEqual({
      people: ['p5', 'p6', 'p7', 'p8'],
      how: 'by_rows',
      questions: ['left', 'right'],
    });
  });

  test('figures that count rows with weights', () => {
    const six = answer('six', first(6));
    const weighted = { ...six, question: 'hours', weights: six.rows.map(() => 3) };
    expect(exposed(six, weighted)).toEqual([]);
    const uneven = { ...weighted, weights: six.rows.map((row) => (row === 0 ? 4 : 3)) };
    expect(exposed(six, uneven).every(({ people: some }) => some.includes('p1'))).toBe(true);
    expect(exposed(six, uneven)).not.toEqual([]);
  });
});

test('answers that everybody may see expose nobody by themselves', () => {
  expect(exposed(all, answer('one repository', first(1), true))).toEqual([]);
  expect(exposed(all, answer('one', first(1), true), answer('six', first(6, 1)))).toEqual([]);
});

const someSets = fc.array(fc.subarray(people, { minLength: 1 }), { minLength: 1, maxLength: 7 });

test('a reader that looks at nothing but the size of a set is caught', () => {
  const caught = fc.check(
    fc.property(someSets, (sets) => {
      const told = sets.filter((set) => set.length >= 5).map((set) => answer(set.join(), set));
      return exposed(all, ...told).length === 0;
    }),
    { numRuns: 60, seed: 1 },
  );
  expect(caught.failed).toBe(true);
});

test('the rule of the product tells nothing that exposes anybody', () => {
  fc.assert(
    fc.property(someSets, (sets) => {
      const rows = peopleOfRows.map((person) => ({ person }));
      const divisions = sets.map((set, place) => ({
        key: String(place),
        holds: ({ person }: { person: string }) => set.includes(person),
      }));
      const told = tellableDivisions(rows, divisions);
      const answers = sets.flatMap((set, place) =>
        told.has(String(place)) ? [{ ...answer(set.join(), set), named: rowsOf(set) }] : [],
      );
      expect(exposed(all, ...answers)).toEqual([]);
    }),
    { numRuns: 60, seed: 2 },
  );
});
