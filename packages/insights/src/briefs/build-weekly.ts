import type { MetricComparison } from '@adjutant/core';
import type { SignalFinding, Window } from '@adjutant/core/domain';
import { AdjutantError, dayOf, startOfDay, weekdayOf } from '@adjutant/core/ports';
import { formatFigure } from '../format.ts';
import { allFindings } from './all-findings.ts';
import { type BriefLine, lineOf, sectionOf } from './brief.ts';
import type { BriefDraft, BriefMoment } from './brief-draft.ts';
import { cameUpAmong } from './came-up.ts';
import { ruleCountLines } from './rule-counts.ts';
import { subjectLines } from './subject-lines.ts';
import { resolvedIncidentLines } from './work-lines.ts';
import { type WorkPages, workPages } from './work-pages.ts';
import type { BriefReader } from './brief-reader.ts';

const dayMs = 86_400_000;

/** The figures of a week, in the order in which they are told. */
const weeklyMetrics = [
  'throughput',
  'work_item_throughput',
  'lead_time_for_changes',
  'pull_request_cycle_time',
  'time_to_first_response',
  'deployment_frequency',
  'change_fail_rate',
  'failed_deployment_recovery_time',
  'build_success_rate',
] as const;

const changeWords: Readonly<Record<MetricComparison['change'], string>> = {
  rose: 'it rose',
  fell: 'it fell',
  no_detectable_change: 'no detectable change',
  unknown: 'too little to compare',
};

/** Returns the last full week beside the one before it, and what came up and went in it. */
export async function buildWeekly(
  handle: BriefReader,
  { now, from }: BriefMoment,
): Promise<BriefDraft> {
  const window =
    from === undefined
      ? lastFullWeek(now, handle.timeZone)
      : { from, to: aWeekAfter(from, handle.timeZone) };
  const pages = await workPages(handle);
  const open = await allFindings(handle);
  const resolved = await allFindings(handle, { state: 'resolved' });
  const inWeek = (at: number | null): boolean => at !== null && at >= window.from && at < window.to;
  const cameUpAt = cameUpAmong([...open, ...resolved]);
  const lines = (list: readonly SignalFinding[]): BriefLine[] => subjectLines(list, pages);
  return {
    title: 'The week',
    window,
    sections: [
      sectionOf('figures', 'Figures', await figureLines(handle, window), {
        most: weeklyMetrics.length,
        empty: 'No figure is known for this week.',
      }),
      sectionOf('incidents', 'Incidents', await resolvedIncidentLines(handle, window, pages), {
        empty: 'No incident ended in this week.',
      }),
      sectionOf('came-up', 'Came up', lines(open.filter((finding) => inWeek(cameUpAt(finding)))), {
        empty: 'Nothing that is still open came up.',
      }),
      sectionOf('longest', 'Open for longest', longestOpen(open, pages, window, cameUpAt), {
        most: 5,
        empty: 'Nothing has been open since before the week.',
      }),
      sectionOf(
        'over',
        'Is over',
        await ruleCountLines(
          handle,
          resolved.filter(({ resolvedAt }) => inWeek(resolvedAt)),
        ),
        {
          empty: 'Nothing that was open ended.',
        },
      ),
    ],
    notes: [],
  };
}

/** The same time of day a week later: a week in which the clocks change is an hour shorter or longer. */
function aWeekAfter(from: number, timeZone: string): number {
  const day = dayOf(from, timeZone);
  const after = new Date(Date.parse(`${day}T00:00:00Z`) + 7 * dayMs).toISOString().slice(0, 10);
  return startOfDay(after, timeZone) + (from - startOfDay(day, timeZone));
}

/** The seven days that ended with the last Sunday, in the zone. */
function lastFullWeek(now: number, timeZone: string): Window {
  const today = dayOf(now, timeZone);
  const sinceMonday = weekdayOf(today) - 1;
  const day = (back: number): string =>
    new Date(Date.parse(`${today}T00:00:00Z`) - back * dayMs).toISOString().slice(0, 10);
  return {
    from: startOfDay(day(sinceMonday + 7), timeZone),
    to: startOfDay(day(sinceMonday), timeZone),
  };
}

async function figureLines(handle: BriefReader, window: Window): Promise<BriefLine[]> {
  const known = new Set(handle.listMetrics().map(({ id }) => id));
  const lines: BriefLine[] = [];
  for (const metricId of weeklyMetrics.filter((id) => known.has(id))) {
    const line = await figureLine(handle, metricId, window);
    if (line !== null) lines.push(line);
  }
  return lines;
}

async function figureLine(
  handle: BriefReader,
  metricId: string,
  window: Window,
): Promise<BriefLine | null> {
  const before = { from: window.from - (window.to - window.from), to: window.from };
  const title = handle.listMetrics().find(({ id }) => id === metricId)?.title ?? metricId;
  try {
    const compared = await handle.compareMetric({ metricId, before, after: window });
    const { after, unit, change } = compared;
    if (after.value === null) return null;
    const told = formatFigure(compared.before.value, unit);
    return lineOf({
      text: `${title}: ${formatFigure(after.value, unit)}, the week before ${told} (n ${after.sampleSize}; ${changeWords[change]}).`,
      evidence: [`citation:${after.citationId}`, `citation:${compared.before.citationId}`],
    });
  } catch (error) {
    // A figure that cannot be compared for this viewer is left out, not guessed.
    if (AdjutantError.isInstance(error) && error.code !== 'Internal') return null;
    throw error;
  }
}

function longestOpen(
  open: readonly SignalFinding[],
  pages: WorkPages,
  window: Window,
  cameUpAt: (finding: SignalFinding) => number,
): BriefLine[] {
  const before = open.filter(
    (finding) => cameUpAt(finding) < window.from && finding.severity !== 'info',
  );
  return subjectLines(before, pages).toSorted(
    (one, other) => (one.since ?? 0) - (other.since ?? 0),
  );
}
