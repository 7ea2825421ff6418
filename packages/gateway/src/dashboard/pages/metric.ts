import type { ExcludedRows, ExplainedRow, MetricExplanation } from '@adjutant/core';
import type { MetricSubject } from '@adjutant/core/domain';
import {
  countOf,
  evidenceColumn,
  evidenceValue,
  formatFigure,
  formatNumber,
  formatWindow,
  html,
  metricChart,
  partsChart,
  type SafeHtml,
} from '@adjutant/insights';
import { changeNote } from '../components/change-note.ts';
import { dataTable } from '../components/data-table.ts';
import { pageHead, pageSection } from '../components/page-head.ts';
import { pager } from '../components/pager.ts';
import { caveatList, freshnessOf, plot, plots } from '../components/plot.ts';
import { freshness } from '../components/freshness.ts';
import { linkTo, metricLink, workLink } from '../components/query-links.ts';
import { statBand } from '../components/stat-band.ts';
import { insteadOfChart, nextStepFor, nothingReadYet } from '../components/what-to-connect.ts';
import { definePage, type PageCall } from '../define-page.ts';
import { compareFigure, questionOf } from '../read-figure.ts';
import { emptyState } from '../components/empty-state.ts';

const rowsOnPage = 50;
const mostColumns = 7;
/** Columns that stand in the table anyway. */
const shownAnyway = new Set(['key', 'title']);

const reasonWords: Readonly<Record<ExcludedRows['reason'], string>> = {
  written_by_people: 'written by people',
  written_by_coding_agents: 'written by coding agents',
  written_by_service_bots: 'written by bots',
  written_by_others: 'written by others',
  other_label: 'have another label',
  other_work_type: 'are of another kind',
  other_service: 'are of another service',
  not_in_figure: 'lack what the figure is made of; what to know of it says what',
  draft: 'are drafts',
};

/** Rows of these subjects have a page of their own. */
const pageOf: Readonly<Partial<Record<MetricSubject, (id: string) => string>>> = {
  pull_request: workLink,
  deployed_commit: workLink,
  deployment: workLink,
  incident: workLink,
  release: workLink,
  work_item: workLink,
  status_span: workLink,
  action: (id) => `/actions/${encodeURIComponent(id)}`,
};

/** All about one figure: how it is counted, what it was made of and what was left out. */
export const metricPage = definePage({
  path: '/metrics/:id',
  title: 'Figure',
  role: 'member',
  hasFilters: true,
  async render(call) {
    const { handle, parameters, url } = call;
    const metricId = parameters['id'] ?? '';
    const explanation = await handle.explainMetric({
      metricId,
      ...questionOf(call),
      limit: rowsOnPage,
      cursor: url.searchParams.get('cursor') ?? undefined,
    });
    const { value: answer } = explanation;
    const definition = handle.listMetrics().find(({ id }) => id === answer.metricId);
    const subject = definition?.subject ?? null;
    const empty = nothingReadYet(
      answer.meta,
      'Here will stand the figure, how it is counted, its course over time, and every row it was made of.',
    );
    const head = pageHead(
      answer.title,
      html`${formatWindow(answer.window, answer.timeZone)}${call.query.repository !== null && html`, ${call.query.repository}`}`,
    );
    const about = pageSection(
      { id: 'definition', title: 'How it is counted' },
      html`<p class="definition">${answer.definition}</p><p class="quiet definition">${definition?.source ?? ''} Definition version ${answer.definitionVersion}.</p>`,
    );
    if (empty !== null) return { title: answer.title, body: html`${head}${empty}${about}` };
    return {
      title: answer.title,
      body: html`${head}${await band(call, explanation)}${caveatList(answer.caveats)}${freshness(freshnessOf(answer))}${drawings(call, explanation, subject)}${about}${rowsPart(call, explanation, subject)}${excludedPart(explanation)}`,
    };
  },
});

async function band(call: PageCall, { value: answer }: MetricExplanation): Promise<SafeHtml> {
  const { unit, value, sampleSize, p50, p75, p90 } = answer;
  const comparison = await compareFigure(call, answer.metricId);
  const percentiles = [
    { id: 'p50', label: 'Median', known: p50 },
    { id: 'p75', label: 'Three of four within (p75)', known: p75 },
    { id: 'p90', label: 'Nine of ten within (p90)', known: p90 },
  ];
  return statBand(
    [
      {
        id: 'value',
        label: 'Figure',
        figure: formatFigure(value, unit),
        href: null,
        sample: `n ${formatNumber(sampleSize)}`,
        change: value === null || comparison === null ? null : changeNote(comparison),
        isKnown: value !== null,
      },
      ...percentiles.flatMap(({ id, label, known }) =>
        known === null
          ? []
          : [
              {
                id,
                label,
                figure: formatFigure(known, unit),
                href: null,
                sample: '',
                isKnown: true,
              },
            ],
      ),
    ],
    'The figure',
  );
}

