import { describe, expect, test } from 'vitest';
import { policyActionTypes, riskRank } from './action-types.ts';
import { comparePolicies, policyDifferences } from './compare-policies.ts';
import { compilePolicy } from './compile-policy.ts';
import { defaultPolicyDocument } from './default-policy.ts';
import { parsePolicy } from './parse-policy.ts';
import { modeRank, type Policy } from './policy.ts';
import type { PolicyRequest, PolicyVerdict } from './policy-engine.ts';

const actionTypes = policyActionTypes();
const parse = async (text: string): Promise<Policy> =>
  (await parsePolicy(text, { fileName: 'p.yaml', actionTypes })).policy;
const label = (rule: string) => parse(`actions: {pr.label: ${rule}}`);

test.each<[string, string, 'equal' | 'tighter' | 'looser']>([
  ['{mode: auto}', '{risk: low}', 'equal'],
  ['{mode: auto}', '{mode: ask}', 'tighter'],
  ['{mode: ask}', '{mode: auto}', 'looser'],
  ['{mode: ask}', '{risk: high}', 'tighter'],
  ['{mode: auto}', '{mode: {base: auto, ask_if: [deploys]}}', 'tighter'],
  [
    '{mode: {base: auto, ask_if: [deploys]}}',
    '{mode: {base: auto, require_approval_if: [deploys]}}',
    'tighter',
  ],
  ['{mode: {base: auto, deny_if: [deploys]}}', '{mode: require_approval}', 'looser'],
  ['{mode: {base: auto, ask_if: [deploys]}}', '{mode: {base: auto, ask_if: [draft]}}', 'looser'],
  ['{mode: {base: auto, ask_if: [deploys]}}', '{mode: ask}', 'tighter'],
  [
    '{mode: {base: auto, ask_if: [{cost_above: 5}]}}',
    '{mode: {base: auto, ask_if: [{cost_above: 3}]}}',
    'tighter',
  ],
  [
    '{mode: {base: auto, ask_if: [{cost_above: 5}]}}',
    '{mode: {base: auto, ask_if: [{cost_above: 7}]}}',
    'looser',
  ],
  ['{mode: auto}', '{mode: auto, when: "!deploys"}', 'tighter'],
  ['{mode: auto, when: "!deploys"}', '{mode: auto}', 'looser'],
  ['{mode: auto, when: "!deploys"}', '{mode: auto, when: "!draft"}', 'looser'],
  ['{mode: auto, when: "!deploys"}', '{mode: require_approval}', 'tighter'],
  ['{quorum: 2}', '{quorum: 1}', 'looser'],
  ['{quorum: 2}', '{quorum: 3}', 'tighter'],
  ['{separation_of_duties: true}', '{mode: auto}', 'looser'],
  ['{mode: auto}', '{expires_after: 7d}', 'looser'],
  ['{mode: auto}', '{expires_after: 48h}', 'looser'],
  ['{mode: auto}', '{expires_after: 1h}', 'tighter'],
  ['{execute_within: 1h}', '{execute_within: 2h}', 'looser'],
  ['{mode: auto}', '{escalate_at: [0.1]}', 'looser'],
  ['{mode: auto}', '{escalate_at: [0.5]}', 'tighter'],
  ['{mode: auto}', '{allow: {targets: [a/b], values: {labels: [x]}}}', 'looser'],
  [
    '{allow: {targets: ["a/*"], values: {labels: any}}}',
    '{allow: {targets: [a/b], values: {labels: [x]}}}',
    'tighter',
  ],
  [
    '{allow: {targets: [a/b], values: {labels: [x]}}}',
    '{allow: {targets: [a/b], values: {labels: [x, y]}}}',
    'looser',
  ],
  [
    '{allow: {targets: [a/b], values: {labels: [x], force: any}}}',
    '{allow: {targets: [a/b], values: {labels: [x]}}}',
    'looser',
  ],
  ['{allow: {targets: [a/b], values: {labels: [x]}}}', '{mode: auto}', 'tighter'],
  // What was raised to medium had to ask before; the exception would excuse it.
  ['{mode: ask}', '{risk: medium, mode: {base: auto, ask_if: [channel_public]}}', 'looser'],
  [
    '{mode: {base: auto, ask_if: [channel_public]}}',
    '{risk: medium, mode: {base: auto, ask_if: [channel_public]}}',
    'looser',
  ],
])('from %s to %s is %s', async (before, after, order) => {
  expect(comparePolicies(await label(before), await label(after), actionTypes)).toBe(order);
});

