import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { policyActionTypes } from './action-types.ts';
import { compilePolicy } from './compile-policy.ts';
import { explainPolicy } from './explain-policy.ts';
import { parsePolicy } from './parse-policy.ts';
import { policyCase } from './policy-case.ts';
import { parsePolicyTable, runPolicyTable } from './policy-table.ts';

const actionTypes = policyActionTypes();
const text = readFileSync(
  join(import.meta.dirname, '__fixtures__', 'founding.policy.yaml'),
  'utf8',
);

async function founding() {
  const file = await parsePolicy(text, { fileName: 'founding.policy.yaml', actionTypes });
  return { file, compiled: await compilePolicy(file.policy, actionTypes) };
}

test.each<[string, Record<string, unknown>, string, string]>([
  ['pr.merge', {}, 'somebody has to approve', ':4:33'],
  ['pr.label', {}, 'it runs without asking', ':5:32'],
  ['pr.label', { requester: 'assistant' }, 'somebody is asked', ':5:13'],
  ['pr.label', { contains_personal_data: true }, 'somebody has to approve', ':14:18'],
  ['pr.label', { cost_usd: 201 }, 'it never runs', ':12:25'],
  ['pr.comment.summary', { channel_public: true }, 'somebody is asked', ':8:33'],
  ['pr.comment.summary', { channel_public: false }, 'it runs without asking', ':8:19'],
  [
    'pr.comment.summary',
    { channel_public: false, channel_members: 11 },
    'somebody is asked',
    ':13:31',
  ],
  ['issue.create.low', {}, 'somebody is asked', ':9:43'],
  ['incident.page', {}, 'somebody has to approve', ':10:38'],
])('%s with %o: %s, decided at %s', async (type, given, answer, place) => {
  const { file, compiled } = await founding();
  const explanation = explainPolicy(compiled, policyCase(type, given, actionTypes), file);
  expect(explanation.answer).toContain(`${type}: ${answer}`);
  expect(explanation.steps[0]?.place).toBe(`founding.policy.yaml${place}`);
  expect(explanation.answer).toContain(`founding.policy.yaml${place}`);
  expect(explanation.steps[0]?.isDecisive).toBe(true);
});

test('what no line of a file decided is said to be built in', async () => {
  const { file, compiled } = await founding();
  const explain = (type: string) =>
    explainPolicy(compiled, policyCase(type, {}, actionTypes), file);
  expect(explain('pr.close').answer).toContain('the built-in rules');
  expect(explain('x.y').steps[0]).toMatchObject({
    place: null,
    sentence: expect.stringContaining('x.y'),
  });
});

test.each<[Record<string, unknown>, string]>([
  [{ chanel_public: true }, 'chanel_public'],
  [{ channel_public: 'yes' }, 'channel_public'],
  [{ channel_members: true }, 'channel_members'],
  [{ requester: 'robot' }, 'requester'],
  [{ cost_usd: 'much' }, 'cost_usd'],
])('an example with %o is refused', (given, name) => {
  expect(() => policyCase('pr.label', given, actionTypes)).toThrow(
    expect.objectContaining({ code: 'InvalidInput', message: expect.stringContaining(name) }),
  );
});

const table = `
policy: founding.policy.yaml
cases:
  - name: merging needs approval
    action: pr.merge
    given: { requester: assistant, target: acme/api#12 }
    expect: { mode: require_approval, quorum: 1, assurance: presence, risk: high }
  - name: a public summary asks
    action: pr.comment.summary
    given: { channel_public: unknown }
    expect: { mode: ask, reason: channel_public }
  - name: wrong on purpose
    action: pr.label
    expect: { mode: ask, quorum: 2, reason: because }
`;

test('a table says of each example what was expected and what came', async () => {
  const { compiled } = await founding();
  const parsed = await parsePolicyTable(table, 'table.yaml');
  expect(parsed.policyPath).toBe('founding.policy.yaml');
  const results = runPolicyTable(parsed, compiled);
  expect(results.map(({ passed }) => passed)).toEqual([true, true, false]);
  expect(results[2]).toMatchObject({
    name: 'wrong on purpose',
    line: 12,
    differences: ['mode is auto, not ask', 'quorum is 1, not 2', 'no reason says "because"'],
  });
});

test.each([
  ['cases: []', 'table.yaml:1:8: "cases": is empty'],
  ['cases: [{name: a, action: b}]', 'table.yaml:1:9: "cases.0.expect"'],
  ['cases: [{name: a, action: b, expect: {}}]', 'expects nothing'],
  ['cases: [{name: a, action: b, expect: {mood: ask}}]', 'mood'],
  ['cases: [', 'not valid YAML'],
  ['', 'table.yaml'],
])('the table %s is refused', async (broken, message) => {
  await expect(parsePolicyTable(broken, 'table.yaml')).rejects.toThrow(
    expect.objectContaining({ code: 'InvalidInput', message: expect.stringContaining(message) }),
  );
});

test('an example that cannot be read names its line', async () => {
  const { compiled } = await founding();
  const parsed = await parsePolicyTable(
    'cases:\n  - {name: a, action: pr.label, given: {colour: red}, expect: {mode: ask}}',
    'table.yaml',
  );
  expect(() => runPolicyTable(parsed, compiled)).toThrow(/^table\.yaml:2: "colour"/);
});
