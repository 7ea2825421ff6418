import { delimiter, isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AdjutantError } from '@adjutant/core/ports';
import type { MetricDefinition, MetricSet } from '@adjutant/core/domain';
import { allMetrics } from '@adjutant/metrics';
import { checkedPath, thisUser } from './config/checked-file.ts';
import type { Io } from './io.ts';

/**
 * Names files with metrics of one's own, from the root. A variable and not the configuration: that one
 * may lie in somebody else's clone, and a clone runs nothing; nor does it where the variable of all
 * shells names a relative path and somebody stands in a clone that has one.
 */
const variable = 'ADJUTANT_METRICS';

/**
 * Returns every metric of this package, and those that the files named in the environment export.
 * @throws AdjutantError `Configuration` for a file that cannot be loaded, or an id that is taken
 */
export async function metricsFor({ env }: Pick<Io, 'env'>): Promise<MetricSet> {
  const files = (env[variable] ?? '').split(delimiter).filter((file) => file !== '');
  if (files.length === 0) return allMetrics;
  const metrics: MetricDefinition[] = [...allMetrics.metrics];
  for (const file of files) {
    if (!isAbsolute(file)) throw refusal(file, 'The path does not begin at the root.');
    const path = checkedPath(file, thisUser());
    for (const metric of await metricsIn(path)) {
      if (metrics.some(({ id }) => id === metric.id)) {
        throw refusal(path, `There already is a metric "${metric.id}".`);
      }
      metrics.push(metric);
    }
  }
  return { ...allMetrics, metrics };
}

async function metricsIn(path: string): Promise<MetricDefinition[]> {
  const { parseMetricDefinition } = await import('@adjutant/core');
  let exported: Record<string, unknown>;
  try {
    exported = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'it is no module';
    throw refusal(path, `It cannot be loaded: ${reason}.`, cause);
  }
  const found = Object.values(exported);
  if (found.length === 0) throw refusal(path, 'It exports nothing.');
  return found.map((value) => {
    try {
      return parseMetricDefinition(value);
    } catch (cause) {
      throw refusal(path, cause instanceof Error ? cause.message : 'It is wrong.', cause);
    }
  });
}

function refusal(path: string, reason: string, cause?: unknown): AdjutantError {
  return new AdjutantError('Configuration', `The metrics in ${path} are not used. ${reason}`, {
    hint: `Correct the file, or take it out of ${variable}. Each of its exports is a metric.`,
    cause,
  });
}