test.each([
  ['max_monthly_cost_usd', '200', '100', '201'],
  ['max_channel_size_auto_post', '10', '0', 'null'],
  ['pii_redaction', 'standard', 'strict', 'off'],
])('a limit %s of %s: %s is tighter, %s is looser', async (name, held, tight, loose) => {
  const limit = (value: string) => parse(`limits: {${name}: ${value}}`);
  const from = await limit(held);
  expect(comparePolicies(from, await limit(tight), actionTypes)).toBe('tighter');
  expect(comparePolicies(from, await limit(loose), actionTypes)).toBe('looser');
  expect(comparePolicies(from, from, actionTypes)).toBe('equal');
});

test('a rule of a type that is not known here counts as looser', () => {
  const [rule] = Object.values(defaultPolicyDocument.actions);
  const after = {
    ...defaultPolicyDocument,
    actions: { ...defaultPolicyDocument.actions, ...(rule === undefined ? {} : { 'x.y': rule }) },
  };
  expect(comparePolicies(defaultPolicyDocument, after, actionTypes)).toBe('looser');
  expect(comparePolicies(after, after, actionTypes)).toBe('equal');
});

test('differences say what changes, what is looser first', async () => {
  const before = await parse('actions: {pr.label: {mode: ask, quorum: 1}}');
  const after = await parse('actions: {pr.label: {mode: auto, quorum: 2}}');
  expect(policyDifferences(before, after, actionTypes)).toEqual([
    {
      path: ['actions', 'pr.label', 'mode'],
      direction: 'looser',
      sentence: 'pr.label: somebody is asked (ask) becomes it runs without asking (auto).',
    },
    {
      path: ['actions', 'pr.label', 'quorum'],
      direction: 'tighter',
      sentence: 'pr.label: quorum 1 becomes 2.',
    },
  ]);
});

describe('whatever is proposed, a policy that is called tighter never asks for less', () => {
  test.each([1, 2, 3, 4])('random policies and requests, seed %i', async (seed) => {
    const random = createRandom(seed);
    let compared = 0;
    for (let round = 0; round < 1_500; round += 1) {
      const before = randomPolicy(random);
      const after = random(2) === 0 ? randomPolicy(random, before) : randomPolicy(random);
      if (comparePolicies(before, after, actionTypes) === 'looser') continue;
      compared += 1;
      const [held, next] = await Promise.all([
        compilePolicy(before, actionTypes),
        compilePolicy(after, actionTypes),
      ]);
      for (let example = 0; example < 20; example += 1) {
        const request = randomRequest(random);
        const was = held.evaluate(request);
        const is = next.evaluate(request);
        if (!asksAtLeast(is, was)) {
          throw new Error(JSON.stringify({ before, after, request, was, is }, null, 1));
        }
      }
    }
    expect(compared).toBeGreaterThan(30);
  });
});

const assurances = ['cooperative', 'presence', 'separate'];

function asksAtLeast(is: PolicyVerdict, was: PolicyVerdict): boolean {
  if (modeRank(is.mode) < modeRank(was.mode) || riskRank(is.risk) < riskRank(was.risk))
    return false;
  return (
    is.mode === 'deny' ||
    (is.quorum >= was.quorum &&
      assurances.indexOf(is.assurance) >= assurances.indexOf(was.assurance) &&
      is.pendingTtlMs <= was.pendingTtlMs &&
      is.approvedTtlMs <= was.approvedTtlMs)
  );
}

