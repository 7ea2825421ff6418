import { buildTeamReport, renderTeamReportText } from '@adjutant/insights';
import { z } from 'zod';
import { window } from './metric-surfaces.ts';
import type { StreamWorld } from './stream-states.ts';
import { teamNow } from './team-days.ts';

/** One answer beside the metrics, on one surface. */
interface Told {
  surface: string;
  /** Whether a figure is given. */
  isKnown: boolean;
  /** The whole answer, or where it names what touches it, that. */
  beside: string;
}

const forecastSchema = z.object({
  howMany: z.object({ answers: z.array(z.object({ items: z.number().nullable() })) }),
  gaps: z.array(z.string()),
});
const toolForecastSchema = z.object({
  how_many: z.object({ answers: z.array(z.object({ items: z.number().nullable() })) }),
  gap_codes: z.array(z.string()),
});
const openWorkSchema = z.object({ open_work: z.number().nullable(), gaps: z.array(z.unknown()) });
const velocitySchema = z.object({ items: z.unknown(), gaps: z.array(z.string()) });
const mergedSchema = z.object({
  comparison: z.object({ coverage: z.object({ merged: z.number() }) }),
});
const until = '2026-10-14';
const flat = (text: string): string => text.replaceAll(/[\s·]+/g, ' ');

/** Returns what tells how much is still to come. */
export async function forecastsOf({ handle, cli, mcp }: StreamWorld): Promise<Told[]> {
  const asked = await handle.forecast({ until: Date.parse(until) + 86_400_000 });
  const text = await cli(`forecast --until ${until}`);
  const json = await cli(`forecast --until ${until} --json`);
  const { structured } = await mcp('forecast_delivery', { until });
  const tool = toolForecastSchema.parse(structured);
  const known = (answers: readonly { items: number | null }[] = []): boolean =>
    answers.some(({ items }) => items !== null);
  const ofJson = forecastSchema.parse(JSON.parse(json));
  return [
    told('handle.forecast', known(asked.howMany?.answers), asked.gaps),
    told('adjutant forecast', text.includes('at least'), flat(text)),
    told('adjutant forecast --json', known(ofJson.howMany.answers), ofJson.gaps),
    told('forecast_delivery', known(tool.how_many.answers), tool.gap_codes),
  ];
}

/** Returns what tells of sprints. */
export async function sprintsOf({ handle, cli }: StreamWorld): Promise<Told[]> {
  const page = await handle.sprints.list();
  const velocity = await handle.sprints.velocity();
  const text = await cli('sprints');
  const json = z
    .object({ velocity: velocitySchema })
    .parse(JSON.parse(await cli('sprints --json'))).velocity;
  const closed = page.items.find(({ state }) => state === 'closed');
  const one = closed === undefined ? null : await handle.sprints.report(closed.id);
  return [
    told('handle.sprints.list', page.total > 0, page.meta.gaps),
    told('handle.sprints.velocity', velocity.items !== null, velocity.gaps),
    told('adjutant sprints', text.includes('points per sprint'), flat(text)),
    told('adjutant sprints --json', json.items !== null, json.gaps),
    ...(one === null || closed === undefined
      ? []
      : [
          told('handle.sprints.report', one.completed !== null, one.gaps),
          told('adjutant sprints <sprint>', true, flat(await cli(`sprints ${closed.id}`))),
        ]),
  ];
}

/** Returns what tells of coding tools. */
export async function aiImpactOf({ handle, cli }: StreamWorld): Promise<Told[]> {
  const comparison = await handle.aiImpact.compare();
  const adoption = await handle.aiImpact.adoption();
  const text = await cli('ai-impact');
  const json = await cli('ai-impact --json');
  const { coverage } = mergedSchema.parse(JSON.parse(json)).comparison;
  const caveated = JSON.stringify([adoption.gaps, adoption.caveats]);
  return [
    told('handle.aiImpact.compare', comparison.coverage.merged > 0, comparison.gaps),
    told(
      'handle.aiImpact.adoption',
      adoption.weeks.some(({ merged }) => merged > 0),
      caveated,
    ),
    told('adjutant ai-impact', !/merged +unknown/.test(text), flat(text)),
    told('adjutant ai-impact --json', coverage.merged > 0, json),
  ];
}

/** Returns what tells how much is open, beside the metric of that name. */
export async function openWorkOf({ handle, cli, mcp }: StreamWorld): Promise<Told[]> {
  const { openWork, meta } = await handle.overview({ window });
  const { structured } = await mcp('get_team_overview', {});
  const tool = openWorkSchema.parse(structured);
  const json = z
    .object({ openWork: z.object({ count: z.number().nullable() }), meta: z.unknown() })
    .parse(JSON.parse(await cli('metrics --json')));
  const report = await buildTeamReport(handle, { now: teamNow, window });
  const text = renderTeamReportText(report).join('\n');
  return [
    told('handle.overview', openWork.count !== null, meta.gaps),
    told('get_team_overview', tool.open_work !== null, tool.gaps),
    told('adjutant metrics --json', json.openWork.count !== null, json.meta),
    told('team report', report.openWork.count !== null, report.gaps),
    told('adjutant look', !text.includes('None is known for this window'), flat(text)),
  ];
}

/** Returns what tells whether a figure that was cited still holds. */
export async function citationsOf({ handle, cli, mcp }: StreamWorld): Promise<Told[]> {
  const { citationId } = await handle.metric({ metricId: 'throughput', window });
  const explained = await handle.explainCitation(citationId);
  const text = await cli(`explain ${citationId}`);
  const { structured } = await mcp('get_metric', { citation: citationId });
  const tool = z
    .object({
      cited: z.object({ value: z.number().nullable() }),
      metric: z.object({ value: z.number().nullable(), gap_codes: z.array(z.string()) }),
    })
    .parse(structured);
  const rows = await mcp('get_metric', { metric_id: 'throughput', explain: true });
  const list = await cli('metrics throughput --explain');
  return [
    told('handle.explainCitation', explained.cited.value !== null, explained.now?.gaps ?? []),
    told('adjutant explain', !/now +unknown/.test(text), flat(text)),
    told('get_metric, citation', tool.metric.value !== null, tool.metric.gap_codes),
    told('get_metric, explain', !rows.text.includes('metric.value: -'), rows.structured),
    told('adjutant metrics --explain', !list.startsWith('Throughput: unknown'), flat(list)),
  ];
}

function told(surface: string, isKnown: boolean, beside: unknown): Told {
  return { surface, isKnown, beside: JSON.stringify(beside) };
}
