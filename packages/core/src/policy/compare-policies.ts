import type { ActionMode } from '../domain.ts';
import { type ActionTypeInfo, riskRank } from './action-types.ts';
import { modeWords } from './mode-words.ts';
import { conditionText } from './conditions.ts';
import {
  type AllowedValues,
  type AllowList,
  type ConditionUse,
  isConditionalAuto,
  modeRank,
  type Policy,
  type PolicyLimits,
  type ResolvedRule,
  resolveRule,
  timesToLive,
} from './policy.ts';

export type PolicyOrder = 'equal' | 'tighter' | 'looser';

/** One thing in which a policy differs from another. */
export interface PolicyDifference {
  path: readonly string[];
  direction: 'tighter' | 'looser';
  sentence: string;
}

/**
 * Returns whether the second policy asks for at least as much as the first, whatever is proposed.
 * What cannot be proved to be tighter is looser.
 */
export function comparePolicies(
  before: Policy,
  after: Policy,
  actionTypes: readonly ActionTypeInfo[],
): PolicyOrder {
  const differences = policyDifferences(before, after, actionTypes);
  if (differences.length === 0) return 'equal';
  return differences.some(({ direction }) => direction === 'looser') ? 'looser' : 'tighter';
}

/** Returns what a policy changes, in words, what is looser first. */
export function policyDifferences(
  before: Policy,
  after: Policy,
  actionTypes: readonly ActionTypeInfo[],
): PolicyDifference[] {
  const differences = [
    ...actionTypes.flatMap((type) =>
      compareRules(type.id, resolveRule(before, type), resolveRule(after, type)),
    ),
    ...unknownTypes(before, after, actionTypes),
    ...compareLimits(before.limits, after.limits),
  ];
  return [
    ...differences.filter(({ direction }) => direction === 'looser'),
    ...differences.filter(({ direction }) => direction === 'tighter'),
  ];
}

/** Rules of types that nobody here knows: they cannot be weighed, so a change counts as looser. */
function unknownTypes(
  before: Policy,
  after: Policy,
  actionTypes: readonly ActionTypeInfo[],
): PolicyDifference[] {
  const known = new Set(actionTypes.map(({ id }) => id));
  const ids = new Set([...Object.keys(before.actions), ...Object.keys(after.actions)]);
  return [...ids]
    .filter((id) => !known.has(id))
    .filter((id) => JSON.stringify(before.actions[id]) !== JSON.stringify(after.actions[id]))
    .map((id) => ({
      path: ['actions', id],
      direction: 'looser',
      sentence: `${id} is not known here, so its change cannot be weighed.`,
    }));
}

type Report = (direction: 'tighter' | 'looser', field: string, sentence: string) => void;

function compareRules(id: string, before: ResolvedRule, after: ResolvedRule): PolicyDifference[] {
  const differences: PolicyDifference[] = [];
  const report: Report = (direction, field, sentence) => {
    differences.push({ path: ['actions', id, field], direction, sentence: `${id}: ${sentence}.` });
  };
  const step = (field: string, by: number, sentence: string): void => {
    if (by !== 0) report(by > 0 ? 'tighter' : 'looser', field, sentence);
  };
  step(
    'risk',
    riskRank(after.risk) - riskRank(before.risk),
    `${before.risk} becomes ${after.risk}`,
  );
  step(
    'mode',
    modeRank(after.base) - modeRank(before.base),
    `${modeWords[before.base]} becomes ${modeWords[after.base]}`,
  );
  compareConditions(before, after, report);
  compareWhen(before, after, report);
  step('quorum', after.quorum - before.quorum, `quorum ${before.quorum} becomes ${after.quorum}`);
  step(
    'separation_of_duties',
    Number(after.separationOfDuties) - Number(before.separationOfDuties),
    `separation of duties is ${after.separationOfDuties ? 'now' : 'no longer'} asked for`,
  );
  compareTimes(before, after, report);
  compareAllowLists(before.allow, after.allow, report);
  // A medium rule with an exception also excuses what the preparation raised to medium.
  if (isConditionalAuto(after) && before.risk === 'low') {
    report('looser', 'risk', 'what a preparation raised to medium may now run without asking');
  }
  return differences;
}

const levels: readonly ActionMode[] = ['ask', 'require_approval', 'deny'];

function usesAt(rule: ResolvedRule, level: ActionMode): readonly ConditionUse[] {
  if (level === 'ask') return rule.askIf;
  return level === 'deny' ? rule.denyIf : rule.requireApprovalIf;
}

/** Whether a rule asks at least this much wherever the condition holds. */
function covers(rule: ResolvedRule, level: ActionMode, use: ConditionUse): boolean {
  if (modeRank(rule.base) >= modeRank(level)) return true;
  return levels
    .filter((other) => modeRank(other) >= modeRank(level))
    .flatMap((other) => usesAt(rule, other))
    .some(({ name, above }) => name === use.name && (above ?? 0) <= (use.above ?? 0));
}

