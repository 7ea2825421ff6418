import { AdjutantError, type AiAdoptionAnswer, type AiImpactAnswer } from '@adjutant/core';
import {
  barChart,
  chartFigure,
  countOf,
  formatDay,
  formatFigure,
  formatHours,
  formatShare,
  html,
  type SafeHtml,
} from '@adjutant/insights';
import { dataTable } from '../components/data-table.ts';
import { emptyState } from '../components/empty-state.ts';
import { freshness } from '../components/freshness.ts';
import { pageHead, pageSection } from '../components/page-head.ts';
import { definePage } from '../define-page.ts';

/** What the marks of coding tools go together with. Never per person. */
export const aiImpactPage = definePage({
  path: '/ai-impact',
  title: 'AI impact',
  role: 'member',
  hasFilters: true,
  async render({ handle, query }) {
    const asked = {
      window: query.window,
      ...(query.repository === null ? {} : { repository: query.repository }),
    };
    const impact = await handle.aiImpact.compare(asked).catch(whereNoneIsComputed);
    if (impact === null) return { body: html`${pageHead('AI impact')}${notComputed}` };
    const adoption = await handle.aiImpact.adoption(asked);
    const { timeZone } = handle;
    const nothing =
      impact.coverage.merged > 0
        ? null
        : emptyState({
            title: 'Nothing was merged in these weeks',
            expect:
              'Pull requests that carry a mark of a coding tool stand beside those declared as made without one: how long they took, and whether they held. No mark is unknown, never human.',
            next:
              impact.meta.syncedAt === null
                ? { say: 'Read the sources once.', command: 'adjutant sync' }
                : { say: 'Choose a longer range above.' },
          });
    return {
      body: html`${pageHead('AI impact', impact.statement)}${nothing ?? html`${comparison(impact)}${quality(impact)}${weeks(adoption, timeZone)}`}${caveats([...impact.caveats, ...adoption.caveats])}${freshness({ meta: impact.meta, timeZone, gaps: [...new Set([...impact.gaps, ...adoption.gaps])] })}`,
    };
  },
});

const notComputed = emptyState({
  title: 'Nothing computes this here',
  expect:
    'Pull requests that carry a mark of a coding tool would stand beside those declared as made without one.',
  next: {
    say: 'Give createAdjutant the metrics of @adjutant/metrics; the command-line program has them.',
    command: 'adjutant serve',
  },
});

/** A host may embed Adjutant without metrics; then there is nothing to compare with. */
function whereNoneIsComputed(error: unknown): null {
  if (AdjutantError.isInstance(error) && error.code === 'Configuration') return null;
  throw error;
}

function comparison({
  arms,
  speed,
  coverage,
  floors,
  strata,
  smallestDetectableShare,
}: AiImpactAnswer): SafeHtml {
  const rows = [arms.assisted, arms.declaredNone].map((arm) => [
    arm.id === 'assisted' ? 'Assisted' : 'Declared as made without',
    arm.pullRequests,
    arm.people,
    hours(arm.medianHours),
    hours(arm.p75Hours),
    hours(arm.p90Hours),
  ]);
  const difference =
    speed === null
      ? html`<p class="quiet">Too little to compare: at least ${floors.peoplePerArm} people and ${floors.pullRequestsPerArm} pull requests on each side.</p>`
      : html`<p>Median difference: <strong>${hours(speed.medianDifferenceHours) ?? 'unknown'}</strong>${speed.medianDifferenceInterval !== null && html` (95 %: ${formatHours(speed.medianDifferenceInterval.low)} to ${formatHours(speed.medianDifferenceInterval.high)})`}${speed.adjustedPValue !== null && html`, p ${speed.adjustedPValue.toFixed(3)} after correction`}.</p>`;
  const mix =
    strata?.simpson === true
      ? html`<p class="note">Within alike pull requests the difference points the other way: the mix of work explains the one above.</p>`
      : null;
  const least =
    smallestDetectableShare === null
      ? null
      : html`<p class="quiet">So many pull requests would show a difference of ${formatShare(smallestDetectableShare)} or more, four times of five.</p>`;
  return pageSection(
    {
      id: 'speed',
      title: 'How long it took',
      lead: `${countOf(coverage.merged, 'merged pull request')}${coverage.unknownShare === null ? '' : `, ${formatShare(coverage.unknownShare)} of them without any mark`}. Goes together with, never caused by.`,
    },
    html`${dataTable({
      id: 'arms',
      caption: 'Durations of pull requests by mark',
      columns: [
        { id: 'arm', title: 'Pull requests' },
        { id: 'count', title: 'How many', isNumber: true },
        { id: 'people', title: 'People', isNumber: true },
        { id: 'median', title: 'Median', isNumber: true },
        { id: 'p75', title: 'p75', isNumber: true },
        { id: 'p90', title: 'p90', isNumber: true },
      ],
      rows,
    })}${difference}${mix}${least}`,
  );
}

