import { type Adjutant, createAdjutant } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import { createFakeClock } from '@adjutant/core/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkActions } from './check-actions.ts';

let adjutant: Adjutant;
beforeEach(async () => {
  adjutant = await createAdjutant({ store: ':memory:', clock: createFakeClock() });
});
afterEach(() => adjutant.close());

test('that nothing carries actions out, and what is stopped, is told with what to do', async () => {
  const handle = adjutant.workspace().as(await adjutant.owner());
  await handle.actions.stop('note.draft', 'looking into it');
  await handle.actions.stop();
  const checks = await checkActions(adjutant, handle);
  expect(checks.map(({ id, state }) => [id, state])).toEqual([
    ['action-worker', 'note'],
    ['actions-stopped', 'note'],
    ['actions-stopped', 'note'],
    ['policy', 'ok'],
  ]);
  const told = JSON.stringify(checks);
  expect(told).toContain('adjutant serve');
  expect(told).toContain('looking into it');
  expect(told).toContain('adjutant actions resume note.draft');
});

test('a policy that cannot be read is a failure', async () => {
  const handle = adjutant.workspace().as(await adjutant.owner());
  const policy = async (): Promise<never> => {
    throw new AdjutantError('Configuration', 'adjutant.policy.yaml:1:1 is wrong.');
  };
  const checks = await checkActions({ policy }, handle);
  expect(checks.at(-1)).toMatchObject({ id: 'policy', state: 'failed' });
});
