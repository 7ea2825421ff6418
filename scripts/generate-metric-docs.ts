// Writes docs/metrics from the definitions: one page per metric and an index. `--check` writes
// nothing and fails where a page differs from its definition.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allMetrics } from '../packages/metrics/src/index.ts';

type Metric = (typeof allMetrics.metrics)[number];

const folder = fileURLToPath(new URL('../docs/metrics/', import.meta.url));
const unitWords: Record<Metric['unit'], string> = {
  ms: 'milliseconds',
  hours: 'hours',
  days: 'days',
  per_day: 'per day',
  per_week: 'per week',
  count: 'count',
  share: 'share of 1',
};
const notice =
  '<!-- Written by scripts/generate-metric-docs.ts from the definition; edit that, not this page. -->';

/** Returns every page of docs/metrics by file name. */
export function metricPages(metrics: readonly Metric[] = allMetrics.metrics): Map<string, string> {
  const pages = new Map(metrics.map((metric) => [`${metric.id}.md`, metricPage(metric)]));
  return pages.set('README.md', indexPage(metrics));
}

/** Returns the names of pages that are missing, differ, or belong to no metric. */
export function stalePages(pages: Map<string, string>): string[] {
  const present = new Set(readdirSync(folder));
  const changed = [...pages].filter(
    ([name, text]) => !present.has(name) || readFileSync(join(folder, name), 'utf8') !== text,
  );
  const orphans = [...present].filter((name) => !pages.has(name));
  return [...changed.map(([name]) => name), ...orphans].toSorted();
}

function metricPage(metric: Metric): string {
  const window =
    metric.windowColumn === null
      ? 'every row, as of the instant of the figure'
      : `rows whose \`${metric.windowColumn}\` lies inside the window`;
  return `${notice}

# ${metric.title}

${metric.definition}

| | |
| --- | --- |
| id | \`${metric.id}\` |
| unit | ${unitWords[metric.unit]} |
| definition version | ${metric.version} |
| one row per | ${metric.subject.replaceAll('_', ' ')} |
| window | ${window} |
| columns read | ${metric.columns.map((column) => `\`${column}\``).join(', ')} |
| wording | ${metric.better === 'neutral' ? 'neither direction is called better' : `${metric.better} is called better`} |
| source | ${metric.source} |

Code: [\`packages/metrics\`](../../packages/metrics/src). Conventions: [all metrics](README.md).
`;
}

function indexPage(metrics: readonly Metric[]): string {
  const rows = metrics.map(
    ({ id, title, unit, version }) =>
      `| [\`${id}\`](${id}.md) | ${title} | ${unitWords[unit]} | ${version} |`,
  );
  return `${notice}

# Metrics

| id | title | unit | version |
| --- | --- | --- | --- |
${rows.join('\n')}

## What holds for all of them

- **Percentiles** are continuous: linear between the two closest ranks. The median of 10, 20, 30 and 100 is 25.
- **Unknown is null**, with a sentence that says why. A 0 is a 0 that was seen. Where a window holds no row at all, a figure is null, because no row cannot tell "nothing happened" from "nothing is connected".
- **Time that runs backwards** (a deployment before its merge, a commit after its opening) is unknown, never negative.
- **Weeks** are ISO weeks from Monday 00:00 UTC. Only weeks wholly inside the window and wholly past count; empty ones stay.
- **Stages** of a pull request (facts version ${allMetrics.pullRequestFacts.version}) are coding, pickup, review and deployment. With the time that none of them explains they sum to the total of that pull request. Merge wait, from the last approval to the merge, is the tail of review and no fifth summand.
- **Bots** end no pickup. Pull requests that bots opened are counted, and a sentence says how many they are.
- **Rows** come one per id: the store holds a pull request, deployment or release once, however often it is delivered. A metric takes rows as they come.

How a value is read and checked: [concepts](../concepts/metrics.md).
`;
}

function run(arguments_: readonly string[]): number {
  const pages = metricPages();
  mkdirSync(folder, { recursive: true });
  const stale = stalePages(pages);
  if (arguments_.includes('--check')) {
    if (stale.length === 0) return 0;
    process.stderr.write(
      `docs/metrics differs from the definitions: ${stale.join(', ')}. ` +
        'Run "node --conditions=@adjutant/source scripts/generate-metric-docs.ts".\n',
    );
    return 1;
  }
  for (const name of stale) {
    const text = pages.get(name);
    if (text === undefined) rmSync(join(folder, name));
    else writeFileSync(join(folder, name), text);
  }
  process.stdout.write(`docs/metrics: ${pages.size} pages, ${stale.length} written or removed.\n`);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exitCode = run(process.argv.slice(2));
