import { expect, it } from 'vitest';
import { judgeScenario } from './judge-scenario.ts';
import { isAsItMustBe, suiteTable } from './suite-table.ts';

const checks = new Map([
  ['good', [{ id: 'a', status: 'SUCCESS' }]],
  [
    'bad',
    [
      { id: 'a', status: 'SUCCESS' },
      { id: 'b', status: 'FAILURE', errorMessage: 'It broke.' },
    ],
  ],
  ['doubtful', [{ id: 'c', status: 'WARNING' }]],
]);
const failure = { status: 'FAILURE', reason: 'so' } as const;
const warning = { status: 'WARNING', reason: 'so' } as const;

it('passes a scenario without a failing check', () => {
  expect(judgeScenario('good', checks, {})).toEqual({
    passed: true,
    failedAsExpected: [],
    warnedAsExpected: [],
    unexpected: [],
  });
});

it('names what nobody expected, warnings too', () => {
  expect(judgeScenario('bad', checks, {}).unexpected).toEqual(['bad:b It broke.']);
  expect(judgeScenario('doubtful', checks, {}).unexpected).toEqual(['doubtful:c']);
});

it.each(['bad', 'bad:b'])('accepts what is expected as %s', (key) => {
  expect(judgeScenario('bad', checks, { [key]: failure })).toMatchObject({
    passed: false,
    failedAsExpected: [`${key}: so`],
    unexpected: [],
  });
});

it('does not take a failure for a warning, nor a warning for a failure', () => {
  expect(judgeScenario('bad', checks, { bad: warning }).unexpected).toHaveLength(2);
  expect(judgeScenario('doubtful', checks, { doubtful: failure }).unexpected).toHaveLength(2);
  expect(judgeScenario('doubtful', checks, { doubtful: warning }).unexpected).toEqual([]);
});

it('does not accept an expectation that no longer fails', () => {
  expect(judgeScenario('good', checks, { good: failure })).toMatchObject({
    passed: false,
    unexpected: [expect.stringContaining('good is no longer')],
  });
  const stale = judgeScenario('bad', checks, { bad: failure, 'bad:a': failure });
  expect(stale.unexpected).toEqual([expect.stringContaining('bad:a is no longer')]);
});

it('does not accept a scenario that did not run', () => {
  const { unexpected } = judgeScenario('missing', checks, { missing: failure });
  expect(unexpected).toContain('missing did not run');
});

it('a suite is as it must be only where something ran, all of it passed and nothing surprised', () => {
  const row = {
    ...{ title: 't', revision: 'r', passed: 2, mustPass: 2 },
    ...{ failedAsExpected: ['f'], mustFail: 1, warnedAsExpected: [], unexpected: [] },
  };
  expect(isAsItMustBe(row)).toBe(true);
  expect(isAsItMustBe({ ...row, passed: 1 })).toBe(false);
  expect(isAsItMustBe({ ...row, passed: 0, mustPass: 0 })).toBe(false);
  expect(isAsItMustBe({ ...row, mustFail: 2 })).toBe(false);
  expect(isAsItMustBe({ ...row, unexpected: ['x'] })).toBe(false);
  expect(suiteTable([{ ...row, unexpected: ['x'] }])).toContain('UNEXPECTED: r x');
});
