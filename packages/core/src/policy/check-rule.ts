import { type ActionTypeInfo, riskRank } from './action-types.ts';
import { conditionDefinitions, findCondition } from './conditions.ts';
import {
  type ActionRule,
  type ConditionUse,
  isConditionalAuto,
  modeRank,
  tierFloor,
} from './policy.ts';
import type { PolicyDocument, PolicyProblem } from './policy-document.ts';
import type { RuleForm } from './policy-schema.ts';

/** Returns a place of the file as messages name it. */
export function nameOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the policy' : `"${path.map(String).join('.')}"`;
}

/** Returns what is wrong with one rule of a file. */
export function checkRule(
  id: string,
  form: RuleForm,
  rule: ActionRule | undefined,
  actionTypes: readonly ActionTypeInfo[],
  document: PolicyDocument,
): PolicyProblem[] {
  const path = ['actions', id];
  const type = actionTypes.find((known) => known.id === id);
  if (type === undefined || rule === undefined) {
    const known = actionTypes.map((other) => other.id).join(', ');
    return [
      {
        ...document.placeOfKey(path),
        message: `${nameOf(path)} is no type of action`,
        hint: `Known are: ${known}.`,
      },
    ];
  }
  const problems = checkConditions(path, form, document);
  if (riskRank(rule.risk) < riskRank(type.risk)) {
    problems.push({
      ...document.placeOf([...path, 'risk']),
      message: `${nameOf(path)} is lowered to ${rule.risk}, while its own tier is ${type.risk}`,
      hint: `Write "risk: ${type.risk}", or leave it out; a policy may raise a tier, never lower it.`,
    });
    return problems;
  }
  const floor = tierFloor(rule.risk);
  // A mistyped condition may be all that is missing.
  if (problems.length > 0) return problems;
  if (modeRank(rule.base) < modeRank(floor) && !(isConditionalAuto(rule) && type.reversible)) {
    const instead =
      rule.risk === 'medium' && type.reversible
        ? 'Write "mode: ask", or "mode: {base: auto, ask_if: [channel_public]}".'
        : `Write "mode: ${floor}" or "mode: deny".`;
    problems.push({
      ...document.placeOf([...path, 'mode', 'base']),
      message: `${nameOf(path)} has the mode ${rule.base}, which is less than a ${rule.risk} action needs`,
      hint: instead,
    });
  }
  return problems;
}

function checkConditions(
  path: readonly string[],
  { mode }: RuleForm,
  document: PolicyDocument,
): PolicyProblem[] {
  if (mode === undefined || typeof mode === 'string') return [];
  const lists = Object.entries(mode).filter(([key]) => key !== 'base');
  return lists.flatMap(([key, uses]) =>
    (Array.isArray(uses) ? uses : []).flatMap((use, at) => {
      const message = conditionProblem(use);
      if (message === null) return [];
      const known = conditionDefinitions.map((definition) =>
        definition.takesNumber ? `{${definition.name}: 5}` : definition.name,
      );
      return [
        {
          ...document.placeOf([...path, 'mode', key, at]),
          message: `${nameOf([...path, 'mode', key])} ${message}`,
          hint: `Known are: ${known.join(', ')}.`,
        },
      ];
    }),
  );
}

function conditionProblem({ name: used, above }: ConditionUse): string | null {
  if (used === '') return 'has a condition with more than one name; give each an entry of its own';
  const condition = findCondition(used);
  if (condition === undefined) return `names the unknown condition "${used}"`;
  if (condition.takesNumber === (above !== null)) return null;
  return condition.takesNumber ? `gives ${used} no number` : `gives ${used} a number`;
}
