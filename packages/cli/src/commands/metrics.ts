import { narrowToTeam } from '@adjutant/core/ports';
import { comparisonText } from '../comparison-text.ts';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { exportMetrics } from '../metric-export.ts';
import { metricsInputSchema } from '../metrics-input.ts';
import { beforeWindow, filterOf, windowOf } from '../metrics-question.ts';
import { explanationText, metricListText, metricText } from '../metric-text.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { parseInput } from '../parse-input.ts';

const rowsRead = 200;

/** `adjutant metrics [id] [--explain | --compare | --format csv]` */
export const metrics: Command = async (context, raw) => {
  const { output, clock } = context;
  const asked = parseInput(metricsInputSchema, raw);
  const { id: metricId, timeZone, repository, format } = asked;
  const filter = filterOf(asked);
  return withAdjutant(context, async ({ handle: whole }) => {
    const window = windowOf(asked, clock.now(), whole.timeZone);
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
      const windows = beforeWindow(window, clock.now());
      const compared = await handle.compareMetric({ ...question, ...windows });
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
