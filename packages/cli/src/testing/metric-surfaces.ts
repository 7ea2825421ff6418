import { type MetricAnswer, metricColumns } from '@adjutant/core';
import {
  buildTeamReport,
  formatFigure,
  renderTeamReportPage,
  type TeamReport,
} from '@adjutant/insights';
import { allMetrics } from '@adjutant/metrics';
import { z } from 'zod';
import { readCsv } from './read-csv.ts';
import type { StreamWorld } from './stream-states.ts';
import { teamNow } from './team-days.ts';

const dayMs = 86_400_000;
const windowDays = 28;
/** Below two weeks no interval is drawn, which would take longer than all the rest. */
const compareDays = 13;
const day = (daysBack: number): string =>
  new Date(teamNow - daysBack * dayMs).toISOString().slice(0, 10);
export const window = { from: teamNow - windowDays * dayMs, to: teamNow };

/** A week or day of a figure, as a surface shows it. */
interface ShownPoint {
  at: string;
  value: number | null;
}

/** One figure on one surface. */
interface Shown {
  surface: string;
  /** As it is shown: a number, words, or null where there is none. */
  told: number | string | null;
  /** What must be told there by what the SDK answers. */
  meant: number | string | null;
  /** Everything that stands beside the figure there. */
  beside: string;
  /** Its series there, and that of the SDK; left out where the surface shows none. */
  points?: { told: ShownPoint[]; meant: ShownPoint[] };
}

const figureSchema = z.object({
  metricId: z.string(),
  value: z.number().nullable(),
  series: z.array(z.object({ start: z.number(), value: z.number().nullable() })),
  gaps: z.array(z.string()),
  caveats: z.array(z.string()),
});
const overviewSchema = z.object({ metrics: z.array(figureSchema) });
const rowSchema = z.object({
  metric_id: z.string(),
  part: z.string().nullable(),
  point_start: z.string().nullable(),
  value: z.number().nullable(),
  caveats: z.array(z.string()),
  gaps: z.array(z.string()),
});
type Row = z.infer<typeof rowSchema>;
const gapsSchema = z.array(z.object({ code: z.string(), message: z.string() }));
const toolMetricSchema = z.object({
  gaps: gapsSchema,
  metric: z.object({
    value: z.number().nullable(),
    series: z.array(z.object({ start: z.string(), value: z.number().nullable() })),
    caveats: z.array(z.string()),
    gap_codes: z.array(z.string()),
  }),
});
const toolOverviewSchema = z.object({
  gaps: gapsSchema,
  metrics: z.array(
    z.object({
      metric_id: z.string(),
      value: z.number().nullable(),
      caveats: z.array(z.string()),
    }),
  ),
});
const sideSchema = z.object({ value: z.number().nullable() });
const toolComparisonSchema = z.object({
  gaps: gapsSchema,
  before: sideSchema,
  after: sideSchema,
  difference: z.number().nullable(),
  caveats: z.array(z.string()),
});

/** What shows every metric at once, read once. */
interface WholeAnswers {
  list: string;
  overview: z.infer<typeof overviewSchema>;
  csv: Row[];
  jsonLines: Row[];
  toolOverview: z.infer<typeof toolOverviewSchema>;
  report: TeamReport;
  page: string;
}

/** Asks everything that shows all metrics in one answer. */
export async function readWhole({ cli, mcp, handle }: StreamWorld): Promise<WholeAnswers> {
  const all = `metrics --days ${windowDays}`;
  const toolOverview = await mcp('get_team_overview', { from: day(windowDays), to: day(0) });
  const report = await buildTeamReport(handle, { now: teamNow, window });
  const lines = await cli(`${all} --format jsonl --series`);
  return {
    list: await cli(all),
    overview: overviewSchema.parse(JSON.parse(await cli(`${all} --json`))),
    csv: rowsOfCsv(await cli(`${all} --format csv --series`)),
    jsonLines: lines.split('\n').flatMap((line) => (line === '' ? [] : [parseRow(line)])),
    toolOverview: toolOverviewSchema.parse(toolOverview.structured),
    report,
    page: renderTeamReportPage(report),
  };
}

