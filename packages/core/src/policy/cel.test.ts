import { describe, expect, test } from 'vitest';
import { compileCel } from './cel.ts';
import { CelError } from '../expressions/cel-error.ts';
import type { PolicyRequest } from './policy-engine.ts';

const request: PolicyRequest = {
  type: 'pr.label',
  risk: 'low',
  requesterKind: 'agent',
  targetRef: 'acme/api#1',
  source: 'github',
  payload: { labels: ['x', 'y'], count: 7, nested: { deep: [1, 2] }, text: 'a/b' },
  conditions: { channel_public: false, deploys: true, channel_members: null },
  costUsd: 3,
  spentUsd: 0,
  containsSensitiveText: false,
};

test.each<[string, boolean]>([
  ['true', true],
  ['cost_usd * 2 > 5', true],
  ['cost_usd == 3', true],
  ['-1 < cost_usd && cost_usd - 1 == 2.0', true],
  ['size(target) == 10', true],
  ['target.size() + 1 == 11', true],
  ['size(payload.labels) == size([1, 2])', true],
  ['payload.count + 1 == 8', true],
  ['payload.labels[0] == "x"', true],
  ['payload.nested.deep[1] == 2', true],
  ['payload.labels.all(l, l in ["x", "y"])', true],
  ['payload.labels.exists(l, l == "z")', false],
  ['[1, 2, 3].exists(i, i == payload.count - 4)', true],
  ['has(payload.missing) && payload.missing == 1', false],
  ['!channel_public && deploys', true],
  ['requester == "agent" && risk == "low" && source == "github"', true],
  ['target.startsWith("acme/") && target.endsWith("#1") && target.contains("api")', true],
  ['contains_personal_data ? false : true', true],
  ['requested_by_assistant', true],
])('%s is %s', (expression, answer) => {
  expect(compileCel(expression)(request)).toBe(answer);
});

test.each(['channel_members < 5', 'draft', 'checks_not_green || true'])(
  '%s is not known where a fact is not',
  (expression) => {
    expect(compileCel(expression)(request)).toBeNull();
  },
);

test('a missing field is an error, never an answer', () => {
  expect(() => compileCel('payload.missing == 1')(request)).toThrow('missing');
});

describe('refused when loaded', () => {
  test.each<[string, string, number]>([
    ['target.matches("^(a+)+$")', 'regular expression can block', 0],
    ['payload.labels.all(a, payload.labels.exists(b, a == b))', 'inside another loop', 22],
    ['payload.labels.map(x, x).size() > 1', 'may not use map', 0],
    ['payload.labels.filter(x, x == 1) == []', 'may not use filter', 0],
    ['cost_usd', 'gives double', 0],
    ['payload.count', 'gives dyn', 0],
    ['channel_public == 1', 'no such overload', 0],
    ['cost_usd + "a" == 1', 'no such overload', 0],
    ['1 < size(target) && cots_usd < 5', 'Unknown variable: cots_usd', 20],
    ['payload.labels.exists(target, target == "x")', 'second meaning', 22],
    ['payload.labels.exists(x, x == y)', 'Unknown variable: y', 30],
    ['5u > 1u', 'text, numbers, true and false', 0],
    ['0x10 == 16', 'write it in decimal', 0],
    ['null == null', 'text, numbers, true and false', 0],
    ['{"a": 1}.a == 1', 'maxMapEntries', 1],
    ['7 % 2 == 1', 'may not use %', 0],
    ['timestamp("2026-01-01T00:00:00Z") == timestamp("x")', 'may not use timestamp', 0],
    ['dyn(target) == 1', 'may not use dyn', 0],
    ['true &&', 'Unexpected token', 7],
    ['', 'Unexpected token', 0],
    [`${'('.repeat(30)}true${')'.repeat(30)}`, 'maxDepth', 12],
    [`${'!'.repeat(20)}true`, '12 levels', 12],
    [`${'true && '.repeat(120)}true`, 'maxAstNodes', 0],
    [`target == "${'x'.repeat(2_000)}"`, '2000 characters', 0],
  ])('%.60s', (expression, message, offset) => {
    const compile = () => compileCel(expression);
    expect(compile).toThrow(CelError);
    expect(compile).toThrow(
      expect.objectContaining({ message: expect.stringContaining(message), offset }),
    );
  });
});
