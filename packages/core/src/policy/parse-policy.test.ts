import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { policyActionTypes } from './action-types.ts';
import { loadPolicyFile } from './load-policy-file.ts';
import { parsePolicy, policyProblems } from './parse-policy.ts';
import { policyHash } from './policy.ts';

const actionTypes = policyActionTypes();
const newForm = '{base: auto, ask_if: [channel_public]}';

const faults: [string, string, string, string, string][] = [
  ['an empty file', '', '1:1', 'is empty', 'Write at least one action'],
  ['only a comment', '# to do\n', '1:1', 'is empty', 'Write at least one action'],
  ['a placeholder', 'TODO', '1:1', 'is a placeholder', 'Write at least one action'],
  ['nothing inside', 'actions: {}\n', '1:1', 'says nothing', 'Write at least one action'],
  ['half of it empty', 'limits: {pii_redaction: off}\nactions:\n', '2:1', '"actions" is empty', ''],
  ['a list', '- pr.merge\n', '1:1', 'is not a mapping', 'Write at least one action'],
  ['a value to be filled in', 'actions:\n  pr.merge: {mode: <mode>}', '2:20', 'placeholder', ''],
  ['a tab', 'actions:\n\tpr.merge: {}', '2:1', 'not valid YAML', 'Correct that line'],
  ['a key twice', 'actions: {pr.label: {}, pr.label: {}}', '1:25', 'not valid YAML', ''],
  [
    'the old form in braces',
    'actions:\n  pr.comment.summary: {risk: medium, mode: ask_if_channel_public: true}',
    '2:44',
    'old form',
    newForm,
  ],
  [
    'the old form in a block',
    'actions:\n  pr.comment.summary:\n    mode: ask_if_channel_public: true\n',
    '3:11',
    'old form',
    newForm,
  ],
  [
    'the old form as text',
    'actions:\n  pr.comment.summary:\n    mode: ask_if_channel_public\n',
    '3:11',
    'old form',
    newForm,
  ],
  ['an unknown type', 'actions:\n  pr.merg: {mode: ask}', '2:3', 'no type of action', 'pr.merge'],
  ['an unknown key', 'actions:\n  pr.merge: {mod: ask}', '2:14', 'unknown key "mod"', 'mode'],
  ['an unknown part', 'action:\n  pr.merge: {}', '1:1', 'unknown key "action"', 'actions'],
  ['an unknown mode', 'actions:\n  pr.label: {mode: maybe}', '2:20', 'is auto, ask', 'guide'],
  ['no base', 'actions:\n  pr.label: {mode: {ask_if: [deploys]}}', '2:20', 'is missing', 'guide'],
  ['a lowered tier', 'actions:\n  pr.merge: {risk: low}', '2:20', 'is lowered', 'risk: high'],
  [
    'a mode below a high tier',
    'actions:\n  pr.merge: {mode: ask}',
    '2:20',
    'less than a high action needs',
    'mode: require_approval',
  ],
  [
    'a mode below a tier that the policy raised itself',
    'actions:\n  pr.label: {risk: high, mode: auto}',
    '2:32',
    'less than a high action needs',
    'mode: require_approval',
  ],
  [
    'a mode below a medium tier',
    'actions:\n  issue.create: {mode: auto}',
    '2:24',
    'less than a medium action needs',
    newForm,
  ],
  [
    'auto on a medium tier whoever can read it',
    'actions:\n  issue.create:\n    mode: {base: auto, ask_if: [deploys]}',
    '3:18',
    'less than a medium action needs',
    newForm,
  ],
  [
    'an unknown condition',
    'actions:\n  pr.label: {mode: {base: auto, ask_if: [chanel_public]}}',
    '2:42',
    'unknown condition "chanel_public"',
    'channel_public',
  ],
  [
    'a condition without its number',
    'actions:\n  pr.label: {mode: {base: auto, ask_if: [cost_above]}}',
    '2:42',
    'gives cost_above no number',
    '{cost_above: 5}',
  ],
  [
    'a regular expression',
    'actions:\n  pr.label:\n    when: target == "a" && target.matches("^(a+)+$")',
    '3:28',
    'regular expression',
    'An expression',
  ],
  [
    'an unknown name in an expression',
    'actions:\n  pr.label:\n    when: 1 < size(target) && cots_usd < 5',
    '3:31',
    'Unknown variable: cots_usd',
    'cost_usd',
  ],
  ['an expression that is a number', 'actions: {pr.label: {when: cost_usd}}', '1:28', 'double', ''],
  ['a bad duration', 'actions: {pr.label: {expires_after: soon}}', '1:37', '30m, 24h', ''],
  ['too long a wait', 'actions: {pr.label: {expires_after: 31d}}', '1:37', 'to 30d', ''],
  ['no quorum', 'actions: {pr.merge: {quorum: 0}}', '1:30', 'at least 1', ''],
  ['parts out of order', 'actions: {pr.merge: {escalate_at: [0.8, 0.5]}}', '1:35', 'small to', ''],
  [
    'half a wildcard',
    'actions: {pr.label: {allow: {targets: [ac*], values: {labels: any}}}}',
    '1:40',
    'whole part',
    '',
  ],
  ['a limit as text', 'limits: {max_monthly_cost_usd: "200"}', '1:32', 'US dollars', ''],
  ['an unknown limit', 'limits: {max_cost: 1}', '1:10', 'unknown key "max_cost"', 'max_monthly'],
];

