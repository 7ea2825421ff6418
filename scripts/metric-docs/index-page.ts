import { examples } from './examples.ts';
import type { MetricDoc, OtherSystem } from './metric-doc.ts';
import { type Metric, notice, seriesWord, unitWords } from './metric-page.ts';

export interface IndexEntry {
  metric: Metric;
  doc: MetricDoc;
}

/** Returns the page that lists all metrics and says what holds for each of them. */
export function indexPage(entries: readonly IndexEntry[], factsVersion: number): string {
  const rows = entries.map(
    ({ metric, doc }) =>
      `| [\`${metric.id}\`](${metric.id}.md) | ${doc.answers} | ${unitWords[metric.unit]} | ${seriesWord(metric, doc)} | ${metric.version} |`,
  );
  return `${notice}

# Metrics

| id | what it answers | unit | series | version |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

${howToRead}

${conventions(factsVersion)}

## The examples

Three sets of rows, worked by hand, with which the pages compute. All instants are UTC, in 2026.

${examples.map(({ title, text }) => `### ${title}\n\n${text}`).join('\n\n')}

## Other systems

${sourcesRead}

${comparison(entries)}

How a value is read and checked: [concepts](../concepts/metrics.md).
`;
}

const howToRead = `## How to read a page

1. **The question**, then the definition: what is counted, from where to where. The same text comes with every value.
2. **The table**: the unit; the window, that is, which instant of a row must lie inside it; what the series is of.
3. **Formula**: the same in short. \`p50\` is the median, \`÷\` divides counts or sums.
4. **Timeline**: an example, drawn in order and not to scale. The blue bracket is what is measured; hollow dots and grey words do not count. The text alternative says the same.
5. **Edge cases**: what is done where rows are missing, late or contradict each other.
6. **Beside other systems**: why another tool gives another number on the same rows.
7. **How it can mislead**: what changes the figure without a change in delivery. Read it before setting a target.`;

function conventions(factsVersion: number): string {
  return `## What holds for all of them

- **Percentiles** are continuous: linear between the two closest ranks. The median of 10, 20, 30 and 100 is 25.
- **Unknown is null**, with a sentence that says why. A 0 is a 0 that was seen. Where a window holds no row at all, a figure is null, because no row cannot tell "nothing happened" from "nothing is connected".
- **Time that runs backwards** (a deployment before its merge, a commit after its opening) is unknown, never negative.
- **Days and weeks** are those of the time zone that a question names, else of the configured one, else of UTC; where the clocks change a day has 23 or 25 hours. Weeks begin on Monday. Only those wholly inside the window and wholly past count; empty ones stay.
- **Stages** of a pull request (facts version ${factsVersion}) are coding, pickup, review and deployment. With the time that none of them explains they sum to the total of that pull request. Merge wait, from the last approval to the merge, is the tail of review and no fifth summand.
- **Bots** end no pickup. Pull requests that bots opened are counted, and a sentence says how many they are.
- **Rows** come one per id: the store holds a pull request, deployment or release once, however often it is delivered. A metric takes rows as they come.`;
}

const sourcesRead = `What is said of others was read in their code: DevLake at commit 420e494 (May 2026), Middleware at 5471e35 (August 2025), Four Keys at 6cc642e (January 2024, not maintained since). They may have changed. A number stands here only where it was computed by their rule on the same rows; a dash says that it was not.`;

function comparison(entries: readonly IndexEntry[]): string {
  const rows = entries.flatMap(({ metric, doc }) => {
    const { worked } = doc;
    if (worked === undefined) return [];
    const numberOf = (system: OtherSystem): string =>
      doc.differsFrom.find((difference) => difference.system === system)?.number ?? '–';
    return [
      `| [${metric.title}](${metric.id}.md#beside-other-systems) | ${worked.example} | ${worked.shown} | ${numberOf('DevLake')} | ${numberOf('Middleware')} | ${numberOf('Four Keys')} | ${worked.why} |`,
    ];
  });
  return [
    '| metric | example | Adjutant | DevLake | Middleware | Four Keys | why they differ |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    'Of an even number of values, as 10, 20, 30 and 100, the median is 25 here and 20 in DevLake; the mean, which Middleware takes, is 40.',
  ].join('\n');
}
