import type { MetricAnswer, WorkspaceHandle } from '@adjutant/core';
import {
  type Chart,
  countOf,
  formatFigure,
  formatHours,
  html,
  partsChart,
  pieChart,
  type SafeHtml,
  type TriagedRequest,
  triagePullRequests,
} from '@adjutant/insights';
import { dataTable, inOrder, type TableColumn, tableOrder } from '../components/data-table.ts';
import { emptyState } from '../components/empty-state.ts';
import { metricPlot } from '../components/metric-plot.ts';
import { metricStat } from '../components/metric-stat.ts';
import { pageHead, pageSection } from '../components/page-head.ts';
import { freshnessOf, plot, plots } from '../components/plot.ts';
import { changedAddress, workLink } from '../components/query-links.ts';
import { statBand } from '../components/stat-band.ts';
import { nextStepFor, nothingReadYet } from '../components/what-to-connect.ts';
import { definePage, type PageCall } from '../define-page.ts';
import { inTurns } from '../in-turns.ts';
import { compareFigure, type FigureReading, readFigure } from '../read-figure.ts';

const banded = [
  { id: 'throughput', label: 'Merged' },
  { id: 'pull_request_cycle_time', label: 'Opened to merged' },
  { id: 'time_to_first_response', label: 'First response' },
  { id: 'open_work', label: 'Open now' },
  { id: 'stale_pull_requests', label: 'Quiet for 14 days' },
] as const;
const drawnToo = [
  'pull_request_stages',
  'pull_request_size',
  'merged_without_review',
  'review_rounds',
];
const mostRows = 60;

const expect =
  'Here will stand how many pull requests are merged, how long each stage takes, how long reviews take, and which are open: how old, and whose turn it is.';

/** How pull requests pass review. */
export const pullRequestsPage = definePage({
  path: '/pull-requests',
  title: 'Pull requests',
  role: 'member',
  hasFilters: true,
  async render(call) {
    const ids = [...banded.map(({ id }) => id), ...drawnToo];
    const readings = await inTurns(ids, (id) => readFigure(call, id));
    const of = (id: string): FigureReading | undefined =>
      readings.find(({ metricId }) => metricId === id);
    const meta = readings.find(({ answer }) => answer !== null)?.answer?.meta;
    const empty = meta === undefined ? null : nothingReadYet(meta, expect);
    if (empty !== null) return { body: html`${pageHead('Pull requests')}${empty}` };
    const comparisons = await inTurns(banded.slice(0, 3), ({ id }) => compareFigure(call, id));
    const stats = banded.flatMap(({ id, label }, place) => {
      const reading = of(id);
      const comparison = comparisons[place] ?? null;
      return reading === undefined
        ? []
        : [metricStat(reading, { label, query: call.query, comparison })];
    });
    const open = await openRequests(call);
    return {
      body: html`${pageHead('Pull requests', 'How changes pass review, and what waits now.')}${statBand(stats, 'Figures of pull requests')}${openPart(call, open, of('open_work')?.answer ?? null)}${figurePart(call, of)}`,
    };
  },
});

function figurePart(call: PageCall, of: (id: string) => FigureReading | undefined): SafeHtml {
  const stages = (id: string, { title, unit, parts }: MetricAnswer): Chart | null =>
    partsChart({ id, title, unit, parts });
  const drawn: { id: string; title?: string; draw?: typeof stages }[] = [
    { id: 'pull_request_stages', draw: stages },
    { id: 'throughput' },
    { id: 'time_to_first_response' },
    { id: 'pull_request_cycle_time' },
    { id: 'pull_request_size' },
    { id: 'merged_without_review' },
    { id: 'review_rounds' },
  ];
  const items = drawn.flatMap(({ id, ...options }) => {
    const reading = of(id);
    return reading === undefined ? [] : [metricPlot(call, reading, options)];
  });
  return pageSection({ id: 'figures', title: 'How they pass' }, plots(items));
}

interface OpenRequest extends TriagedRequest {
  repository: string | null;
  ageHours: number | null;
  sizeLines: number | null;
}

/** What is open, in the order of triage, with what its subject says of age, size and repository. */
async function openRequests({ handle, query }: PageCall): Promise<OpenRequest[]> {
  const triaged = await triagePullRequests(handle);
  const subjects = await subjectsById(handle);
  return triaged
    .map((request): OpenRequest => {
      const subject = subjects.get(request.id);
      return {
        ...request,
        repository: subject?.repository ?? null,
        ageHours: subject?.ageHours ?? null,
        sizeLines: subject?.sizeLines ?? null,
      };
    })
    .filter(({ repository }) => query.repository === null || repository === query.repository);
}

async function subjectsById(handle: WorkspaceHandle) {
  const subjects = await handle.signals.subjects('pull_request');
  return new Map(subjects.map((subject) => [subject.id, subject]));
}

const waitingWords: Readonly<Record<TriagedRequest['waitingFor'], string>> = {
  review: 'a review',
  author: 'its author',
  merge: 'the merge',
  nobody: 'nobody',
};