const parseRow = (line: string): Row => rowSchema.parse(JSON.parse(line));

/** An empty field is null, and nothing else is. */
function rowsOfCsv(text: string): Row[] {
  const [header, ...lines] = readCsv(text);
  if (header?.join() !== metricColumns.join()) throw new Error('The columns are others.');
  return lines.map((fields) => {
    const of = (name: (typeof metricColumns)[number]): string | null => {
      const field = fields[metricColumns.indexOf(name)];
      return field === undefined || field === '' ? null : field;
    };
    const value = of('value');
    return rowSchema.parse({
      metric_id: of('metric_id'),
      part: of('part'),
      point_start: of('point_start'),
      value: value === null ? null : Number(value),
      caveats: of('caveats')?.split(' | ') ?? [],
      gaps: of('gaps')?.split(' | ') ?? [],
    });
  });
}

/** Returns one metric as every surface shows it, with what the SDK answers. */
export async function surfacesOf(
  world: StreamWorld,
  whole: WholeAnswers,
  metricId: string,
): Promise<{ answer: MetricAnswer; shown: Shown[] }> {
  const answer = await world.handle.metric({ metricId, window });
  const isDetail = allMetrics.metrics.find(({ id }) => id === metricId)?.isDetail === true;
  const exact = exactSurfaces(whole, answer);
  const texts = await textSurfaces(world, whole, answer);
  const tool = await toolSurface(world, answer);
  const lean = isDetail ? [] : [inToolOverview(whole, answer), inPage(whole, answer)];
  return { answer, shown: [...exact, ...texts, tool, ...lean] };
}

/** Those that show the figure with every digit. */
function exactSurfaces(whole: WholeAnswers, answer: MetricAnswer): Shown[] {
  const listed = only(whole.overview.metrics.filter((one) => one.metricId === answer.metricId));
  const meant = pointsOf(answer.series);
  const ofTable = (surface: string, rows: readonly Row[]): Shown => {
    const own = rows.filter((row) => row.metric_id === answer.metricId);
    const figure = only(own.filter((row) => row.part === null && row.point_start === null));
    const told = own.flatMap((row) =>
      row.part === null && row.point_start !== null
        ? [{ at: row.point_start, value: row.value }]
        : [],
    );
    // Each line stands for itself in a table, so what is missing must stand on each of them.
    const saying = own.map((row) => JSON.stringify([row.gaps, row.caveats]));
    const beside = new Set(saying).size === 1 ? (saying[0] ?? '') : '';
    return { surface, told: figure.value, meant: answer.value, beside, points: { told, meant } };
  };
  return [
    {
      surface: 'adjutant metrics --json',
      told: listed.value,
      meant: answer.value,
      beside: JSON.stringify([listed.gaps, listed.caveats]),
      points: { told: pointsOf(listed.series), meant },
    },
    ofTable('adjutant metrics --format csv --series', whole.csv),
    ofTable('adjutant metrics --format jsonl --series', whole.jsonLines),
  ];
}

/** Those that say the figure in words. */
async function textSurfaces(
  { cli }: StreamWorld,
  { list }: WholeAnswers,
  { metricId, title, value, unit }: MetricAnswer,
): Promise<Shown[]> {
  const meant = formatFigure(value, unit);
  const rows = list.split('\n').map((line) => line.split(/\s{2,}/));
  const row = only(rows.filter(([name]) => name === metricId));
  const one = await cli(`metrics ${metricId} --days ${windowDays}`);
  const [heading = ''] = one.split('\n');
  const told = heading.slice(`${title}: `.length).split('   ')[0] ?? '';
  return [
    { surface: 'adjutant metrics', told: row[1] ?? '', meant, beside: flat(list) },
    { surface: 'adjutant metrics <id>', told, meant, beside: flat(one) },
  ];
}

