import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ActionMode, RiskTier } from '../domain.ts';
import { policyActionTypes } from './action-types.ts';
import { compileClosures, compilePolicy } from './compile-policy.ts';
import { defaultPolicy } from './default-policy.ts';
import { parsePolicy } from './parse-policy.ts';
import type { PolicyEngine, PolicyRequest } from './policy-engine.ts';

const actionTypes = policyActionTypes();
const foundingText = readFileSync(
  join(import.meta.dirname, '__fixtures__', 'founding.policy.yaml'),
  'utf8',
);

function request(type: string, change: Partial<PolicyRequest> = {}): PolicyRequest {
  return {
    type,
    risk: actionTypes.find(({ id }) => id === type)?.risk ?? 'high',
    requesterKind: 'person',
    targetRef: 'acme/api#12',
    source: 'github',
    payload: { repository: 'acme/api', number: 12 },
    conditions: {},
    costUsd: 0,
    spentUsd: 0,
    containsSensitiveText: false,
    ...change,
  };
}

async function policy(text: string) {
  const parsed = await parsePolicy(text, { fileName: 'p.yaml', actionTypes });
  return bound(await compilePolicy(parsed.policy, actionTypes));
}

/** So that tests may take `evaluate` on its own. */
function bound(engine: PolicyEngine) {
  return { evaluate: (asked: PolicyRequest) => engine.evaluate(asked) };
}

describe('the founding policy', () => {
  test.each<[string, Partial<PolicyRequest>, ActionMode]>([
    ['pr.merge', {}, 'require_approval'],
    ['pr.label', {}, 'auto'],
    ['pr.comment.summary', { conditions: { channel_public: false } }, 'auto'],
    ['pr.comment.summary', { conditions: { channel_public: true } }, 'ask'],
    ['pr.comment.summary', { conditions: { channel_public: null } }, 'ask'],
    ['pr.comment.summary', {}, 'ask'],
    ['issue.create.low', {}, 'ask'],
    ['incident.page', {}, 'require_approval'],
  ])('%s with %o is %s', async (type, change, mode) => {
    const verdict = (await policy(foundingText)).evaluate(request(type, change));
    expect(verdict.mode).toBe(mode);
    expect(verdict.monthlyCostLimitUsd).toBe(200);
  });

  test('11 members make a post ask, 10 do not, and a number that is not known does', async () => {
    const { evaluate } = await policy(foundingText);
    const mode = (channel_members: number | null) =>
      evaluate(
        request('pr.comment.summary', { conditions: { channel_public: false, channel_members } }),
      ).mode;
    expect([mode(10), mode(11), mode(null), mode(Number.NaN)]).toEqual([
      'auto',
      'ask',
      'ask',
      'ask',
    ]);
  });

  test('what goes over the monthly limit is denied with the figures; what is free is not', async () => {
    const { evaluate } = await policy(foundingText);
    const at = (costUsd: number, spentUsd: number) =>
      evaluate(request('pr.label', { costUsd, spentUsd }));
    expect(at(0.01, 199.99).mode).toBe('auto');
    expect(at(0.01, 200).mode).toBe('deny');
    expect(at(0.01, 200).reasons[0]).toContain('200.01 US dollars; the limit is 200');
    expect(at(Number.NaN, 0).mode).toBe('deny');
    expect(at(0, 250).mode).toBe('auto');
  });

  test('personal data in what leaves makes an action high', async () => {
    const { evaluate } = await policy(foundingText);
    const verdict = evaluate(request('pr.label', { containsSensitiveText: true }));
    expect(verdict).toMatchObject({
      mode: 'require_approval',
      risk: 'high',
      assurance: 'presence',
    });
    expect(verdict.reasons[0]).toContain('personal data');
  });
});

test.each<['off' | 'standard' | 'strict', RiskTier, RiskTier, ActionMode]>([
  ['off', 'low', 'low', 'auto'],
  ['off', 'medium', 'medium', 'auto'],
  ['standard', 'low', 'medium', 'ask'],
  ['standard', 'medium', 'high', 'require_approval'],
  ['strict', 'low', 'high', 'require_approval'],
  ['strict', 'medium', 'high', 'require_approval'],
])('pii_redaction %s makes a %s action with personal data %s', async (level, from, to, mode) => {
  const { evaluate } = await policy(
    `actions: {pr.comment.summary: {mode: {base: auto, ask_if: [channel_public]}}}\nlimits: {pii_redaction: ${level}}`,
  );
  const type = from === 'low' ? 'pr.label' : 'pr.comment.summary';
  const conditions = { channel_public: false };
  expect(evaluate(request(type, { containsSensitiveText: true, conditions }))).toMatchObject({
    risk: to,
    mode,
  });
});

test.each(['nudge', 'report.post'])(
  '%s runs or asks as the policy says, and asks in public',
  async (type) => {
    const modeFor = async (rule: string, isPublic: boolean): Promise<ActionMode> => {
      const { evaluate } = await policy(`actions: {${type}: {mode: ${rule}}}`);
      return evaluate(request(type, { conditions: { channel_public: isPublic } })).mode;
    };
    expect(await modeFor('ask', false)).toBe('ask');
    const auto = '{base: auto, ask_if: [channel_public]}';
    expect(await modeFor(auto, false)).toBe('auto');
    expect(await modeFor(auto, true)).toBe('ask');
  },
);

