import parsePrometheusTextFormat from 'parse-prometheus-text-format';
import { z } from 'zod';

const metricSchema = z.object({
  labels: z.record(z.string(), z.string()).optional(),
  value: z.string().optional(),
  buckets: z.record(z.string(), z.string()).optional(),
  count: z.string().optional(),
  sum: z.string().optional(),
});
const familySchema = z.object({
  name: z.string(),
  help: z.string(),
  type: z.string(),
  metrics: z.array(metricSchema),
});

/** A metric with everything that was told of it. */
export type Family = z.infer<typeof familySchema>;

/** Returns what a published parser reads in a scrape. */
export function readExposition(text: string): Family[] {
  return z.array(familySchema).parse(parsePrometheusTextFormat(text));
}

/** Returns the value of a series; null where there is none. */
export function valueOf(
  families: readonly Family[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | null {
  const family = families.find((one) => one.name === name);
  const found = family?.metrics.filter(({ labels: own = {} }) =>
    Object.entries(labels).every(([label, value]) => own[label] === value),
  );
  if (found !== undefined && found.length > 1) throw new Error(`${name} has several such series.`);
  const value = found?.[0]?.value;
  return value === undefined ? null : Number(value);
}

export interface Series {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const linePattern = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const labelPattern = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\[\\n"])*)"(?:,|$)/y;

/**
 * Returns every series of a scrape, read by the grammar and nothing more generous: the published
 * parser folds the parts of a histogram into one and drops their labels.
 */
export function readSeries(text: string): Series[] {
  const seen = new Set<string>();
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('# HELP ') && !line.startsWith('# TYPE '))
    .map((line) => {
      const [, name = '', labels = '', value = ''] = linePattern.exec(line) ?? [];
      const read = {
        name,
        labels: readLabels(labels),
        value: Number(value.replace('Inf', 'Infinity')),
      };
      const key = JSON.stringify([name, Object.entries(read.labels).toSorted()]);
      if (name === '' || Number.isNaN(read.value) || seen.has(key)) {
        throw new Error(`This is no series, or one that stands there twice: ${line}`);
      }
      seen.add(key);
      return read;
    });
}

function readLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  labelPattern.lastIndex = 0;
  while (labelPattern.lastIndex < text.length) {
    const [, name, value] = labelPattern.exec(text) ?? [];
    if (name === undefined || value === undefined) throw new Error(`These are no labels: ${text}`);
    labels[name] = value.replaceAll(/\\(.)/g, (_, character: string) =>
      character === 'n' ? '\n' : character,
    );
  }
  return labels;
}
