import type { EvaluationLine } from '../evaluation-line.ts';
import type { RuleFigures } from './compare.ts';
import type { Checks } from './evaluate-signals.ts';

const must = { precision: 0.9, recall: 0.8, allPrecision: 0.95, allRecall: 0.9 };
const mostDetails = 6;

/** Returns the report: each rule, all together, and what was checked beside. */
export function reportLines(
  rules: readonly RuleFigures[],
  checks: Checks,
  untold: ReadonlyMap<string, string>,
): EvaluationLine[] {
  const planted = rules.filter((rule) => rule.planted > 0);
  const bare = rules.filter((rule) => rule.planted === 0);
  const together: RuleFigures = {
    ...{ rule: 'all rules together', problems: [] },
    ...{ planted: sum(rules, 'planted'), lookAlikes: sum(rules, 'lookAlikes') },
    ...{ found: sum(rules, 'found'), right: sum(rules, 'right'), wrong: sum(rules, 'wrong') },
    ...{ either: sum(rules, 'either'), flaps: sum(rules, 'flaps') },
  };
  const worst = planted.toSorted((one, other) => scoreOf(one) - scoreOf(other))[0];
  return [
    ...planted.map((rule) => ruleLine(rule, must)),
    ruleLine(together, { precision: must.allPrecision, recall: must.allRecall }),
    ...(worst === undefined
      ? []
      : [line('the worst rule', `${worst.rule}, ${figuresOf(worst)}`, 'as all others', true)]),
    line(
      'rules without a scenario',
      bare.map(({ rule }) => rule + whyOf(untold.get(rule))).join('; ') || 'none',
      'silent',
      bare.every(({ wrong }) => wrong === 0),
      bare.flatMap(({ problems }) => problems),
    ),
    line('findings that come and go', `${together.flaps}`, '0', together.flaps === 0),
    line(
      'sentences that come out of the rows again',
      `${checks.sentences.asked - checks.sentences.others.length} of ${checks.sentences.asked}`,
      'all',
      checks.sentences.others.length === 0,
      checks.sentences.others,
    ),
    line(
      'sentences that come out of the named rows alone, one finding of each rule',
      `${checks.evidence.asked - checks.evidence.others.length} of ${checks.evidence.asked}`,
      'all',
      checks.evidence.others.length === 0,
      checks.evidence.others,
    ),
    line(
      'lines of briefs that name rows that are there, and put nobody in an order',
      `${checks.briefs.lines} of ${checks.briefs.briefs} briefs, ${checks.briefs.troubles.length} not`,
      'all',
      checks.briefs.lines > 0 && checks.briefs.troubles.length === 0,
      checks.briefs.troubles,
    ),
    line(
      'readings and rules that went wrong',
      `${checks.troubles.length}`,
      '0',
      checks.troubles.length === 0,
      checks.troubles,
    ),
  ];
}

function whyOf(reason: string | undefined): string {
  return reason === undefined ? '' : ` (${reason})`;
}

function sum(rules: readonly RuleFigures[], of: Exclude<keyof RuleFigures, 'problems' | 'rule'>) {
  return rules.reduce((total, rule) => total + rule[of], 0);
}

/** Null where nothing was told at all. */
function precisionOf({ right, wrong }: RuleFigures): number | null {
  return right + wrong === 0 ? null : right / (right + wrong);
}

function scoreOf(rule: RuleFigures): number {
  return Math.min(precisionOf(rule) ?? 0, rule.found / rule.planted);
}

function figuresOf(rule: RuleFigures): string {
  const precision = precisionOf(rule);
  return [
    `precision ${precision === null ? 'unknown' : precision.toFixed(2)}`,
    `recall ${rule.planted === 0 ? 'unknown' : (rule.found / rule.planted).toFixed(2)}`,
    `${rule.planted} planted`,
    `${rule.lookAlikes} look-alikes`,
    ...(rule.wrong === 0 ? [] : [`${rule.wrong} wrong`]),
    ...(rule.either === 0 ? [] : [`${rule.either} over which people differ`]),
    ...(rule.flaps === 0 ? [] : [`${rule.flaps} that came again`]),
  ].join(', ');
}

function ruleLine(
  rule: RuleFigures,
  { precision, recall }: { precision: number; recall: number },
): EvaluationLine {
  const isPrecise = (precisionOf(rule) ?? 0) >= precision;
  const isWhole = rule.found / rule.planted >= recall;
  return line(
    rule.rule,
    figuresOf(rule),
    `${precision} and ${recall}`,
    isPrecise && isWhole,
    rule.problems,
  );
}

function line(
  title: string,
  found: string,
  mustBe: string,
  ok: boolean,
  details: readonly string[] = [],
): EvaluationLine {
  const shown = details.slice(0, mostDetails);
  const more = details.length - shown.length;
  if (more > 0) shown.push(`and ${more} more`);
  return { title, found, must: mustBe, ok, details: shown };
}
