import {
  countOf,
  cutToWidth,
  type Finding,
  formatHours,
  formatNumber,
  plainText,
  renderTeamReportText,
  type TeamReport,
  wrapToWidth,
} from '@adjutant/insights';
import type { Output } from '../output.ts';
import type { ProgramNames } from '../program-name.ts';
import { createPaint } from '../report-paint.ts';
import { actLines } from './act-text.ts';
import { attentionLines } from './attention-text.ts';
import { impactLines } from './impact-text.ts';
import type { HostResult } from './read-with-host.ts';
import type { DemoResult } from './run-demo.ts';
import { hostTable, sign, truthTable, verdict } from './truth-tables.ts';

const teamLines = 32;
const ownLines = 24;

/** Returns the demo as a page of text. */
export function demoText(result: DemoResult, output: Output, names: ProgramNames): string {
  const { seed, report, figures, own } = result;
  const { bold } = output.colors;
  return [
    `A made-up team (seed ${seed}), written to git repositories and read as any other.`,
    '',
    bold('What needs somebody'),
    ...attentionLines(result.github.today, output, names),
    '',
    ...reportLines(report, output, teamLines),
    bold('Each figure beside what the generator knows'),
    truthTable(figures, output),
    verdict(figures),
    '',
    bold('What tokens add: the same team, now from GitHub, Jira, Slack and PagerDuty as well'),
    ...hostLines(result.github, output),
    '',
    bold('Is AI helping?'),
    ...impactLines(result.github.impact, output, names),
    '',
    ...(result.github.act === null
      ? []
      : [
          bold('An assistant proposes, a person decides'),
          ...actLines(result.github.act, output),
          '',
        ]),
    bold('The same, asked by an assistant'),
    ...answerLines(result.answer, output),
    '',
    ...(own === null
      ? []
      : [
          bold(`And this clone: ${plainText(own.path, 200)}`),
          '',
          ...reportLines(own.report, output, ownLines),
        ]),
    ...nextLines(result, names, output),
  ].join('\n');
}

/** The half page without its last line: that is the demo's to say. */
function reportLines(report: TeamReport, output: Output, maxLines: number): string[] {
  const paint = createPaint(output.colors);
  return renderTeamReportText(report, { paint, width: output.columns, maxLines }).slice(0, -1);
}

function hostLines(github: HostResult, output: Output): string[] {
  const { pullRequests, requests, workRequests, leadTimeMerges, figures, newFindings } = github;
  const wrapped = (text: string): string[] =>
    wrapToWidth(text, output.columns - 2, 4).map((line) => `  ${line}`);
  const { found, fromClones } = leadTimeMerges;
  return [
    ...wrapped(
      `A made-up GitHub on this machine gave ${countOf(pullRequests, 'pull request')} with reviews and deployments in ${countOf(requests, 'request')}; a board with sprints, a channel and incidents took ${countOf(workRequests, 'more', 'more')}. No other host was asked.`,
    ),
    hostTable(figures, output),
    verdict(figures),
    ...wrapped(
      'Clones and GitHub show the same repositories. They count once, so nothing doubled.',
    ),
    ...(found > fromClones
      ? wrapped(
          `Lead time now covers ${formatNumber(found)} merges, not ${formatNumber(fromClones)}: after a squash, a clone cannot tell when the work began.`,
        )
      : []),
    ...findingLines(newFindings, output),
  ];
}

function findingLines(findings: readonly Finding[], { colors, columns }: Output): string[] {
  if (findings.length === 0) return [];
  return [
    '',
    colors.bold('Worth looking at, and unseen from clones'),
    ...findings.flatMap(({ sentence, next }, index) => [
      ...wrapToWidth(plainText(sentence, 400), columns - 3, 3).map(
        (line, row) => `${row === 0 ? colors.cyan(String(index + 1)) : ' '}  ${line}`,
      ),
      `   ${colors.green(`→ ${cutToWidth(plainText(next), columns - 5)}`)}`,
    ]),
  ];
}

function answerLines(
  { tools, question, value, sampleSize, truth, matches }: DemoResult['answer'],
  output: Output,
): string[] {
  const { metric_id: id, from, to } = question;
  const found = value === null ? 'unknown' : formatHours(value);
  return [
    '  "How long do pull requests wait for a first answer?"',
    `  A process of its own offers ${tools.length} tools over MCP. get_metric was asked for`,
    `  ${id} from ${from} to ${to}, and answered:`,
    `  usually ${found}, n ${formatNumber(sampleSize)}; the truth is ${formatHours(truth)} ${sign(matches, output)}`,
  ];
}

function nextLines(
  { seed, kept }: Pick<DemoResult, 'kept' | 'seed'>,
  names: ProgramNames,
  output: Output,
): string[] {
  const { adjutant } = names;
  const onDemo = [
    [`${adjutant} today --demo`, 'what needs you on that Monday'],
    [`${adjutant} brief standup --demo`, 'or sprint, weekly, retrospective'],
    [`${adjutant} triage --demo`, 'open pull requests in order'],
    [`${adjutant} signals --demo`, 'every finding'],
    [`${adjutant} incident --demo`, 'what broke'],
    [`${adjutant} ask "who owns checkout" --demo`, 'answered from its documents'],
  ] as const;
  const others = [
    [`${names.adjutant} look /path/to/a/clone`, 'your own, nothing to set up'],
    [`${names.demo} --seed ${seed + 6}`, 'another team, other figures'],
    [`${names.adjutant} init`, 'keep figures, ask assistants'],
  ] as const;
  const { bold } = output.colors;
  return [
    ...(kept === null
      ? []
      : [bold('This team is kept until the next demo'), ...tryLines(onDemo, output), '']),
    bold('Try next'),
    ...tryLines(others, output),
  ];
}

function tryLines(tries: readonly (readonly [string, string])[], { colors }: Output): string[] {
  const width = Math.max(...tries.map(([command]) => command.length));
  return tries.map(([command, why]) => `  ${command.padEnd(width)}  ${colors.dim(why)}`);
}