function compareConditions(before: ResolvedRule, after: ResolvedRule, report: Report): void {
  for (const level of levels) {
    for (const use of usesAt(before, level)) {
      if (covers(after, level, use)) continue;
      report('looser', 'mode', `${conditionText(use)} no longer means ${modeWords[level]}`);
    }
    for (const use of usesAt(after, level)) {
      if (covers(before, level, use)) continue;
      report('tighter', 'mode', `${conditionText(use)} now means ${modeWords[level]}`);
    }
  }
}

function compareWhen(before: ResolvedRule, after: ResolvedRule, report: Report): void {
  if (before.when === after.when) return;
  if (before.when === null) {
    report('tighter', 'when', 'its mode now holds only under a condition');
  } else if (modeRank(after.base) < modeRank('require_approval')) {
    report('looser', 'when', 'the condition under which its mode holds is another one');
  }
}

function compareTimes(before: ResolvedRule, after: ResolvedRule, report: Report): void {
  const fields = [
    ['expires_after', 'pendingTtlMs', 'it waits for a decision'],
    ['execute_within', 'approvedTtlMs', 'an approval holds'],
  ] as const;
  for (const [field, key, what] of fields) {
    const changes = (['low', 'medium', 'high'] as const)
      .filter((risk) => riskRank(risk) >= Math.min(riskRank(before.risk), riskRank(after.risk)))
      .map((risk) => timesToLive(after, risk)[key] - timesToLive(before, risk)[key]);
    if (changes.some((change) => change > 0)) report('looser', field, `${what} for longer`);
    else if (changes.some((change) => change < 0))
      report('tighter', field, `${what} for less long`);
  }
  const later =
    after.escalateAt.length <= before.escalateAt.length &&
    after.escalateAt.every((part, at) => part >= (before.escalateAt[at] ?? 1));
  if (!later) report('looser', 'escalate_at', 'more people may decide, or sooner');
  else if (after.escalateAt.join() !== before.escalateAt.join()) {
    report('tighter', 'escalate_at', 'fewer people may decide, or later');
  }
}

function compareAllowLists(
  before: AllowList | null,
  after: AllowList | null,
  report: Report,
): void {
  if (after === null) {
    if (before !== null) report('tighter', 'allow', 'its allow-list is gone');
    return;
  }
  if (before === null) {
    return report('looser', 'allow', 'an assistant may do it without asking inside an allow-list');
  }
  const isWithin =
    after.targets.every((target) => before.targets.some((other) => reaches(other, target))) &&
    Object.keys(before.values).toSorted().join('\n') ===
      Object.keys(after.values).toSorted().join('\n') &&
    Object.entries(after.values).every(([field, values]) => within(values, before.values[field]));
  if (!isWithin) report('looser', 'allow', 'its allow-list lets through something new');
  else if (JSON.stringify(before) !== JSON.stringify(after)) {
    report('tighter', 'allow', 'its allow-list is narrower');
  }
}

function reaches(pattern: string, other: string): boolean {
  if (pattern === other) return true;
  if (pattern.includes('#') || other.includes('#')) return false;
  const parts = pattern.split('/');
  const others = other.split('/');
  return (
    parts.length === others.length && parts.every((part, at) => part === '*' || part === others[at])
  );
}

function within(values: AllowedValues, outer: AllowedValues | undefined): boolean {
  if (outer === undefined) return false;
  if (outer === 'any') return true;
  return values !== 'any' && values.every((value) => outer.includes(value));
}

type Limit = string | number | null;

const redactionRank = { off: 0, standard: 1, strict: 2 } as const;

function compareLimits(before: PolicyLimits, after: PolicyLimits): PolicyDifference[] {
  const differences: PolicyDifference[] = [];
  const add = (field: string, by: number, from: Limit, to: Limit): void => {
    if (by === 0 || Number.isNaN(by)) return;
    differences.push({
      path: ['limits', field],
      direction: by > 0 ? 'tighter' : 'looser',
      sentence: `${field}: ${from ?? 'no limit'} becomes ${to ?? 'no limit'}.`,
    });
  };
  const less = (from: number | null, to: number | null): number =>
    from === to ? 0 : (from ?? Infinity) - (to ?? Infinity);
  add(
    'max_monthly_cost_usd',
    less(before.maxMonthlyCostUsd, after.maxMonthlyCostUsd),
    before.maxMonthlyCostUsd,
    after.maxMonthlyCostUsd,
  );
  add(
    'max_channel_size_auto_post',
    less(before.maxChannelSizeAutoPost, after.maxChannelSizeAutoPost),
    before.maxChannelSizeAutoPost,
    after.maxChannelSizeAutoPost,
  );
  add(
    'pii_redaction',
    redactionRank[after.piiRedaction] - redactionRank[before.piiRedaction],
    before.piiRedaction,
    after.piiRedaction,
  );
  return differences;
}
