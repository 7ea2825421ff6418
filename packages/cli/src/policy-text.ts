import type {
  PolicyCaseResult,
  PolicyExplanation,
  PolicyLimits,
  PolicyProblem,
  PolicyRuleView,
  PolicyState,
} from '@adjutant/core';
import { formatMinute, plainText } from '@adjutant/insights';
import type { Output } from './output.ts';
import { renderTable } from './table.ts';

const shownCharacters = 400;

/** Returns everything that is wrong with a policy file, each with its place. */
export function problemsText(
  file: string,
  problems: readonly PolicyProblem[],
  { colors }: Output,
): string {
  if (problems.length === 0) return `${colors.green('ok')} ${plainText(file, 300)}`;
  const lines = problems.flatMap(({ line, column, message, hint }) => [
    `${colors.red('wrong')} ${plainText(file, 300)}:${line}:${column}: ${plainText(message, shownCharacters)}.`,
    `      ${plainText(hint, 1_000)}`,
  ]);
  return lines.join('\n');
}

/** Returns how each example of a table went. */
export function casesText(results: readonly PolicyCaseResult[], { colors }: Output): string {
  const lines = results.flatMap(({ passed, name, action, line, differences, reasons }) => [
    `${passed ? colors.green('ok   ') : colors.red('wrong')} ${plainText(name, 120)} (${plainText(action, 60)}, line ${line})`,
    ...differences.map((words) => `      ${plainText(words, shownCharacters)}`),
    ...(passed
      ? []
      : reasons.map((words) => `      because: ${plainText(words, shownCharacters)}`)),
  ]);
  const failed = results.filter(({ passed }) => !passed).length;
  return [...lines, '', `${results.length - failed} of ${results.length} are as expected.`].join(
    '\n',
  );
}

/** Returns why a policy answers as it does. */
export function explanationText({ answer, steps }: PolicyExplanation, { colors }: Output): string {
  const reasons = steps.map(({ sentence, place, isDecisive }) => {
    const mark = isDecisive ? colors.bold('*') : ' ';
    const where = place === null ? 'built in' : plainText(place, 300);
    return `${mark} ${plainText(sentence, shownCharacters)} (${where})`;
  });
  return [colors.bold(plainText(answer, 600)), '', ...reasons, '', '* decided'].join('\n');
}

/** Returns the policy in force, type by type. */
export function policyText(
  { inForce, waiting }: PolicyState,
  rules: readonly PolicyRuleView[],
  output: Output,
): string {
  const { colors } = output;
  const approved = inForce.actionId === null ? '' : `, approved as action ${inForce.actionId}`;
  const rows = rules.map((rule) => [
    plainText(rule.type, 60),
    rule.risk,
    rule.mode,
    plainText(
      [
        ...rule.unless,
        ...(rule.quorum > 1 ? [`quorum ${rule.quorum}`] : []),
        ...(rule.separationOfDuties ? ['separation of duties'] : []),
        ...(rule.hasAllowList ? ['allow-list for assistants'] : []),
        ...(rule.isNamed ? [] : ['(tier)']),
      ].join('; '),
      shownCharacters,
    ),
  ]);
  const columns = [
    { title: 'action' },
    { title: 'risk' },
    { title: 'mode' },
    { title: 'more', width: Math.max(20, output.columns - 50) },
  ];
  return [
    `${colors.bold('In force')} ${inForce.hash.slice(0, 12)}, since ${formatMinute(inForce.inForceAt)} UTC${approved}`,
    '',
    renderTable(output, columns, rows),
    '',
    limitsText(inForce.policy.limits),
    ...(waiting === null
      ? []
      : [
          '',
          colors.yellow('The file on disk asks for less and waits for an approved policy.update:'),
          ...waiting.differences
            .filter(({ direction }) => direction === 'looser')
            .map(({ sentence }) => `  ${plainText(sentence, shownCharacters)}`),
          'See "adjutant approvals".',
        ]),
  ].join('\n');
}

function limitsText({
  maxMonthlyCostUsd,
  maxChannelSizeAutoPost,
  piiRedaction,
}: PolicyLimits): string {
  return [
    `Limits: ${maxMonthlyCostUsd ?? 'no limit of'} US dollars a month`,
    maxChannelSizeAutoPost === null
      ? 'posts of any reach'
      : `posts without asking reach ${maxChannelSizeAutoPost} people`,
    `redaction ${piiRedaction}`,
  ].join(', ');
}
