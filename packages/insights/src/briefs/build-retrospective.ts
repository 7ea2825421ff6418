import type { SprintReport } from '@adjutant/core';
import type { SignalFinding, Window } from '@adjutant/core/domain';
import { countOf, formatNumber, formatShare } from '../format.ts';
import { spokenHours } from '../signals/spoken-hours.ts';
import { allFindings } from './all-findings.ts';
import { type BriefLine, type BriefSection, lineOf, sectionOf } from './brief.ts';
import type { BriefDraft, BriefMoment } from './brief-draft.ts';
import { ruleTitles } from './rule-counts.ts';
import { resolvedIncidentLines } from './work-lines.ts';
import { workPages } from './work-pages.ts';
import type { BriefReader } from './brief-reader.ts';

const twoWeeksMs = 14 * 86_400_000;
const hourMs = 3_600_000;

/** Returns the facts of the last closed sprint, or of two weeks where none is kept: figures and causes, no verdict. */
export async function buildRetrospective(
  handle: BriefReader,
  { now, from }: BriefMoment,
): Promise<BriefDraft> {
  const sprint = from === undefined ? await lastClosedSprint(handle) : null;
  const window: Window = sprint?.window ?? { from: from ?? now - twoWeeksMs, to: now };
  const pages = await workPages(handle);
  const findings = [
    ...(await allFindings(handle)),
    ...(await allFindings(handle, { state: 'resolved' })),
  ].filter(({ since, resolvedAt }) => since < window.to && (resolvedAt ?? now) >= window.from);
  return {
    title: 'Facts for a retrospective',
    window,
    sections: [
      sprintSection(sprint),
      sectionOf('kinds', 'What stood in the way', await kindLines(handle, findings, window, now), {
        most: 10,
        empty: 'No rule found anything in this time.',
      }),
      sectionOf('incidents', 'Incidents', await resolvedIncidentLines(handle, window, pages), {
        empty: 'No incident ended in this time.',
      }),
    ],
    notes: ['What went well', 'What we change', 'Who sees to it'],
  };
}

async function lastClosedSprint(handle: BriefReader): Promise<SprintReport | null> {
  const { items } = await handle.sprints.list({ limit: 200 });
  const closed = items.find(({ state }) => state === 'closed');
  return closed === undefined ? null : handle.sprints.report(closed.id);
}

function sprintSection(report: SprintReport | null): BriefSection {
  const empty = 'No closed sprint is known.';
  if (report === null) return sectionOf('sprint', 'The sprint', [], { empty });
  const evidence = [report.sprint.id, ...report.items.map(({ id }) => id)].slice(0, 200);
  const about = { id: report.sprint.id, key: 'sprint', title: report.sprint.name, url: null };
  const { commitment, completed, added, removed, carryOver, reliability } = report;
  const texts = [
    commitment === null
      ? null
      : `${countOf(commitment.items, 'item')} ${commitment.items === 1 ? 'was' : 'were'} planned${points(commitment.points)}.`,
    completed === null
      ? null
      : `${countOf(completed.items, 'item')} ${completed.items === 1 ? 'was' : 'were'} done${points(completed.points)}.`,
    reliability.items === null
      ? null
      : `${formatShare(reliability.items)} of what was planned was done.`,
    added === null || added.items === 0 ? null : `${countOf(added.items, 'item')} came in later.`,
    removed === null || removed.items === 0
      ? null
      : `${countOf(removed.items, 'item')} ${removed.items === 1 ? 'was' : 'were'} taken out.`,
    carryOver === null || carryOver.items === 0
      ? null
      : `${countOf(carryOver.items, 'item')} went on into the next.`,
  ];
  const lines = texts
    .filter((text) => text !== null)
    .map((text, place) =>
      // Its name is quoted once.
      lineOf({ text, about: place === 0 ? about : { ...about, title: null }, evidence }),
    );
  return sectionOf('sprint', 'The sprint', lines, { most: 10, empty });
}

function points(value: number | null): string {
  return value === null ? '' : ` (${formatNumber(value, 1)} points)`;
}

/** How often each rule found something and for how long in all, the longest first. */
async function kindLines(
  handle: BriefReader,
  findings: readonly SignalFinding[],
  window: Window,
  now: number,
): Promise<BriefLine[]> {
  const titles = await ruleTitles(handle);
  const kinds = [...Map.groupBy(findings, ({ ruleId }) => ruleId)].map(([ruleId, found]) => {
    const hours = found.reduce((sum, finding) => sum + hoursWithin(finding, window, now), 0);
    return { ruleId, found, hours };
  });
  return kinds
    .toSorted((one, other) => other.hours - one.hours || (one.ruleId < other.ruleId ? -1 : 1))
    .map(({ ruleId, found, hours }) =>
      lineOf({
        text: `${titles.get(ruleId) ?? ruleId}: ${countOf(found.length, 'finding')}, ${spokenHours(hours)} in all.`,
        evidence: found.map(({ id }) => id).slice(0, 50),
      }),
    );
}

function hoursWithin({ since, resolvedAt }: SignalFinding, window: Window, now: number): number {
  const end = Math.min(resolvedAt ?? now, window.to);
  return Math.max(0, end - Math.max(since, window.from)) / hourMs;
}
