import type { RuleTestResult, SignalReplay, SignalRuleView } from '@adjutant/core';
import { countOf, formatMinute, plainText } from '@adjutant/insights';
import type { Output } from './output.ts';
import { renderTable } from './table.ts';

const shownCharacters = 400;

/** Returns every rule with how it was run last. */
export function rulesText(rules: readonly SignalRuleView[], output: Output): string {
  if (rules.length === 0) return 'There are no rules here.';
  const rows = rules.map((rule) => [
    rule.id,
    rule.severity,
    rule.ranAt === null ? 'never' : formatMinute(rule.ranAt),
    String(rule.judged),
    String(rule.open),
    rule.unknown === 0 ? '' : String(rule.unknown),
    [...(rule.isMuted ? ['muted'] : []), ...(rule.error === null ? [] : ['failed'])].join(', '),
    plainText(rule.origin, 40),
  ]);
  const columns = [
    { title: 'rule' },
    { title: 'severity' },
    { title: 'last run' },
    { title: 'judged', align: 'right' as const },
    { title: 'open', align: 'right' as const },
    { title: 'unknown', align: 'right' as const },
    { title: '' },
    { title: 'from' },
  ];
  const reasons = rules.flatMap(({ id, unknown, unknownReason, error }) => [
    ...(unknown > 0 && unknownReason !== null
      ? [`${id} cannot tell of ${unknown}: ${plainText(unknownReason, shownCharacters)}`]
      : []),
    ...(error === null ? [] : [`${id} failed: ${plainText(error, shownCharacters)}`]),
  ]);
  return [
    renderTable(output, columns, rows),
    ...(reasons.length === 0 ? [] : ['', ...reasons]),
  ].join('\n');
}

/** How the tests of one file went. */
export interface TestedRule {
  file: string;
  rule: string;
  results: readonly RuleTestResult[];
}

/** Returns how each test of each rule went. */
export function ruleTestsText(tested: readonly TestedRule[], { colors }: Output): string {
  const lines = tested.flatMap(({ file, results }) =>
    results.length === 0
      ? [`${colors.yellow('none ')} ${plainText(file, 300)} has no tests`]
      : results.flatMap(({ passed, name, differences }) => [
          `${passed ? colors.green('ok   ') : colors.red('wrong')} ${plainText(file, 300)}: ${plainText(name, 160)}`,
          ...differences.map((words) => `      ${plainText(words, shownCharacters)}`),
        ]),
  );
  const results = tested.flatMap((rule) => rule.results);
  const passed = results.filter((result) => result.passed).length;
  return [...lines, '', `${passed} of ${results.length} are as expected.`].join('\n');
}

/** Returns what a rule would have found, day by day and one by one. */
export function replayText(replay: SignalReplay, output: Output): string {
  const { colors } = output;
  const head = `${colors.bold(plainText(replay.title, 100))} (${replay.ruleId}) since ${formatMinute(replay.since)} UTC`;
  if (replay.missingHistory !== null) {
    return [head, `It cannot be replayed. ${plainText(replay.missingHistory, 300)}`].join('\n');
  }
  const rows = replay.days.map(({ day, opened, resolved, open }) => [
    day,
    String(opened),
    String(resolved),
    String(open),
  ]);
  const columns = [
    { title: 'day' },
    { title: 'found', align: 'right' as const },
    { title: 'over', align: 'right' as const },
    { title: 'open', align: 'right' as const },
  ];
  return [
    head,
    '',
    renderTable(output, columns, rows),
    '',
    ...replay.findings.map(
      ({ openedAt, resolvedAt, sentence }) =>
        `${formatMinute(openedAt)} to ${resolvedAt === null ? 'now' : formatMinute(resolvedAt)}: ${plainText(sentence, shownCharacters)}`,
    ),
    ...(replay.total > replay.findings.length
      ? [`${replay.total - replay.findings.length} more.`]
      : []),
    `${countOf(replay.total, 'finding')}, ${perDay(replay)} a day. Nothing was written.`,
    ...(replay.unknown === 0
      ? []
      : [`It could not tell of ${replay.unknown}: ${plainText(replay.unknownReason ?? '', 300)}`]),
  ].join('\n');
}

function perDay({ total, days }: SignalReplay): string {
  return days.length === 0 ? '0' : String(Math.round((10 * total) / days.length) / 10);
}
