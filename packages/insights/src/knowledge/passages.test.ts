import type { AnswerCandidate } from '@adjutant/core';
import { expect, test } from 'vitest';
import { passagesOf } from './passages.ts';

function candidate(part: number, heading: string, length = 100): AnswerCandidate {
  return {
    source: 'git',
    externalId: 'r:a.md',
    part,
    title: 'A',
    heading,
    path: 'a.md',
    text: 'x'.repeat(length),
    lines: { from: part * 10 + 1, to: part * 10 + 10 },
    commitSha: 'c0ffee',
    lastChangedAt: null,
    repository: { name: 'r', url: null },
    owners: [],
    foundAt: null,
  };
}

const partsOf = (found: ReturnType<typeof passagesOf>): number[][] =>
  found.map(({ parts }) => parts.map(({ part }) => part));

test('a short section comes with those beside it below the same heading', () => {
  const all = ['A', 'A > B', 'A > C', 'A > C > D', 'E'].map((heading, at) =>
    candidate(at, heading),
  );
  expect(partsOf(passagesOf(all.slice(2, 3), all, 5))).toEqual([[1, 2, 3]]);
});

test('what would be too long together stays apart, and no part is told twice', () => {
  const all = ['A > B', 'A > C', 'A > D'].map((heading, at) => candidate(at, heading, 1_000));
  const found = passagesOf([all[1], all[2], all[0]] as AnswerCandidate[], all, 5);
  expect(partsOf(found)).toEqual([[1, 2], [0]]);
  expect(found.map(({ best }) => best.part)).toEqual([1, 0]);
});

test('there are no more passages than asked for', () => {
  const all = ['A', 'B', 'C'].map((heading, at) => candidate(at, heading, 2_000));
  expect(partsOf(passagesOf(all, all, 2))).toEqual([[0], [1]]);
});
