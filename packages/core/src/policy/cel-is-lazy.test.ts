import { expect, test, vi } from 'vitest';
import { policyActionTypes } from './action-types.ts';
import { compilePolicy } from './compile-policy.ts';
import { parsePolicy } from './parse-policy.ts';

vi.mock('./cel.ts', () => {
  throw new Error('the expression language was loaded');
});

const actionTypes = policyActionTypes();
const parse = (text: string) => parsePolicy(text, { fileName: 'p.yaml', actionTypes });

test('a policy without an expression never loads the expression language', async () => {
  const { policy } = await parse('actions: {pr.label: {mode: {base: auto, ask_if: [deploys]}}}');
  await expect(compilePolicy(policy, actionTypes)).resolves.toHaveProperty('hash');
});

test('one with an expression does', async () => {
  await expect(parse('actions: {pr.label: {when: deploys}}')).rejects.toThrow();
});