function drawings(
  { query, url }: PageCall,
  { value: answer }: MetricExplanation,
  subject: MetricSubject | null,
): SafeHtml {
  const { title, unit, parts, metricId } = answer;
  const overTime = plot({
    title: 'Over time',
    chart: metricChart('chart-series', answer),
    instead: insteadOfChart({
      metricId,
      reason: answer.caveats[0] ?? null,
      subject,
      isKnown: answer.value !== null,
      longer: linkTo(url.pathname, { ...query, days: 90, isUsualRange: false }),
    }),
    fresh: freshnessOf(answer),
  });
  const ofParts = partsChart({ id: 'chart-parts', title, unit, parts });
  const others = parts.filter((part) => part.unit !== undefined && part.unit !== unit);
  const told = others.map(
    (part) =>
      html`<div><dt>${part.title}</dt><dd>${formatFigure(part.value, part.unit ?? unit)} <span class="quiet">n ${formatNumber(part.sampleSize)}</span></dd></div>`,
  );
  // Some figures are of one instant only, and have no course.
  const hasCourse = answer.value === null || answer.series.length > 0;
  const drawn = [
    ...(hasCourse ? [overTime] : []),
    ...(ofParts === null
      ? []
      : [
          plot({
            title: 'Part by part',
            chart: ofParts,
            instead: html``,
            fresh: freshnessOf(answer),
          }),
        ]),
  ];
  return pageSection(
    { id: 'drawn', title: 'Drawn' },
    html`<p class="actions-line"><a href="${download(metricId, query, 'series')}">Download the course as CSV</a></p>${plots(drawn)}${told.length > 0 && html`<dl class="facts part-facts">${told}</dl>`}`,
  );
}

function download(metricId: string, query: PageCall['query'], of: 'rows' | 'series'): string {
  return metricLink(`${metricId}.csv`, query, { of });
}

function rowsPart(
  { query, url }: PageCall,
  explanation: MetricExplanation,
  subject: MetricSubject | null,
): SafeHtml {
  const { items, total, nextCursor, value } = explanation;
  const heading = {
    id: 'rows',
    title: 'The rows behind it',
    lead:
      value.citationId === ''
        ? null
        : html`Check it later in a terminal: <code>adjutant explain ${value.citationId}</code>`,
  };
  if (items.length === 0) {
    return pageSection(
      heading,
      emptyState({
        title: 'No row',
        expect:
          'Each row that the figure was made of will stand here, with the values that were read.',
        next: nextStepFor(subject),
      }),
    );
  }
  const names = [...new Set(items.flatMap(({ values }) => Object.keys(values)))]
    .filter((name) => !shownAnyway.has(name))
    .slice(0, mostColumns);
  const columns = [
    { id: 'key', title: 'Row' },
    { id: 'title', title: 'Title' },
    ...names.map((name) => ({
      id: name,
      title: evidenceColumn(name),
      isNumber: isNumeric(items, name),
    })),
  ];
  const rows = items.map((row) => [
    rowLink(row, subject),
    html`<bdi class="wide-cell">${row.title}</bdi>`,
    ...names.map((name) => evidenceValue(name, row.values[name] ?? null)),
  ]);
  return pageSection(heading, [
    html`<p class="actions-line"><a href="${download(value.metricId, query, 'rows')}">Download the rows as CSV</a></p>`,
    dataTable({ id: 'row-table', caption: `${value.title}: rows`, columns, rows, hasFilter: true }),
    pager({ url, shown: items.length, total, nextCursor }),
  ]);
}

function rowLink({ id, key }: ExplainedRow, subject: MetricSubject | null): SafeHtml {
  const page = subject === null ? undefined : pageOf[subject];
  return page === undefined
    ? html`<bdi>${key}</bdi>`
    : html`<a href="${page(id)}"><bdi>${key}</bdi></a>`;
}

function isNumeric(rows: readonly ExplainedRow[], name: string): boolean {
  return (
    !/At$|^from$|^to$/.test(name) && rows.some(({ values }) => typeof values[name] === 'number')
  );
}

function excludedPart({ excluded, total }: MetricExplanation): SafeHtml {
  const lines = excluded.map(
    ({ reason, count }) => html`<li>${countOf(count, 'row')}: ${reasonWords[reason]}.</li>`,
  );
  const none = html`<p class="quiet">None of the rows that were read: the figure is made of ${total === 1 ? 'the one' : `all ${formatNumber(total)}`}.</p>`;
  return pageSection(
    { id: 'left-out', title: 'What was left out, and why' },
    lines.length === 0 ? none : html`<ul class="lines">${lines}</ul>`,
  );
}