function quality({ quality: figures }: AiImpactAnswer): SafeHtml | null {
  if (figures.length === 0) return null;
  const shown = (
    value: number | null,
    unit: 'share' | 'count',
    size: number | null,
  ): SafeHtml | null =>
    value === null
      ? null
      : html`${formatFigure(value, unit)} <span class="quiet">n ${size ?? 'unknown'}</span>`;
  return pageSection(
    { id: 'quality', title: 'Whether it held', lead: 'Speed never stands alone.' },
    dataTable({
      id: 'quality-figures',
      caption: 'Figures of quality by mark',
      columns: [
        { id: 'figure', title: 'Figure' },
        { id: 'assisted', title: 'Assisted', isNumber: true },
        { id: 'without', title: 'Declared without', isNumber: true },
      ],
      rows: figures.map(({ title, unit, assisted, declaredNone }) => [
        title,
        shown(assisted.value, unit, assisted.sampleSize),
        shown(declaredNone.value, unit, declaredNone.sampleSize),
      ]),
    }),
  );
}

function weeks({ weeks: list }: AiAdoptionAnswer, timeZone: string): SafeHtml | null {
  if (list.length === 0) return null;
  return pageSection(
    {
      id: 'weeks',
      title: 'Week by week',
      lead: 'A week that would tell of fewer than five people tells only how much was merged.',
    },
    adoptionChart(list, timeZone) ??
      dataTable({
        id: 'adoption',
        caption: 'Merged pull requests by mark and week',
        columns: [
          { id: 'week', title: 'Week of' },
          { id: 'merged', title: 'Merged', isNumber: true },
          { id: 'agent', title: 'By an agent', isNumber: true },
          { id: 'assisted', title: 'Assisted', isNumber: true },
          { id: 'none', title: 'Declared without', isNumber: true },
          { id: 'unknown', title: 'No mark', isNumber: true },
        ],
        rows: list.map(({ start, merged, classes }) => [
          formatDay(start, timeZone),
          merged,
          classes?.agent_authored ?? null,
          classes?.assisted ?? null,
          classes?.declared_none ?? null,
          classes?.unknown ?? null,
        ]),
      }),
  );
}

/** Drawn where enough people merged; a week that tells nothing of classes has a question mark. */
function adoptionChart(list: AiAdoptionAnswer['weeks'], timeZone: string): SafeHtml | null {
  const kinds = [
    ['assisted', 'Assisted'],
    ['agent_authored', 'By an agent'],
    ['declared_none', 'Declared without'],
    ['unknown', 'No mark'],
  ] as const;
  const chart = barChart({
    id: 'adoption-chart',
    title: 'Merged pull requests by mark',
    unit: 'count',
    timeZone,
    series: kinds.map(([kind, label]) => ({
      id: kind.replace('_', '-'),
      label,
      points: list.map(({ start, end, merged, classes }) => ({
        start,
        end,
        value: classes?.[kind] ?? null,
        sampleSize: merged,
      })),
    })),
  });
  return chart === null ? null : chartFigure(chart);
}

function caveats(sentences: readonly string[]): SafeHtml | null {
  const distinct = [...new Set(sentences)];
  if (distinct.length === 0) return null;
  return pageSection(
    { id: 'caveats', title: 'Read it with this' },
    html`<ul class="caveats">${distinct.map((sentence) => html`<li>${sentence}</li>`)}</ul>`,
  );
}

function hours(value: number | null): string | null {
  return value === null ? null : formatHours(value);
}