describe('an assistant', () => {
  const text = `
actions:
  pr.label:
    mode: auto
    allow:
      targets: [acme/api, "acme/docs#7", "tools/*"]
      values: { labels: [triage, docs] }
`;
  const label = (change: Partial<PolicyRequest> & { labels?: unknown }) =>
    request('pr.label', {
      requesterKind: 'agent',
      payload: { repository: 'acme/api', number: 12, labels: change.labels ?? ['triage'] },
      ...change,
    });

  test.each<[string, Parameters<typeof label>[0], ActionMode]>([
    ['inside', {}, 'auto'],
    ['inside with two values', { labels: ['docs', 'triage'] }, 'auto'],
    ['another value', { labels: ['triage', 'automerge'] }, 'ask'],
    ['no value', { labels: [] }, 'ask'],
    ['another repository', { targetRef: 'acme/web#12' }, 'ask'],
    ['a named item', { targetRef: 'acme/docs#7' }, 'auto'],
    ['another item', { targetRef: 'acme/docs#70' }, 'ask'],
    ['any of an owner', { targetRef: 'tools/cli#1' }, 'auto'],
    ['deeper than any of an owner', { targetRef: 'tools/cli/x#1' }, 'ask'],
    ['nothing behind an owner', { targetRef: 'tools/#1' }, 'ask'],
    ['an owner that begins alike', { targetRef: 'tools2/cli#1' }, 'ask'],
    ['a field that nobody thought of', { payload: { labels: ['triage'], force: true } }, 'ask'],
    ['a missing field', { payload: { number: 12 } }, 'ask'],
  ])('%s: %o is %s', async (_, change, mode) => {
    expect((await policy(text)).evaluate(label(change)).mode).toBe(mode);
  });

  test('has to ask without an allow-list, as has a rule; a person has not', async () => {
    const { evaluate } = await policy(foundingText);
    const mode = (requesterKind: PolicyRequest['requesterKind']) =>
      evaluate(request('pr.label', { requesterKind })).mode;
    expect([mode('agent'), mode('system'), mode('person')]).toEqual(['ask', 'ask', 'auto']);
  });
});

describe('what no policy can lower', () => {
  test('an unknown type needs approval, and still keeps to the monthly limit', () => {
    const { evaluate } = bound(defaultPolicy(actionTypes));
    const verdict = evaluate(request('database.drop', { risk: 'low' }));
    expect(verdict).toMatchObject({
      mode: 'require_approval',
      risk: 'high',
      assurance: 'presence',
    });
    expect(verdict.reasons[0]).toContain('database.drop');
    expect(evaluate(request('database.drop', { costUsd: 201 })).mode).toBe('deny');
  });

  test('an error while evaluating needs approval', () => {
    const { evaluate } = bound(defaultPolicy(actionTypes));
    const conditions = new Proxy(
      {},
      {
        get: () => {
          throw new Error('broken');
        },
      },
    );
    const verdict = evaluate(request('pr.comment.summary', { conditions }));
    expect(verdict.mode).toBe('require_approval');
    expect(verdict.reasons[0]).toContain('could not be evaluated');
    expect(evaluate(null as unknown as PolicyRequest).mode).toBe('require_approval');
  });

  test('a tier that a preparation raised needs what that tier needs', async () => {
    const { evaluate } = await policy(foundingText);
    expect(evaluate(request('pr.label', { risk: 'medium' })).mode).toBe('ask');
    expect(evaluate(request('pr.label', { risk: 'high' })).mode).toBe('require_approval');
    const conditions = { channel_public: false };
    const summary = request('pr.comment.summary', { risk: 'high', conditions });
    expect(evaluate(summary).mode).toBe('require_approval');
  });

  test('a preparation cannot lower a tier', () => {
    const verdict = defaultPolicy(actionTypes).evaluate(request('pr.merge', { risk: 'low' }));
    expect(verdict).toMatchObject({ mode: 'require_approval', risk: 'high' });
  });

  test('a type whose tier rose after the policy was written keeps the higher one', async () => {
    const { policy: written } = await parsePolicy('actions: {pr.label: {mode: auto}}', {
      fileName: 'p.yaml',
      actionTypes,
    });
    const risen = actionTypes.map((type) =>
      type.id === 'pr.label' ? { ...type, risk: 'high' as const } : type,
    );
    const { evaluate } = bound(compileClosures(written, { actionTypes: risen }));
    expect(evaluate(request('pr.label', { risk: 'low' })).mode).toBe('require_approval');
  });
});

