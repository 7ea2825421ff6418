import type { ActionTypeInfo } from './action-types.ts';
import { CelError } from '../expressions/cel-error.ts';
import { checkRule, nameOf } from './check-rule.ts';
import {
  type ActionRule,
  type ConditionUse,
  defaultLimits,
  type Policy,
  tierRule,
} from './policy.ts';
import { type PolicyDocument, type PolicyProblem, readPolicyDocument } from './policy-document.ts';
import { describeIssue, type Wording } from '../yaml/describe-issue.ts';
import { valueAt } from '../yaml/located-yaml.ts';
import { knownKeys, type PolicyFile, policyFileSchema, type RuleForm } from './policy-schema.ts';

export type CheckedPolicy =
  | { problems: readonly PolicyProblem[]; policy: null; document: PolicyDocument | null }
  | { problems: readonly []; policy: Policy; document: PolicyDocument };

const placeholder = /^\s*(todo|tbd|fixme|xxx|changeme|change_me|placeholder|<.*>|\.\.\.|\?+)\s*$/i;
/** As much as a proposal of `policy.update` may carry. */
const largestFileCharacters = 60_000;

/** Returns the policy that a text holds, or everything that is wrong with it. */
export async function checkPolicy(
  text: string,
  actionTypes: readonly ActionTypeInfo[],
): Promise<CheckedPolicy> {
  if (text.length > largestFileCharacters) {
    return refused(null, {
      line: 1,
      column: 1,
      message: 'is longer than any policy that a person could review',
      hint: 'Check the path.',
    });
  }
  const read = readPolicyDocument(text);
  if ('problem' in read) return refused(null, read.problem);
  const { document } = read;
  const empty = findEmpty(document);
  if (empty !== null) return refused(document, empty);
  const parsed = policyFileSchema.safeParse(document.value);
  if (!parsed.success) {
    return refused(
      document,
      ...parsed.error.issues.flatMap((issue) => describeIssue(issue, document, wording)),
    );
  }
  const policy = toPolicy(parsed.data, actionTypes);
  const problems = [
    // As written: the name `__proto__` does not outlive the reading.
    ...Object.keys(rawActions(document)).flatMap((id) =>
      checkRule(id, parsed.data.actions?.[id] ?? {}, policy.actions[id], actionTypes, document),
    ),
    ...(await checkExpressions(policy, document)),
  ];
  return problems.length > 0 ? refused(document, ...problems) : { problems: [], policy, document };
}

function refused(document: PolicyDocument | null, ...problems: PolicyProblem[]): CheckedPolicy {
  return {
    problems: problems.toSorted((a, b) => a.line - b.line || a.column - b.column),
    policy: null,
    document,
  };
}

const whatToWrite =
  'Write at least one action, such as "actions: {pr.merge: {risk: high, mode: require_approval}}".';

function findEmpty(document: PolicyDocument): PolicyProblem | null {
  const { value } = document;
  const start = document.placeOf([]);
  if (value === null || value === undefined || value === '') {
    return { ...start, message: 'is empty', hint: whatToWrite };
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    const isPlaceholder = typeof value === 'string' && placeholder.test(value);
    const message = isPlaceholder ? 'is a placeholder' : 'is not a mapping';
    return { ...start, message, hint: whatToWrite };
  }
  const filled = findPlaceholder(value, []);
  if (filled !== null) {
    const hint = 'Write what holds, or leave it out.';
    return { ...document.placeOf(filled), message: `${nameOf(filled)} is a placeholder`, hint };
  }
  const parts = Object.entries(value);
  const isEmpty = (part: unknown): boolean =>
    part === null || (typeof part === 'object' && Object.keys(part).length === 0);
  if (parts.every(([, part]) => isEmpty(part))) {
    return { ...start, message: 'says nothing', hint: whatToWrite };
  }
  const hollow = parts.find(([, part]) => isEmpty(part));
  if (hollow === undefined) return null;
  const message = `${nameOf([hollow[0]])} is empty`;
  return { ...document.placeOfKey([hollow[0]]), message, hint: `Fill it or leave it out.` };
}

