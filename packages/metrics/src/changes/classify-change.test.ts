import { describe, expect, test } from 'vitest';
import { type LabelledChange, labelledChanges } from '../__fixtures__/labelled-changes.ts';
import { type ChangeKind, classifyChange } from './classify-change.ts';

function classify({
  title,
  labels,
  branch,
  revertsNumber,
}: Omit<LabelledChange, 'truth'>): ChangeKind {
  return classifyChange({
    title,
    labels: labels ?? [],
    headRef: branch ?? null,
    revertsNumber: revertsNumber ?? null,
  });
}

function score(kind: 'revert' | 'hotfix') {
  const found = labelledChanges.map((change) => {
    const { isRevert, isHotfix } = classify(change);
    return { said: kind === 'revert' ? isRevert : isHotfix, so: change.truth.includes(kind) };
  });
  const right = found.filter(({ said, so }) => said && so).length;
  return {
    found: found.filter(({ said }) => said).length,
    right,
    present: found.filter(({ so }) => so).length,
  };
}

// These figures stand in docs/concepts/metrics.md.
describe('of the labelled changes', () => {
  test('so many are reverts, so many are found, and so many of these are right', () => {
    expect(score('revert')).toEqual({ found: 30, right: 28, present: 33 });
  });

  test('so many are hotfixes, so many are found, and so many of these are right', () => {
    expect(score('hotfix')).toEqual({ found: 24, right: 23, present: 26 });
  });
});

test('the change that is taken back comes from the link, else from the branch', () => {
  const branch = 'revert-118-new-scheduler';
  expect(classify({ title: 'Revert "X"', revertsNumber: 7, branch })).toMatchObject({
    revertsNumber: 7,
    clues: ['link', 'title', 'branch'],
  });
  expect(classify({ title: 'Use the old one', branch }).revertsNumber).toBe(118);
  expect(classify({ title: 'Revert "X"' }).revertsNumber).toBeNull();
});

test('a change brought back reverts nothing, whatever it links to', () => {
  expect(classify({ title: 'Reapply "X"', revertsNumber: 7 })).toEqual({
    isRevert: false,
    isHotfix: false,
    revertsNumber: null,
    clues: [],
  });
});

// Whatever takes longer the longer the text is by more than its length meets the runner's limit here.
test('a title or branch of any length is read', () => {
  const titles = ['Revert "'.repeat(20_000), 'hotfix '.repeat(20_000), '['.repeat(100_000)];
  const kinds = titles.map((title) => classify({ title, branch: 'a/'.repeat(50_000) }));
  expect(kinds.map(({ isRevert, isHotfix }) => [isRevert, isHotfix])).toEqual([
    [false, false],
    [false, true],
    [false, false],
  ]);
});
