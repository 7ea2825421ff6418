import type { SprintReport, SprintVelocityAnswer } from '@adjutant/core';
import type { SprintAmount, SprintShare, SprintSummary } from '@adjutant/core/domain';
import {
  countOf,
  formatDay,
  formatNumber,
  formatShare,
  html,
  type SafeHtml,
} from '@adjutant/insights';
import { dataTable } from '../components/data-table.ts';
import { emptyState } from '../components/empty-state.ts';
import { freshness } from '../components/freshness.ts';
import { pageHead, pageSection } from '../components/page-head.ts';
import { workLink } from '../components/query-links.ts';
import { statBand } from '../components/stat-band.ts';
import { definePage } from '../define-page.ts';
import { velocityChart } from '../views/velocity-chart.ts';

const mostSprints = 40;
const velocityOf = 10;
const mostItems = 250;

/** The present sprint and earlier ones: what was planned, what changed, what was done. */
export const sprintPage = definePage({
  path: '/sprint',
  title: 'Sprint',
  role: 'member',
  hasFilters: false,
  async render({ handle, person, url }) {
    const { items, meta } = await handle.sprints.list({ limit: mostSprints });
    const { timeZone } = handle;
    if (items.length === 0) {
      const nothing = emptyState({
        title: 'No sprint is known',
        expect:
          'With Jira connected: what a sprint took on, what came in and went out meanwhile, what was done and carried over, and how much the last ones completed.',
        next: {
          say: 'Connect Jira, then read it once.',
          command: 'adjutant init',
          ...(person.viewer.role === 'admin' ? { link: { href: '/setup', label: 'Set-up' } } : {}),
        },
      });
      return { body: html`${pageHead('Sprint')}${nothing}${freshness({ meta, timeZone })}` };
    }
    const asked = url.searchParams.get('sprint');
    const chosen =
      items.find(({ id }) => id === asked) ??
      items.find(({ state }) => state !== 'future') ??
      items[0];
    if (chosen === undefined) return { body: pageHead('Sprint') };
    const report = await handle.sprints.report(chosen.id);
    const velocity = await handle.sprints.velocity({ last: velocityOf });
    return {
      title: `Sprint ${chosen.name}`,
      body: html`${pageHead(chosen.name, lead(report, timeZone))}${chooser(items, chosen.id)}${figures(report)}${changes(report)}${itemTable(report)}${velocityPart(velocity, timeZone)}${notes([...report.caveats, ...velocity.caveats])}${freshness({ meta, timeZone, gaps: [...new Set([...report.gaps, ...velocity.gaps])] })}`,
    };
  },
});

function lead({ sprint, progress }: SprintReport, timeZone: string): string {
  const { startedAt, plannedEndAt, completedAt, source } = sprint;
  const from = startedAt === null ? 'not begun' : `from ${formatDay(startedAt, timeZone)}`;
  const end = completedAt ?? plannedEndAt;
  const to = end === null ? '' : ` to ${formatDay(end, timeZone)}`;
  const words = {
    not_started: 'It has not begun.',
    so_far: 'It runs: every figure is as of now.',
    final: 'It is over.',
    unknown_end: 'When it ended is not known.',
  };
  return `${source}, ${from}${to}. ${words[progress]}`;
}

function chooser(items: readonly SprintSummary[], chosen: string): SafeHtml {
  const options = items.map(({ id, name, state }) =>
    id === chosen
      ? html`<option value="${id}" selected>${name} (${state})</option>`
      : html`<option value="${id}">${name} (${state})</option>`,
  );
  return html`<form method="get" action="/sprint" class="filter-form"><label>Sprint<select name="sprint">${options}</select></label><button class="plain">Show</button></form>`;
}

function figures(report: SprintReport): SafeHtml {
  const { commitment, completed, carryOver, reliability } = report;
  const stat = (id: string, label: string, amount: SprintAmount | null, note: string) => ({
    id,
    label,
    figure: amount === null ? 'unknown' : countOf(amount.items, 'item'),
    isKnown: amount !== null,
    href: '#items',
    sample: amount === null ? '' : pointsWords(amount),
    notes: [note],
  });
  return statBand(
    [
      stat('commitment', 'Taken on', commitment, 'in it and not done at the start'),
      stat('completed', 'Done', completed, 'planned or not'),
      stat('carry-over', 'Carried over', carryOver, 'in it and not done'),
      {
        id: 'reliability',
        label: 'Planned and done',
        figure: reliability.items === null ? 'unknown' : formatShare(reliability.items),
        isKnown: reliability.items !== null,
        href: null,
        sample: shareWords(reliability),
      },
    ],
    'The sprint in figures',
  );
}

