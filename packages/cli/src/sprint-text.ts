import type {
  Page,
  SprintReport,
  SprintReportItem,
  SprintVelocityAnswer,
  VelocitySprint,
} from '@adjutant/core';
import type { SprintAmount, SprintShare, SprintSummary } from '@adjutant/core/domain';
import {
  countOf,
  cutToWidth,
  formatDay,
  formatFigure,
  formatNumber,
  plainText,
  wrapToWidth,
} from '@adjutant/insights';
import { bulletLines, freshnessText, gapLines } from './answer-notes.ts';
import type { Output } from './output.ts';
import { shortId } from './people-text.ts';
import { renderTable } from './table.ts';

const itemsShown = 20;
const right = 'right' as const;

const outcomeWords: Record<SprintReportItem['outcome'], string> = {
  completed: 'completed',
  carried_over: 'carried over',
  removed: 'removed',
  done_before: 'done before',
  came_and_went: 'came and went',
};

/** Returns the sprints, what the last closed ones completed, and what the next one should take on. */
export function sprintListText(
  page: Page<SprintSummary>,
  velocity: SprintVelocityAnswer,
  output: Output,
): string {
  const touching = page.meta.gaps.filter(({ code }) => velocity.gaps.includes(code));
  const missing = gapLines({ ...page.meta, gaps: touching }, output);
  if (page.total === 0) {
    return [`${freshnessText(page.meta)} No source shows a sprint.`, ...missing].join('\n');
  }
  const measured = new Map(velocity.sprints.map((sprint) => [sprint.id, sprint]));
  const columns = [
    { title: 'sprint', width: Math.max(12, output.columns - 58) },
    { title: 'state' },
    { title: 'from' },
    { title: 'to' },
    { title: 'completed', align: right },
    { title: 'id' },
  ];
  const left = page.total - page.items.length;
  return [
    freshnessText(page.meta),
    '',
    renderTable(
      output,
      columns,
      page.items.map((sprint) => sprintRow(sprint, measured.get(sprint.id))),
    ),
    ...(left > 0 ? ['', `and ${formatNumber(left)} more`] : []),
    '',
    ...velocityLines(velocity, output),
    ...missing,
    '',
    'What was planned and done in one: adjutant sprints <sprint>',
  ].join('\n');
}

function sprintRow(sprint: SprintSummary, measured: VelocitySprint | undefined): string[] {
  const ended = sprint.completedAt ?? sprint.plannedEndAt;
  return [
    plainText(sprint.name, 100),
    sprint.state,
    sprint.startedAt === null ? '–' : formatDay(sprint.startedAt),
    ended === null ? '–' : formatDay(ended),
    measured === undefined ? '–' : amountText(measured.velocity),
    shortId(sprint.id),
  ];
}

function velocityLines(
  { items, points, advice, caveats }: SprintVelocityAnswer,
  output: Output,
): string[] {
  const range = (name: string, of: typeof items) =>
    of === null
      ? []
      : [
          `  ${formatNumber(of.median, 1)} ${name} per sprint (${formatNumber(of.lowest, 1)} to ${formatNumber(of.highest, 1)}, n ${of.sampleSize})`,
        ];
  const said =
    advice.status === 'refused'
      ? `No advice: ${advice.reason}. ${advice.message}`
      : `Take on at most ${advice.points === null ? '' : `${formatNumber(advice.points, 1)} points, or `}${countOf(advice.items, 'item')}. ${advice.reason}`;
  return [
    output.colors.bold('Velocity'),
    ...range('points', points),
    ...range('items', items),
    ...bulletLines(said, output),
    ...caveats.flatMap((caveat) => bulletLines(plainText(caveat, 400), output)),
  ];
}

/** Returns what was planned in one sprint, what became of it, and which items those are. */
export function sprintReportText(report: SprintReport, output: Output): string {
  const { sprint, window, caveats, meta, definition } = report;
  const when =
    window === null ? sprint.state : `${formatDay(window.from)} to ${formatDay(window.to)}`;
  const state = report.progress === 'so_far' ? ', so far' : '';
  return [
    output.colors.bold(cutToWidth(plainText(sprint.name, 200), output.columns)),
    `${when}${state}. ${freshnessText(meta)}`,
    ...(window === null ? [] : ['', figuresTable(report, output)]),
    ...caveats.flatMap((caveat, index) => [
      ...(index === 0 ? [''] : []),
      ...bulletLines(plainText(caveat, 400), output),
    ]),
    ...gapLines(
      { ...meta, gaps: meta.gaps.filter(({ code }) => report.gaps.includes(code)) },
      output,
    ),
    ...itemLines(report.items, output),
    '',
    ...wrapToWidth(definition, output.columns, 12),
  ].join('\n');
}

function figuresTable(report: SprintReport, output: Output): string {
  const rows: [string, SprintAmount | null, SprintShare | null][] = [
    ['planned at the start', report.commitment, null],
    ['  completed (reliability)', report.plannedCompleted, report.reliability],
    ['  carried over', report.plannedCarryOver, report.carryOverShare],
    ['  removed', report.removed, report.removedShare],
    ['added', report.added, report.addedShare],
    ['re-estimated', report.reEstimated, report.reEstimatedShare],
    ['all completed (velocity)', report.completed, report.capacityAccuracy],
    ['all carried over', report.carryOver, null],
  ];
  const columns = [
    { title: '' },
    { title: 'items', align: right },
    { title: 'of planned', align: right },
    { title: 'points', align: right },
    { title: 'of planned', align: right },
  ];
  const cells = rows.map(([title, amount, share]) => [
    title,
    numberText(amount?.items ?? null),
    shareText(share, 'items'),
    numberText(amount?.points ?? null),
    shareText(share, 'points'),
  ]);
  const { netChangeShare: net } = report;
  return renderTable(output, columns, [
    ...cells,
    ['net change of scope', '', shareText(net, 'items'), '', shareText(net, 'points')],
  ]);
}

function itemLines(items: readonly SprintReportItem[], output: Output): string[] {
  if (items.length === 0) return [];
  const columns = [
    { title: 'item' },
    { title: 'title', width: Math.max(16, output.columns - 58) },
    { title: 'came as' },
    { title: 'outcome' },
    { title: 'points', align: right },
  ];
  const rows = items
    .slice(0, itemsShown)
    .map((item) => [
      plainText(item.key, 40),
      plainText(item.title, 200),
      item.scope === 'not_counted' ? '–' : item.scope,
      outcomeWords[item.outcome],
      pointsText(item),
    ]);
  const left = items.length - itemsShown;
  return [
    '',
    renderTable(output, columns, rows),
    ...(left > 0 ? ['', `and ${formatNumber(left)} more; --json lists them all`] : []),
  ];
}

function pointsText({ pointsThen, pointsAtEnd }: SprintReportItem): string {
  const [then, end] = [pointsThen, pointsAtEnd].map((points) =>
    points === null ? '–' : formatNumber(points, 1),
  );
  return then === end ? `${end}` : `${then} → ${end}`;
}

function amountText(amount: SprintAmount | null): string {
  if (amount === null) return numberText(null);
  return amount.points === null
    ? countOf(amount.items, 'item')
    : `${formatNumber(amount.points, 1)} points`;
}

function numberText(value: number | null): string {
  return formatFigure(value, 'count');
}

function shareText(share: SprintShare | null, of: keyof SprintShare): string {
  if (share === null) return '';
  const value = share[of];
  return value === null ? numberText(null) : `${formatNumber(value * 100, 1)} %`;
}
