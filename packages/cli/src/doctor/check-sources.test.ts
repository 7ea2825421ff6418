import { expect, test } from 'vitest';
import { proposalChecks, sourceChecks } from './check-sources.ts';

const item = (id: string, fields: object = {}) => ({
  id,
  ok: true,
  message: `${id} is fine`,
  hint: null,
  ...fields,
});

test('a source says who we are there, what is missing and what to do', () => {
  const report = {
    identity: 'ada \u001b[31m',
    items: [
      item('git_version'),
      item('quota', { message: '4,812 of 5,000 points are left' }),
      item('clock', { ok: false, message: 'This clock is 9 minutes behind.', hint: 'Set it.' }),
      item('deployments', { ok: false, optional: true, message: 'Not granted.', hint: 'Add it.' }),
      item('strange', { ok: false, message: 'Odd.' }),
    ],
  };
  expect(sourceChecks([{ source: 'forge', report }])).toEqual([
    { id: 'forge_identity', state: 'ok', message: 'forge: read as ada', hint: null },
    { id: 'forge_quota', state: 'ok', message: '4,812 of 5,000 points are left', hint: null },
    {
      id: 'forge_clock',
      state: 'failed',
      message: 'This clock is 9 minutes behind.',
      hint: 'Set it.',
    },
    { id: 'forge_deployments', state: 'note', message: 'Not granted.', hint: 'Add it.' },
    {
      id: 'forge_strange',
      state: 'failed',
      message: 'Odd.',
      hint: 'See the page of this connector.',
    },
  ]);
});

test('a source without an identity of its own says nothing of one', () => {
  expect(sourceChecks([{ source: 'git', report: { identity: null, items: [] } }])).toEqual([]);
});

test('nothing waiting is nothing to say', () => {
  expect(proposalChecks([])).toEqual([]);
});
