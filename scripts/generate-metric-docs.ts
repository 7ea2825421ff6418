// Writes docs/metrics from the definitions and from what scripts/metric-docs tells beyond them: one
// page and one picture per metric, and an index. `--check` writes nothing and fails where one differs.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allMetrics } from '../packages/metrics/src/index.ts';
import { drawTimeline } from './metric-docs/draw-timeline.ts';
import { metricDocs } from './metric-docs/index.ts';
import { indexPage } from './metric-docs/index-page.ts';
import { type Metric, metricPage } from './metric-docs/metric-page.ts';

const folder = fileURLToPath(new URL('../docs/metrics/', import.meta.url));

/**
 * Returns every file of docs/metrics by its name.
 * @throws Error where a metric has no entry in scripts/metric-docs, or an entry no metric
 */
export function metricPages(
  metrics: readonly Metric[] = allMetrics.metrics,
  docs = metricDocs,
): Map<string, string> {
  const orphans = Object.keys(docs).filter((id) => metrics.every((metric) => metric.id !== id));
  if (orphans.length > 0) throw new Error(`There is no metric ${orphans.join(', ')}.`);
  const pages = new Map<string, string>();
  const entries = metrics.map((metric) => {
    const doc = docs[metric.id];
    if (doc === undefined) throw new Error(`scripts/metric-docs has no entry of ${metric.id}.`);
    pages.set(`${metric.id}.md`, metricPage(metric, doc));
    pages.set(`pictures/${metric.id}.svg`, drawTimeline(metric.id, doc.timeline));
    return { metric, doc };
  });
  return pages.set('README.md', indexPage(entries, allMetrics.pullRequestFacts.version));
}

/** Returns the names of files that are missing, differ, or belong to no metric. */
export function stalePages(pages: Map<string, string>): string[] {
  const present = new Set(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length))
      .map((name) => name.split(sep).join('/')),
  );
  const changed = [...pages].filter(
    ([name, text]) => !present.has(name) || readFileSync(join(folder, name), 'utf8') !== text,
  );
  const orphans = [...present].filter((name) => !pages.has(name));
  return [...changed.map(([name]) => name), ...orphans].toSorted();
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
    const path = join(folder, name);
    const text = pages.get(name);
    mkdirSync(dirname(path), { recursive: true });
    if (text === undefined) rmSync(path);
    else writeFileSync(path, text);
  }
  process.stdout.write(`docs/metrics: ${pages.size} files, ${stale.length} written or removed.\n`);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exitCode = run(process.argv.slice(2));
