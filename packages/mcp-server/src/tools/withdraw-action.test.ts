import { expect, it } from 'vitest';
import { callFake } from '../testing/call-fake.ts';
import { exampleInputs } from '../testing/example-inputs.ts';
import { withdrawAction } from './withdraw-action.ts';

it('takes a proposal back and shows where it stands', async () => {
  const answer = await callFake('withdraw_action', exampleInputs['withdraw_action']);
  expect(withdrawAction.outputSchema.parse(answer.structured)).toEqual(answer.structured);
  expect(answer.structured).toMatchObject({ status: 'revoked', next_step: null });
});