function findPlaceholder(value: unknown, path: readonly string[]): string[] | null {
  if (typeof value === 'string') return placeholder.test(value) ? [...path] : null;
  if (typeof value !== 'object' || value === null || path.length > 8) return null;
  for (const [key, member] of Object.entries(value)) {
    const found = findPlaceholder(member, [...path, key]);
    if (found !== null) return found;
  }
  return null;
}

const wording: Wording = {
  nameOf,
  keyHint: (_key, path) => `Known here: ${knownKeys(path).join(', ')}.`,
  valueHint: 'docs/guide/policy.md shows every key.',
};

function rawActions({ value }: PolicyDocument): object {
  const actions = valueAt(value, ['actions']);
  return typeof actions === 'object' && actions !== null ? actions : {};
}

function toPolicy(file: PolicyFile, actionTypes: readonly ActionTypeInfo[]): Policy {
  const limits = file.limits ?? {};
  const risks = new Map(actionTypes.map(({ id, risk }) => [id, risk]));
  return {
    format: 1,
    actions: Object.fromEntries(
      Object.entries(file.actions ?? {}).map(([id, form]) => [
        id,
        toRule(form, form.risk ?? risks.get(id) ?? 'high'),
      ]),
    ),
    limits: {
      maxMonthlyCostUsd: given(limits.max_monthly_cost_usd, defaultLimits.maxMonthlyCostUsd),
      maxChannelSizeAutoPost: given(
        limits.max_channel_size_auto_post,
        defaultLimits.maxChannelSizeAutoPost,
      ),
      piiRedaction: limits.pii_redaction ?? defaultLimits.piiRedaction,
    },
  };
}

/** Null is said on purpose: no limit. */
function given(value: number | null | undefined, otherwise: number | null): number | null {
  return value === undefined ? otherwise : value;
}

function toRule(form: RuleForm, risk: ActionRule['risk']): ActionRule {
  const mode = typeof form.mode === 'string' ? { base: form.mode } : form.mode;
  return {
    ...tierRule(risk),
    ...(mode === undefined ? {} : { base: mode.base }),
    askIf: sorted(mode?.ask_if),
    requireApprovalIf: sorted(mode?.require_approval_if),
    denyIf: sorted(mode?.deny_if),
    when: form.when ?? null,
    quorum: form.quorum ?? 1,
    separationOfDuties: form.separation_of_duties ?? false,
    pendingTtlMs: form.expires_after ?? null,
    approvedTtlMs: form.execute_within ?? null,
    escalateAt: form.escalate_at ?? null,
    allow:
      form.allow === undefined
        ? null
        : {
            targets: [...new Set(form.allow.targets)].toSorted(),
            values: Object.fromEntries(
              Object.entries(form.allow.values).map(([field, values]) => [
                field,
                values === 'any' ? values : [...new Set(values)].toSorted(byText),
              ]),
            ),
          },
  };
}

/** Two ways of writing one policy down have one hash. */
function sorted(uses: readonly ConditionUse[] | undefined): ConditionUse[] {
  const byKey = new Map((uses ?? []).map((use) => [`${use.name} ${use.above ?? ''}`, use]));
  return [...byKey].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, use]) => use);
}

function byText(left: unknown, right: unknown): number {
  return JSON.stringify(left) < JSON.stringify(right) ? -1 : 1;
}

async function checkExpressions(
  policy: Policy,
  document: PolicyDocument,
): Promise<PolicyProblem[]> {
  const problems: PolicyProblem[] = [];
  for (const [id, { when }] of Object.entries(policy.actions)) {
    if (when === null) continue;
    const { celVariableNames, compileCel } = await import('./cel.ts');
    const path = ['actions', id, 'when'];
    try {
      compileCel(when);
    } catch (error) {
      if (!(error instanceof CelError)) throw error;
      problems.push({
        ...document.placeInText(path, error.offset),
        message: `${nameOf(path)}: ${error.message}`,
        hint: `An expression that is true or false, of: ${celVariableNames.join(', ')}.`,
      });
    }
  }
  return problems;
}