describe('every type of action × mode', () => {
  const modes: readonly ActionMode[] = ['auto', 'ask', 'require_approval', 'deny'];
  const floor = { low: 0, medium: 1, high: 2 } as const;
  const rows = actionTypes.flatMap((type) => modes.map((mode) => ({ type, mode })));

  test.each(rows)('$type.id ($type.risk) with mode $mode', async ({ type, mode }) => {
    const text = `actions: {${type.id}: {mode: ${mode}}}`;
    if (modes.indexOf(mode) < floor[type.risk]) {
      await expect(policy(text)).rejects.toThrow(/p\.yaml:1:\d+: .*less than/);
    } else {
      expect((await policy(text)).evaluate(request(type.id)).mode).toBe(mode);
    }
  });
});

describe('the default policy', () => {
  test.each(actionTypes)('$id ($risk) begins as its tier says', ({ id, risk }) => {
    const { mode, assurance } = defaultPolicy(actionTypes).evaluate(request(id));
    expect(mode).toBe({ low: 'auto', medium: 'ask', high: 'require_approval' }[risk]);
    if (risk === 'high') expect(assurance).toBe('presence');
  });

  test('knows high, medium and low actions, each medium one reversible', () => {
    const of = (risk: RiskTier) => actionTypes.filter((type) => type.risk === risk);
    expect(of('high').map(({ id }) => id)).toEqual([
      'incident.page',
      'issue.assign',
      'issue.transition',
      'policy.update',
      'pr.backport',
      'pr.close',
      'pr.merge',
      'statuspage.update',
      'webhook.register',
    ]);
    expect(of('medium').every(({ reversible }) => reversible)).toBe(true);
    expect(of('low').map(({ id }) => id)).toEqual(['note.draft', 'pr.label']);
  });
});

test('a quorum of two and separation of duties need somebody else, also where one was only asked', async () => {
  const { evaluate } = await policy(
    'actions: {pr.merge: {quorum: 2}, issue.create: {separation_of_duties: true}, pr.label: {mode: auto, quorum: 2}}',
  );
  expect(evaluate(request('pr.merge'))).toMatchObject({ quorum: 2, assurance: 'separate' });
  expect(evaluate(request('issue.create'))).toMatchObject({
    mode: 'require_approval',
    quorum: 1,
    assurance: 'separate',
  });
  expect(evaluate(request('pr.label')).mode).toBe('auto');
});

test('what makes a rule ask more counts when it holds and when it is not known', async () => {
  const { evaluate } = await policy(`
actions:
  pr.label:
    mode:
      base: auto
      ask_if: [target_is_protected_branch]
      require_approval_if: [{cost_above: 5}, deploys]
      deny_if: [contains_command]
`);
  const calm = { target_is_protected_branch: false, deploys: false, contains_command: false };
  const mode = (conditions: PolicyRequest['conditions'], costUsd = 0) =>
    evaluate(request('pr.label', { conditions: { ...calm, ...conditions }, costUsd })).mode;
  expect(mode({})).toBe('auto');
  expect(mode({ target_is_protected_branch: true })).toBe('ask');
  expect(mode({ target_is_protected_branch: null })).toBe('ask');
  expect(mode({ target_is_protected_branch: 'no' })).toBe('ask');
  expect(mode({ deploys: null })).toBe('require_approval');
  expect(mode({}, 5)).toBe('auto');
  expect(mode({}, 5.01)).toBe('require_approval');
  expect(mode({ contains_command: true, target_is_protected_branch: true })).toBe('deny');
});

test('a mode holds only while its expression is true', async () => {
  const { evaluate } = await policy(`
actions:
  pr.label:
    mode: auto
    when: size(payload.labels) <= 2 && !deploys && target.startsWith("acme/")
`);
  const mode = (payload: PolicyRequest['payload'], conditions: PolicyRequest['conditions']) =>
    evaluate(request('pr.label', { payload, conditions })).mode;
  expect(mode({ labels: ['a'] }, { deploys: false })).toBe('auto');
  expect(mode({ labels: ['a', 'b', 'c'] }, { deploys: false })).toBe('require_approval');
  expect(mode({ labels: ['a'] }, { deploys: null })).toBe('require_approval');
  expect(mode({ labels: ['a'] }, {})).toBe('require_approval');
  expect(mode({}, { deploys: false })).toBe('require_approval');
});

test('what decided comes first among the reasons', async () => {
  const { evaluate } = await policy(foundingText);
  const { reasons } = evaluate(
    request('pr.comment.summary', { conditions: { channel_public: true, channel_members: 50 } }),
  );
  expect(reasons[0]).toContain('channel_public');
  expect(reasons[1]).toContain('more members');
  expect(reasons.at(-1)).toContain('auto');
});

test('deadlines are those of the tier unless the policy names others', async () => {
  const { evaluate } = await policy(
    'actions: {pr.merge: {expires_after: 2d, execute_within: 30m, escalate_at: [0.25]}}',
  );
  expect(evaluate(request('pr.merge'))).toMatchObject({
    pendingTtlMs: 172_800_000,
    approvedTtlMs: 1_800_000,
    escalateAt: [0.25],
  });
  expect(evaluate(request('pr.close')).pendingTtlMs).toBe(86_400_000);
  expect(evaluate(request('pr.label', { risk: 'high' })).pendingTtlMs).toBe(86_400_000);
});