function changes({
  added,
  removed,
  reEstimated,
  addedShare,
  removedShare,
}: SprintReport): SafeHtml {
  const row = (name: string, amount: SprintAmount | null, share: SprintShare | null) => [
    name,
    amount?.items ?? null,
    amount?.points ?? null,
    share?.items === null || share === null ? null : formatShare(share.items),
  ];
  return pageSection(
    { id: 'scope', title: 'How its scope changed' },
    dataTable({
      id: 'scope-changes',
      caption: 'What came in and went out after the start',
      columns: [
        { id: 'what', title: 'What' },
        { id: 'items', title: 'Items', isNumber: true },
        { id: 'points', title: 'Points', isNumber: true },
        { id: 'share', title: 'Of what was planned', isNumber: true },
      ],
      rows: [
        row('Came in', added, addedShare),
        row('Went out', removed, removedShare),
        row('Estimated anew', reEstimated, null).with(3, '–'),
      ],
    }),
  );
}

const outcomes = {
  completed: 'done',
  carried_over: 'carried over',
  removed: 'went out',
  done_before: 'done before',
  came_and_went: 'came and went',
} as const;

function itemTable({ items }: SprintReport): SafeHtml {
  return pageSection(
    {
      id: 'items',
      title: 'Items',
      lead: `${countOf(items.length, 'item')}${items.length > mostItems ? `, of which the first ${mostItems} stand here` : ''}`,
    },
    dataTable({
      id: 'item-list',
      caption: 'Items of the sprint',
      hasFilter: true,
      columns: [
        { id: 'item', title: 'Item' },
        { id: 'scope', title: 'How it came' },
        { id: 'outcome', title: 'What became of it' },
        { id: 'points', title: 'Points', isNumber: true },
      ],
      rows: items
        .slice(0, mostItems)
        .map(({ id, key, title, scope, outcome, pointsAtEnd }) => [
          html`<a href="${workLink(id)}">${key}</a> <span class="quoted">${title}</span>`,
          scope.replaceAll('_', ' '),
          outcomes[outcome],
          pointsAtEnd,
        ]),
    }),
  );
}

function velocityPart(
  { sprints, items, points, advice }: SprintVelocityAnswer,
  timeZone: string,
): SafeHtml {
  const range = (name: string, found: SprintVelocityAnswer['items']): string =>
    found === null
      ? `${name}: unknown`
      : `${name}: median ${formatNumber(found.median, 1)}, from ${formatNumber(found.lowest, 1)} to ${formatNumber(found.highest, 1)} over ${countOf(found.sampleSize, 'sprint')}`;
  const words =
    advice.status === 'advised'
      ? `${advice.reason} ${formatNumber(advice.items, 1)} items${advice.points === null ? '' : `, ${formatNumber(advice.points, 1)} points`}.`
      : advice.message;
  return pageSection(
    {
      id: 'velocity',
      title: 'What past sprints completed',
      lead: `${range('Items', items)}. ${range('Points', points)}.`,
    },
    html`${velocityChart(sprints)}<p>For the next one: ${words}</p>${dataTable({
      id: 'velocity-sprints',
      caption: 'Closed sprints, newest first',
      columns: [
        { id: 'sprint', title: 'Sprint' },
        { id: 'ended', title: 'Ended' },
        { id: 'taken', title: 'Taken on', isNumber: true },
        { id: 'done', title: 'Done', isNumber: true },
        { id: 'points', title: 'Points done', isNumber: true },
      ],
      rows: sprints.map(({ id, name, completedAt, plannedEndAt, commitment, velocity }) => [
        html`<a href="/sprint?sprint=${encodeURIComponent(id)}">${name}</a>`,
        completedAt === null && plannedEndAt === null
          ? null
          : formatDay(completedAt ?? plannedEndAt ?? 0, timeZone),
        commitment?.items ?? null,
        velocity?.items ?? null,
        velocity?.points ?? null,
      ]),
    })}`,
  );
}

function notes(sentences: readonly string[]): SafeHtml | null {
  if (sentences.length === 0) return null;
  return html`<ul class="caveats">${[...new Set(sentences)].map((sentence) => html`<li>${sentence}</li>`)}</ul>`;
}

function pointsWords({ points, unestimated }: SprintAmount): string {
  const known = points === null ? 'points unknown' : `${formatNumber(points, 1)} points`;
  return unestimated === 0 ? known : `${known}, ${unestimated} without an estimate`;
}

function shareWords({ points }: SprintShare): string {
  return points === null ? 'by items' : `${formatShare(points)} by points`;
}