const columns: readonly TableColumn[] = [
  { id: 'key', title: 'Pull request' },
  { id: 'title', title: 'Title' },
  { id: 'waiting', title: 'Waits for', isSortable: true },
  { id: 'since', title: 'For', isNumber: true, isSortable: true },
  { id: 'age', title: 'Age', isNumber: true, isSortable: true },
  { id: 'size', title: 'Lines', isNumber: true, isSortable: true },
  { id: 'why', title: 'Why it comes here' },
];

function openPart(
  call: PageCall,
  all: readonly OpenRequest[],
  answer: MetricAnswer | null,
): SafeHtml {
  const { url, now } = call;
  const heading = {
    id: 'open',
    title: 'Open now',
    lead: 'Drafts left out. Unless sorted otherwise: what takes back or mends first, then by risk, wait and what waits for it.',
  };
  if (all.length === 0) {
    return pageSection(
      heading,
      emptyState({
        title: 'Nothing is open',
        expect: 'Open pull requests will be listed here, those that need somebody first.',
        next:
          answer?.value === null
            ? nextStepFor('pull_request')
            : { say: 'nothing to do: every one is merged or closed.' },
      }),
    );
  }
  const wanted = url.searchParams.get('waiting');
  const chosen = all.filter(({ waitingFor }) => wanted === null || waitingFor === wanted);
  const isSorted = url.searchParams.has('sort');
  const order = tableOrder(url, columns, { column: '', direction: 'descending' });
  const ordered = isSorted
    ? inOrder(chosen, order, (one) => sortValue(one, order.column, now))
    : chosen;
  const rows = ordered
    .slice(0, mostRows)
    .map((request) => [
      html`<a href="${workLink(request.id)}"><bdi>${request.key}</bdi></a>`,
      html`<bdi class="wide-cell">${request.title ?? ''}</bdi>${request.repository !== null && html`<bdi class="quiet">${request.repository}</bdi>`}`,
      waitingWords[request.waitingFor],
      request.since === null ? null : formatHours((now - request.since) / 3_600_000),
      request.ageHours === null ? null : formatHours(request.ageHours),
      request.sizeLines === null ? null : formatFigure(request.sizeLines, 'count'),
      html`<span class="wide-cell">${reasonsOf(request)}</span>`,
    ]);
  const cut = ordered.length - rows.length;
  return pageSection(heading, [
    waitingPlot(call, all, answer),
    waitingLinks(url, all, wanted),
    dataTable({
      id: 'open-table',
      caption: countOf(chosen.length, 'open pull request'),
      columns,
      rows,
      order,
      url,
      hasFilter: true,
    }),
    cut > 0
      ? html`<p class="quiet">${countOf(cut, 'more', 'more')} behind these: narrow the page to a repository or a team.</p>`
      : null,
  ]);
}

/** Parts of a whole: each open one waits for exactly one thing. */
function waitingPlot(
  { handle }: PageCall,
  all: readonly OpenRequest[],
  answer: MetricAnswer | null,
): SafeHtml | null {
  if (answer === null) return null;
  const parts = Object.entries(waitingWords).map(([id, words]) => ({
    id,
    label: `Waits for ${words}`,
    value: all.filter(({ waitingFor }) => waitingFor === id).length,
  }));
  const title = 'Whose turn it is';
  const chart = pieChart({ id: 'chart-waiting', title, unit: 'count', parts });
  const fresh = { ...freshnessOf(answer), timeZone: handle.timeZone };
  return plot({ title, chart, instead: html``, fresh });
}

function waitingLinks(url: URL, all: readonly OpenRequest[], wanted: string | null): SafeHtml {
  const links = Object.entries(waitingWords)
    .filter(([id]) => all.some(({ waitingFor }) => waitingFor === id))
    .map(
      ([id, words]) =>
        html`<a href="${changedAddress(url, { waiting: id })}#open"${wanted === id && html` aria-current="true"`}>waits for ${words}</a>`,
    );
  return html`<p class="actions-line"><a href="${changedAddress(url, { waiting: '' })}#open"${wanted === null && html` aria-current="true"`}>all</a>${links}</p>`;
}

/** Reasons in words of ours; whom to ask stands at the pull request's own proposals. */
function reasonsOf({ key, reasons, reviewers, isByBot }: OpenRequest): string {
  const words = reasons.slice(0, 3).map(({ kind, text }, place) =>
    // What a rule says names its subject; any other reason goes on from the key.
    place === 0 && kind !== 'finding' ? `${key} ${text}` : text.replace(/\.$/, ''),
  );
  const asked = reviewers.map(({ displayName }) => displayName);
  return [
    ...words,
    ...(asked.length === 0 ? [] : [`could be asked: ${asked.join(', ')}`]),
    ...(isByBot ? ['opened by a program'] : []),
  ].join('; ');
}

function sortValue(request: OpenRequest, column: string, now: number): string | number | null {
  if (column === 'waiting') return request.waitingFor;
  if (column === 'since') return request.since === null ? null : now - request.since;
  return column === 'age' ? request.ageHours : request.sizeLines;
}
