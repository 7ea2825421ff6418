import { comparisonText } from '../comparison-text.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { exportMetrics } from '../metric-export.ts';
import { metricsInputSchema } from '../metrics-input.ts';
import { explanationText, metricListText, metricText } from '../metric-text.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const dayMs = 86_400_000;
const daysByDefault = 90;
const rowsRead = 200;

/** `adjutant metrics [id] [--explain | --compare | --format csv]` */
export const metrics: Command = async (context, raw) => {
  const { output, clock } = context;
  const asked = parseInput(metricsInputSchema, raw);
  const { id: metricId, days, repository, format } = asked;
  const to = clock.now();
  const window = days === undefined ? undefined : { from: to - days * dayMs, to };
  return withAdjutant(context, async ({ handle }) => {
    if (format !== undefined) {
      const figures =
        metricId === undefined
          ? (await handle.overview({ window, withDetails: true })).metrics
          : [await handle.metric({ metricId, window, repository })];
      await exportMetrics(context, figures, { ...asked, format });
    } else if (metricId === undefined) {
      const overview = await handle.overview({ window, withDetails: true });
      output.answer(overview, () => metricListText(overview, output));
    } else if (asked.compare) {
      const length = (days ?? daysByDefault) * dayMs;
      const after = { from: to - length, to };
      const before = { from: after.from - length, to: after.from };
      const compared = await handle.compareMetric({ metricId, before, after, repository });
      const title = handle.listMetrics().find(({ id }) => id === compared.metricId)?.title;
      output.answer(compared, () => comparisonText(compared, title ?? metricId, output));
    } else if (asked.explain) {
      const page = await handle.explainMetric({ metricId, window, repository, limit: rowsRead });
      output.answer(page, () => explanationText(page, output));
    } else {
      const metric = await handle.metric({ metricId, window, repository });
      output.answer(metric, () => metricText(metric, output));
    }
    return exitCodes.ok;
  });
};
