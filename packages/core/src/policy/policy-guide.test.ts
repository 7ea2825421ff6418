import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { policyActionTypes } from './action-types.ts';
import { compilePolicy } from './compile-policy.ts';
import { conditionDefinitions } from './conditions.ts';
import { parsePolicy } from './parse-policy.ts';
import { policyHash } from './policy.ts';
import { knownKeys } from './policy-schema.ts';
import { parsePolicyTable, runPolicyTable } from './policy-table.ts';

const actionTypes = policyActionTypes();
const guide = readFileSync(join(import.meta.dirname, '../../../../docs/guide/policy.md'), 'utf8');
const founding = readFileSync(
  join(import.meta.dirname, '__fixtures__', 'founding.policy.yaml'),
  'utf8',
);
const examples = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
const [first = '', ...rest] = examples;
const parse = (text: string) => parsePolicy(text, { fileName: 'guide', actionTypes });

test('the first example of the guide is the founding policy, corrected', async () => {
  const [shown, held] = [await parse(first), await parse(founding)];
  expect(policyHash(shown.policy)).toBe(policyHash(held.policy));
});

test('every other policy of the guide is accepted as it stands', async () => {
  const policies = rest.filter((text) => text.startsWith('actions:'));
  expect(policies).toHaveLength(2);
  for (const text of policies) await expect(parse(text)).resolves.toBeDefined();
});

test('the table of the guide passes on the founding policy', async () => {
  const table = rest.find((text) => text.startsWith('policy:')) ?? '';
  const { policy } = await parse(founding);
  const results = runPolicyTable(
    await parsePolicyTable(table, 'guide'),
    await compilePolicy(policy, actionTypes),
  );
  expect(results.map(({ passed, differences }) => [passed, differences])).toEqual([
    [true, []],
    [true, []],
    [true, []],
  ]);
});

test('the guide names every key and every condition', () => {
  const keys = [
    ...knownKeys(['limits']),
    ...knownKeys(['actions', 'pr.merge']),
    ...knownKeys(['actions', 'pr.merge', 'mode']),
    ...knownKeys(['actions', 'pr.merge', 'allow']),
    ...conditionDefinitions.map(({ name }) => name),
  ];
  expect(keys.length).toBeGreaterThan(25);
  expect(keys.filter((key) => !new RegExp(`[\`.{]${key}[\`:]`).test(guide))).toEqual([]);
});