test.each(faults)('%s is told with its place and what to write', async (...fault) => {
  const [, text, place, message, hint] = fault;
  await expect(
    parsePolicy(text, { fileName: 'adjutant.policy.yaml', actionTypes }),
  ).rejects.toThrow(
    expect.objectContaining({
      code: 'Configuration',
      message: expect.stringMatching(
        new RegExp(
          `^adjutant\\.policy\\.yaml:${place}: .*${message.replace(/[{}[\]().]/g, '\\$&')}`,
        ),
      ),
      hint: expect.stringContaining(hint),
    }),
  );
});

test('everything that is wrong is found at once, in the order of the file', async () => {
  const problems = await policyProblems(
    'actions:\n  pr.merge: {mode: ask}\n  pr.zap: {}\n  pr.label: {mode: {base: auto, ask_if: [x, y]}}\n',
    actionTypes,
  );
  expect(problems.map(({ line, column }) => `${line}:${column}`)).toEqual([
    '2:20',
    '3:3',
    '4:42',
    '4:45',
  ]);
});

test('the old form in a comment is no fault', async () => {
  const text = '# not: mode: ask_if_channel_public: true\nactions: {pr.label: {mode: auto}}\n';
  expect(await policyProblems(text, actionTypes)).toEqual([]);
});

test('two ways of writing one policy down have one hash, another policy has another', async () => {
  const hash = async (text: string) =>
    policyHash((await parsePolicy(text, { fileName: 'p', actionTypes })).policy);
  const one = await hash(
    'actions: {pr.label: {mode: {base: auto, ask_if: [deploys, draft, draft]}}, pr.merge: {}}',
  );
  const same = await hash(
    'actions:\n  pr.merge: {risk: high, mode: require_approval}\n  pr.label:\n    mode: {ask_if: [draft, deploys], base: auto}\n',
  );
  expect(same).toBe(one);
  expect(await hash('actions: {pr.label: {mode: ask}, pr.merge: {}}')).not.toBe(one);
});

test('a key that objects have by nature is no type of action', async () => {
  for (const key of ['__proto__', 'constructor', 'toString']) {
    const problems = await policyProblems(`actions: {"${key}": {mode: auto}}`, actionTypes);
    expect(problems.length).toBeGreaterThan(0);
  }
});

test('a bomb of aliases and a novel are refused', async () => {
  const bomb = `a: &a [${'x,'.repeat(50)}]\nb: &b [${'*a,'.repeat(50)}]\nc: [${'*b,'.repeat(50)}]`;
  expect(await policyProblems(bomb, actionTypes)).toHaveLength(1);
  expect(await policyProblems('#'.repeat(300_000), actionTypes)).toHaveLength(1);
});

test('a broken file names itself, a missing one too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'adjutant-policy-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'adjutant.policy.yaml');
  await expect(loadPolicyFile(path, actionTypes)).rejects.toThrow(`${path}: the policy cannot`);
  writeFileSync(path, 'actions:\n  pr.merge: {risk: low}\n');
  await expect(loadPolicyFile(path, actionTypes)).rejects.toThrow(`${path}:2:20: `);
  writeFileSync(path, 'actions:\n  pr.merge: {risk: high}\n');
  expect((await loadPolicyFile(path, actionTypes)).policy.actions).toHaveProperty(['pr.merge']);
});
