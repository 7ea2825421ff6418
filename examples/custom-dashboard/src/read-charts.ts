import type { AiAdoptionWeek } from '@adjutant/core/domain';
import { countOf, formatFigure, formatNumber, formatShare } from '@adjutant/insights';
import { type Chart, type Dataset, datasetOf, labelsOf, notesOf } from './chart.ts';
import type { Figures } from './figures.ts';

/** What the SDK says of the last ninety days, as arrays to draw. */
export async function readCharts(team: Figures): Promise<Chart[]> {
  return Promise.all([deployments(team), leadTime(team), flow(team), aiAdoption(team)]);
}

async function deployments(team: Figures): Promise<Chart> {
  const answer = await team.metric({ metricId: 'deployment_frequency' });
  return {
    id: 'deployments',
    title: 'Deployments by week',
    kind: 'bars',
    // The figure is per day; the points of its series are counts.
    unit: 'count',
    labels: labelsOf(answer.series, answer.timeZone),
    datasets: [datasetOf('deployments', 'Deployments', answer.series)],
    sampleSizes: answer.series.map(({ sampleSize }) => sampleSize),
    share: null,
    figure: `${formatFigure(answer.value, answer.unit)}, n ${formatNumber(answer.sampleSize)}`,
    definition: answer.definition,
    citationId: answer.citationId,
    notes: notesOf(answer),
  };
}

async function leadTime(team: Figures): Promise<Chart> {
  const metricId = 'lead_time_for_changes';
  const answer = await team.metric({ metricId });
  // A week is a window like any other: asked for by itself, it has percentiles too.
  const weeks = await Promise.all(
    answer.series.map(({ start, end }) =>
      team.metric({ metricId, window: { from: start, to: end }, timeZone: answer.timeZone }),
    ),
  );
  const spread = `median ${formatFigure(answer.p50, 'hours')}, p75 ${formatFigure(answer.p75, 'hours')}`;
  return {
    id: 'lead-time',
    title: 'Lead time for changes by week',
    kind: 'lines',
    unit: answer.unit,
    labels: labelsOf(answer.series, answer.timeZone),
    datasets: [
      { id: 'p50', label: 'Median', data: weeks.map(({ p50 }) => p50) },
      { id: 'p75', label: 'p75', data: weeks.map(({ p75 }) => p75) },
    ],
    sampleSizes: weeks.map(({ sampleSize }) => sampleSize),
    share: null,
    figure: `${spread}, n ${formatNumber(answer.sampleSize)}`,
    definition: answer.definition,
    citationId: answer.citationId,
    notes: notesOf(answer),
  };
}

async function flow(team: Figures): Promise<Chart> {
  const answer = await team.metric({ metricId: 'cumulative_flow' });
  // What is done lies at the bottom, what is not begun on top.
  const bands = answer.parts.toReversed();
  const known = bands.map(({ title, value }) => `${title} ${formatFigure(value, 'count')}`);
  return {
    id: 'flow',
    title: 'Cumulative flow by day',
    kind: 'areas',
    unit: answer.unit,
    labels: labelsOf(answer.series, answer.timeZone),
    datasets: bands.map(({ id, title, series }) => datasetOf(id, title, series ?? [])),
    sampleSizes: answer.series.map(({ sampleSize }) => sampleSize),
    share: null,
    figure: [...(known.length === 0 ? ['unknown'] : known), `n ${answer.sampleSize}`].join(', '),
    definition: answer.definition,
    citationId: answer.citationId,
    notes: notesOf(answer),
  };
}

const classLabels = {
  assisted: 'Assisted',
  agent_authored: 'By an agent',
  declared_none: 'Declared as made without',
  unknown: 'No mark: unknown',
} as const;
type AiClass = keyof typeof classLabels;

async function aiAdoption(team: Figures): Promise<Chart> {
  const answer = await team.aiImpact.adoption();
  const { weeks } = answer;
  const ids: AiClass[] = ['assisted', 'agent_authored', 'declared_none', 'unknown'];
  const told = weeks.filter(({ classes }) => classes !== null);
  const sum = (count: (week: AiAdoptionWeek) => number): number =>
    told.reduce((total, week) => total + count(week), 0);
  const merged = sum((week) => week.merged);
  const unknown = sum(({ classes }) => classes?.unknown ?? 0);
  const share = merged === 0 ? '' : ` (${formatShare(unknown / merged)})`;
  // Of weeks before the first known merge nothing is known, not even that none was merged.
  const first = weeks.findIndex((week) => week.merged > 0);
  const isKnown = (place: number): boolean => first >= 0 && place >= first;
  const countsOf = (id: AiClass): Dataset['data'] =>
    weeks.map(({ classes }, place) => (isKnown(place) ? (classes?.[id] ?? null) : null));
  // Of a week that is not told only how many were merged is known: a whole bar without classes.
  const untold = weeks.map((week, place) =>
    isKnown(place) ? (week.classes === null ? week.merged : 0) : null,
  );
  const withheld: Dataset = { id: 'withheld', label: 'Not told', data: untold };
  return {
    id: 'ai-adoption',
    title: 'Marks of coding tools on merges by week',
    kind: 'bars',
    unit: 'count',
    labels: labelsOf(weeks, 'UTC'),
    datasets: [
      ...ids.map((id) => ({ id, label: classLabels[id], data: countsOf(id) })),
      ...(untold.some((count) => count !== null && count > 0) ? [withheld] : []),
    ],
    sampleSizes: weeks.map((week) => week.merged),
    share: {
      id: 'unknown-share',
      label: 'Unknown share',
      data: weeks.map((week) =>
        week.classes === null || week.merged === 0 ? null : week.classes.unknown / week.merged,
      ),
    },
    figure:
      merged === 0
        ? 'unknown, n 0'
        : `${formatNumber(unknown)}${share} of ${countOf(merged, 'merge')} carry no mark: unknown, not human`,
    definition:
      'Merged pull requests by what their marks say: assisted by a tool, written by an agent, declared as made without one. Without a mark it is unknown. A week in which single people could be made out tells only how many were merged.',
    citationId: null,
    notes: notesOf(answer),
  };
}
