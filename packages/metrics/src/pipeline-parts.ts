import type { MetricPart } from '@adjutant/core/domain';
import { counted } from './caveats.ts';
import { type NumberColumn, summarizeHours } from './durations.ts';

/** A figure with more parts than this is a list, and nobody reads it. */
export const mostPipelineParts = 20;
const longestName = 80;

/** The cases of one pipeline, by position. */
export interface Pipeline {
  name: string;
  positions: readonly number[];
}

/** Groups cases by the name of their pipeline: the one with most cases first, then by name. */
export function byPipeline(names: readonly string[], positions: readonly number[]): Pipeline[] {
  const groups = new Map<string, number[]>();
  for (const position of positions) {
    const name = names[position] ?? '';
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [position]);
    else group.push(position);
  }
  return [...groups]
    .map(([name, group]) => ({ name, positions: group }))
    .toSorted(
      (one, other) =>
        other.positions.length - one.positions.length || (one.name < other.name ? -1 : 1),
    );
}

/** One part for each of the first pipelines. Their names come from outside and are cut where long. */
export function pipelineParts(
  pipelines: readonly Pipeline[],
  measure: (pipeline: Pipeline) => Omit<MetricPart, 'id' | 'title'>,
  most: number = mostPipelineParts,
): MetricPart[] {
  return pipelines.slice(0, most).map((pipeline) => {
    const title = pipeline.name.slice(0, longestName);
    return { id: `pipeline:${title}`, title, ...measure(pipeline) };
  });
}

/** One part for each of the first pipelines: the median of its durations. @unit hours */
export function medianParts(pipelines: readonly Pipeline[], durations: NumberColumn): MetricPart[] {
  return pipelineParts(pipelines, ({ positions }) => {
    const summary = summarizeHours(positions.map((row) => durations[row] ?? null));
    return { value: summary.p50, ...summary };
  });
}

/** Says how many pipelines have no part of their own. */
export function leftOutCaveat(pipelines: readonly Pipeline[], most = mostPipelineParts): string[] {
  const left = pipelines.length - most;
  if (left <= 0) return [];
  const shown = counted(most, 'pipeline');
  return [
    `Of ${counted(pipelines.length, 'pipeline')} only ${shown} are shown as parts; the figure counts all.`,
  ];
}
