import type { MetricAnswer, MetricComparison } from '@adjutant/core';
import type { Window } from '@adjutant/core/domain';
import { AdjutantError } from '@adjutant/core/ports';
import type { PageCall } from './define-page.ts';

/** A figure of a page, or why it cannot be told for what the page is narrowed to. */
export type FigureReading =
  | { metricId: string; answer: MetricAnswer; refused: null }
  | { metricId: string; answer: null; refused: string };

/** Returns a figure for the page's window and repository, or why it has none for them. */
export async function readFigure(call: PageCall, metricId: string): Promise<FigureReading> {
  const { handle, query } = call;
  try {
    const answer = await handle.metric({ metricId, ...questionOf(call) });
    return { metricId, answer, refused: null };
  } catch (error) {
    const cannotBeNarrowed =
      AdjutantError.isInstance(error) && error.code === 'InvalidInput' && query.repository !== null;
    if (!cannotBeNarrowed) throw error;
    return { metricId, answer: null, refused: error.message };
  }
}

/** Returns what a figure is asked for, as the address of the page says. */
export function questionOf({ query }: PageCall): { window: Window; repository?: string } {
  const { window, repository } = query;
  return { window, ...(repository === null ? {} : { repository }) };
}

/** Returns how a figure changed against the window of the same length before; null where it cannot be asked. */
export async function compareFigure(
  call: PageCall,
  metricId: string,
): Promise<MetricComparison | null> {
  const { handle, query } = call;
  const { from, to } = query.window;
  const before = { from: Math.max(0, from - (to - from)), to: from };
  const { repository } = questionOf(call);
  try {
    return await handle.compareMetric({
      metricId,
      before,
      after: query.window,
      ...(repository === undefined ? {} : { repository }),
    });
  } catch (error) {
    if (AdjutantError.isInstance(error) && error.code === 'InvalidInput') return null;
    throw error;
  }
}
