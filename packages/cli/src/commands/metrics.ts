import type { MetricFilter, Window } from '@adjutant/core/domain';
import { windowOfDays } from '@adjutant/core/ports';
import { comparisonText } from '../comparison-text.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { exportMetrics } from '../metric-export.ts';
import { metricsInputSchema } from '../metrics-input.ts';
import { explanationText, metricListText, metricText } from '../metric-text.ts';
import { narrowToTeam } from '../narrow-to-team.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const dayMs = 86_400_000;
const daysByDefault = 90;
const rowsRead = 200;

/** `adjutant metrics [id] [--explain | --compare | --format csv]` */
export const metrics: Command = async (context, raw) => {
  const { output, clock } = context;
  const asked = parseInput(metricsInputSchema, raw);
  const { id: metricId, timeZone, repository, format } = asked;
  const filter = filterOf(asked);
  const window = windowOf(asked, clock.now());
  return withAdjutant(context, async ({ handle: whole }) => {
    const handle = await narrowToTeam(whole, asked.team);
    const overview = () => handle.overview({ window, timeZone, filter, withDetails: true });
    if (metricId === undefined) {
      const figures = await overview();
      if (format !== undefined) await exportMetrics(context, figures.metrics, { ...asked, format });
      else output.answer(figures, () => metricListText(figures, output));
      return exitCodes.ok;
    }
    const question = { metricId, window, timeZone, repository, filter };
    if (format !== undefined) {
      await exportMetrics(context, [await handle.metric(question)], { ...asked, format });
    } else if (asked.compare) {
      const after = window ?? lastDays(daysByDefault, clock.now());
      const before = { from: after.from - (after.to - after.from), to: after.from };
      const compared = await handle.compareMetric({ ...question, before, after });
      const title = handle.listMetrics().find(({ id }) => id === compared.metricId)?.title;
      output.answer(compared, () => comparisonText(compared, title ?? metricId, output));
    } else if (asked.explain) {
      const page = await handle.explainMetric({ ...question, limit: rowsRead });
      output.answer(page, () => explanationText(page, output));
    } else {
      const metric = await handle.metric(question);
      output.answer(metric, () => metricText(metric, output));
    }
    return exitCodes.ok;
  });
};

type Asked = ReturnType<typeof metricsInputSchema.parse>;

function windowOf({ days, from, to, timeZone }: Asked, now: number): Window | undefined {
  return days === undefined ? windowOfDays({ from, to }, timeZone) : lastDays(days, now);
}

function lastDays(days: number, now: number): Window {
  return { from: now - days * dayMs, to: now };
}

function filterOf({ service, label, workType, authors }: Asked): MetricFilter | undefined {
  const filter: MetricFilter = { service, labels: label, workTypes: workType, authors };
  return Object.values(filter).some((part) => part !== undefined) ? filter : undefined;
}