type Random = (below: number) => number;

function createRandom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const uses = [
  { name: 'channel_public', above: null },
  { name: 'deploys', above: null },
  { name: 'channel_size_above_limit', above: null },
  { name: 'cost_above', above: 3 },
  { name: 'cost_above', above: 7 },
];

function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[random(items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

function some<Item>(random: Random, items: readonly Item[]): Item[] {
  return items.filter(() => random(4) === 0);
}

/** Also policies that a file could not hold: the comparison must not depend on the file's checks. */
function randomPolicy(random: Random, near?: Policy): Policy {
  const of = <Value>(fresh: () => Value, kept: Value | undefined): Value =>
    kept !== undefined && random(5) > 0 ? kept : fresh();
  const rule = (id: string, least: 'low' | 'medium') => {
    const old = near?.actions[id];
    return {
      risk: of(() => pick(random, [least, 'medium', 'high'] as const), old?.risk),
      base: of(() => pick(random, ['auto', 'ask', 'require_approval', 'deny'] as const), old?.base),
      askIf: of(() => some(random, uses), old?.askIf),
      requireApprovalIf: of(() => some(random, uses), old?.requireApprovalIf),
      denyIf: of(() => (random(3) === 0 ? some(random, uses) : []), old?.denyIf),
      when: of(() => pick(random, [null, null, '!deploys', 'cost_usd < 5']), old?.when),
      quorum: of(() => 1 + random(2), old?.quorum),
      separationOfDuties: of(() => random(4) === 0, old?.separationOfDuties),
      pendingTtlMs: of(() => pick(random, [null, 3_600_000, 90_000_000]), old?.pendingTtlMs),
      approvedTtlMs: of(() => pick(random, [null, 60_000, 7_200_000]), old?.approvedTtlMs),
      escalateAt: of(() => pick(random, [null, [0.5], [0.9]]), old?.escalateAt),
      allow: of(
        () =>
          pick(random, [
            null,
            { targets: ['a/b'], values: { labels: ['x'] } },
            { targets: ['a/*'], values: { labels: ['x', 'y'] } },
            { targets: ['a/*'], values: { labels: 'any' as const } },
          ]),
        old?.allow,
      ),
    };
  };
  return {
    format: 1,
    actions: {
      ...(random(5) === 0 ? {} : { 'pr.label': rule('pr.label', 'low') }),
      ...(random(3) === 0 ? {} : { 'issue.create': rule('issue.create', 'medium') }),
    },
    limits: {
      maxMonthlyCostUsd: of(() => pick(random, [null, 5, 200]), near?.limits.maxMonthlyCostUsd),
      maxChannelSizeAutoPost: of(
        () => pick(random, [null, 3, 10]),
        near?.limits.maxChannelSizeAutoPost,
      ),
      piiRedaction: of(
        () => pick(random, ['off', 'standard', 'strict'] as const),
        near?.limits.piiRedaction,
      ),
    },
  };
}

function randomRequest(random: Random): PolicyRequest {
  const known = () => pick(random, [true, false, null]);
  return {
    type: pick(random, ['pr.label', 'issue.create', 'pr.merge', 'x.y']),
    risk: pick(random, ['low', 'medium', 'high'] as const),
    requesterKind: pick(random, ['person', 'agent', 'system'] as const),
    targetRef: pick(random, ['a/b#1', 'a/c#1', 'z/b']),
    source: 'github',
    payload: pick(random, [
      { repository: 'a/b', labels: ['x'] },
      { repository: 'a/b', labels: ['x', 'y'] },
      { repository: 'a/b', labels: ['z'], force: true },
    ]),
    conditions: {
      channel_public: known(),
      deploys: known(),
      ...(random(2) === 0 ? {} : { channel_members: pick(random, [null, 2, 5, 50]) }),
    },
    costUsd: pick(random, [0, 1, 4, 6, 9]),
    spentUsd: pick(random, [0, 3, 199]),
    containsSensitiveText: random(4) === 0,
  };
}