async function toolSurface({ mcp }: StreamWorld, answer: MetricAnswer): Promise<Shown> {
  const input = { metric_id: answer.metricId, from: day(windowDays), to: day(0) };
  const { structured, text } = await mcp('get_metric', input);
  const { metric, gaps } = toolMetricSchema.parse(structured);
  // A model reads either form: what the one says stands in the other.
  const isTold = text.includes(`metric.value: ${metric.value ?? '-'}\n`);
  const noted = gaps.filter(({ code }) => metric.gap_codes.includes(code));
  return {
    surface: 'get_metric',
    told: isTold ? metric.value : text,
    meant: rounded(answer.value),
    beside: JSON.stringify([noted, metric.caveats]),
    points: {
      told: metric.series.map(({ start, value }) => ({
        at: new Date(start).toISOString(),
        value,
      })),
      meant: pointsOf(answer.series).map((point) => ({ ...point, value: rounded(point.value) })),
    },
  };
}

function inToolOverview({ toolOverview }: WholeAnswers, answer: MetricAnswer): Shown {
  const { metrics, gaps } = toolOverview;
  const { value, caveats } = only(metrics.filter((one) => one.metric_id === answer.metricId));
  const beside = JSON.stringify([gaps, caveats]);
  return { surface: 'get_team_overview', told: value, meant: rounded(answer.value), beside };
}

/** The card of a figure, or its line among those that are not known. */
function inPage({ page, report }: WholeAnswers, answer: MetricAnswer): Shown {
  const [, rest = ''] = page.split(`id="figure-${answer.metricId.replaceAll('_', '-')}"`);
  const isCard = rest.includes('</article>') && answer.value !== null;
  const card = rest.slice(0, rest.indexOf(isCard ? '</article>' : '</li>'));
  const told = /<span class="(?:value|unknown)">(.*?)<\/span>/.exec(card)?.[1] ?? '';
  // Those that are not known stand in one section, with their gaps at its end.
  const section = rest.slice(0, rest.indexOf('</section>'));
  const chips: string[] = (isCard ? card : section).match(/href="#gap-[a-z0-9-]+"/g) ?? [];
  const explained = report.gaps.filter(
    ({ code, message }) =>
      chips.includes(`href="#gap-${code.replaceAll('_', '-')}"`) && page.includes(message),
  );
  return {
    surface: 'report page',
    told: told.replaceAll('&lt;', '<').replaceAll('&gt;', '>'),
    meant: formatFigure(answer.value, answer.unit),
    beside: `${JSON.stringify(explained)} ${flat(card.replaceAll(/<[^>]*>/g, ' '))}`,
  };
}

/** Returns two windows of a metric as every surface that compares shows them. */
export async function comparisonsOf({ cli, mcp }: StreamWorld, metricId: string) {
  const tool = await mcp('compare_metric', {
    metric_id: metricId,
    before_from: day(2 * compareDays),
    before_to: day(compareDays),
    after_from: day(compareDays),
    after_to: day(0),
  });
  const { gaps, before, after, difference, caveats } = toolComparisonSchema.parse(tool.structured);
  return {
    values: [before.value, after.value],
    difference,
    beside: JSON.stringify([gaps, caveats]),
    line: async () => flat(await cli(`metrics ${metricId} --days ${compareDays} --compare`)),
  };
}

function pointsOf(series: readonly { start: number; value: number | null }[]): ShownPoint[] {
  return series.map(({ start, value }) => ({ at: new Date(start).toISOString(), value }));
}

const rounded = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 100) / 100;

/** Lines are set to a width: a sentence is looked for without regard to where they end. */
const flat = (text: string): string => text.replaceAll(/[\s·]+/g, ' ');

function only<Item>(items: readonly Item[]): Item {
  const [first] = items;
  if (first === undefined || items.length > 1) throw new Error(`${items.length} instead of one.`);
  return first;
}
