import { formatNumber, plainText, renderTeamReportText, type TeamReport } from '@adjutant/insights';
import type { Output } from '../output.ts';
import type { ProgramNames } from '../program-name.ts';
import { createPaint } from '../report-paint.ts';
import { renderTable } from '../table.ts';
import type { ComparedFigure } from './compare-with-truth.ts';
import type { DemoResult } from './run-demo.ts';

const teamLines = 32;
const ownLines = 24;

/** Returns the demo as a page of text. */
export function demoText(result: DemoResult, output: Output, names: ProgramNames): string {
  const { seed, report, figures, own } = result;
  const { bold } = output.colors;
  return [
    `A made-up team (seed ${seed}), written to git repositories and read as any other.`,
    '',
    ...reportLines(report, output, teamLines),
    bold('Each figure beside what the generator knows'),
    truthTable(figures, output),
    verdict(figures),
    '',
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
    ...nextLines(seed, names, output),
  ].join('\n');
}

/** The half page without its last line: that is the demo's to say. */
function reportLines(report: TeamReport, output: Output, maxLines: number): string[] {
  const paint = createPaint(output.colors);
  return renderTeamReportText(report, { paint, width: output.columns, maxLines }).slice(0, -1);
}

function truthTable(figures: readonly ComparedFigure[], output: Output): string {
  const rows = figures.map(({ title, found, truth, format, matches }) => [
    `  ${title}`,
    found === null ? 'unknown' : format(found),
    format(truth),
    sign(matches, output),
  ]);
  const columns = [
    { title: '  figure' },
    { title: 'Adjutant', align: 'right' as const },
    { title: 'the truth', align: 'right' as const },
    { title: '' },
  ];
  return renderTable(output, columns, rows);
}

function verdict(figures: readonly ComparedFigure[]): string {
  const wrong = figures.filter(({ matches }) => !matches).length;
  if (wrong === 0) return `All ${figures.length} agree, before rounding for this table.`;
  return `${wrong} of ${figures.length} differ: something is wrong here, please report it.`;
}

function answerLines(
  { tools, question, value, sampleSize, truth, matches }: DemoResult['answer'],
  output: Output,
): string[] {
  const { metric_id: id, from, to } = question;
  const found = value === null ? 'unknown' : `${formatNumber(value, 2)} per week`;
  return [
    `  A process of its own offers ${tools.length} tools over MCP. get_metric was asked for`,
    `  ${id} from ${from} to ${to}, and answered:`,
    `  ${found}, n ${formatNumber(sampleSize)}; the truth is ${formatNumber(truth, 2)} ${sign(matches, output)}`,
  ];
}

function sign(matches: boolean, { colors }: Output): string {
  return matches ? colors.green('✓') : colors.red('✗');
}

function nextLines(seed: number, names: ProgramNames, { colors }: Output): string[] {
  const tries = [
    [`${names.adjutant} look /path/to/a/clone`, 'your own, nothing to set up'],
    [`${names.demo} --seed ${seed + 6}`, 'another team, other figures'],
    [`${names.adjutant} init`, 'keep figures, ask assistants'],
  ] as const;
  const width = Math.max(...tries.map(([command]) => command.length));
  return [
    colors.bold('Try next'),
    ...tries.map(([command, why]) => `  ${command.padEnd(width)}  ${colors.dim(why)}`),
  ];
}
