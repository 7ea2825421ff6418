import type { SprintReport } from '@adjutant/core';
import type { SignalFinding, SprintSubject } from '@adjutant/core/domain';
import { countOf, formatDay, formatNumber, formatShare } from '../format.ts';
import { spokenHours } from '../signals/spoken-hours.ts';
import { allFindings } from './all-findings.ts';
import { type BriefLine, type BriefSection, lineOf, sectionOf } from './brief.ts';
import type { BriefDraft, BriefMoment } from './brief-draft.ts';
import { subjectLines } from './subject-lines.ts';
import { workPages } from './work-pages.ts';
import type { BriefReader } from './brief-reader.ts';

/** Returns how each running sprint stands: what was planned, what came in, what is at risk. */
export async function buildSprint(handle: BriefReader, { now }: BriefMoment): Promise<BriefDraft> {
  const pages = await workPages(handle);
  const sprints = await handle.signals.subjects('sprint');
  const findings = await allFindings(handle);
  const sections: BriefSection[] = [];
  for (const sprint of sprints) {
    const report = await handle.sprints.report(sprint.id);
    sections.push(
      sectionOf(
        `state-${sprint.id}`,
        `How ${sprint.key} stands`,
        stateLines(sprint, report, handle.timeZone),
        {
          most: 10,
        },
      ),
      sectionOf(
        `risk-${sprint.id}`,
        'At risk',
        subjectLines(atRisk(findings, sprint, report), pages),
        { most: 12, empty: 'Nothing in it is at risk by any rule.' },
      ),
      sectionOf(`open-${sprint.id}`, 'Not done yet', openLines(report), {
        most: 15,
        empty: 'Everything in it is done.',
      }),
    );
  }
  const starts = sprints.flatMap(({ startedAt }) => startedAt ?? []);
  return {
    title: 'Sprint health',
    window: { from: starts.length === 0 ? now : Math.min(...starts), to: now },
    sections:
      sections.length === 0
        ? [sectionOf('state', 'How it stands', [], { empty: 'No sprint is running.' })]
        : sections,
    notes: [],
  };
}

function stateLines(sprint: SprintSubject, report: SprintReport, timeZone: string): BriefLine[] {
  const ids = report.items.map(({ id }) => id);
  const evidence = [sprint.id, ...ids].slice(0, 200);
  const about = { id: sprint.id, key: sprint.key, title: sprint.title, url: null };
  const lines: BriefLine[] = [];
  // Its name is quoted once.
  const line = (text: string): BriefLine =>
    lineOf({ text, about: lines.length === 0 ? about : { ...about, title: null }, evidence });
  const { commitment, completed, added, carryOver } = report;
  if (sprint.elapsedShare !== null && sprint.plannedEndAt !== null) {
    const left = sprint.remainingHours ?? 0;
    const rest = left > 0 ? `, with ${spokenHours(left)} left` : '';
    const end = formatDay(sprint.plannedEndAt, timeZone);
    lines.push(
      line(`${formatShare(sprint.elapsedShare)} of its time is over${rest}; it ends on ${end}.`),
    );
  }
  if (commitment !== null && completed !== null) {
    const points = amountOfPoints(completed.points, commitment.points);
    lines.push(
      line(
        `${countOf(completed.items, 'item')} of ${commitment.items} planned and ${added?.items ?? 0} added ${completed.items === 1 ? 'is' : 'are'} done${points}.`,
      ),
    );
  }
  if (added !== null && added.items > 0 && report.addedShare.items !== null) {
    lines.push(
      line(
        `${countOf(added.items, 'item')} came in after the start: ${formatShare(report.addedShare.items)} of what was planned.`,
      ),
    );
  }
  if (carryOver !== null && carryOver.items > 0) {
    lines.push(
      line(
        `${countOf(carryOver.items, 'item')} ${carryOver.items === 1 ? 'is' : 'are'} still to be done.`,
      ),
    );
  }
  if (sprint.commitmentRatio !== null) {
    lines.push(
      line(
        `What was planned is ${formatNumber(sprint.commitmentRatio, 2)} times what the last closed sprints completed.`,
      ),
    );
  }
  return lines;
}

function amountOfPoints(done: number | null, planned: number | null): string {
  if (done === null || planned === null) return '';
  return ` (${formatNumber(done, 1)} of ${formatNumber(planned, 1)} planned points)`;
}

/** Findings on the sprint itself, and on what is in it. */
function atRisk(
  findings: readonly SignalFinding[],
  sprint: SprintSubject,
  report: SprintReport,
): SignalFinding[] {
  const items = new Set(report.items.map(({ id }) => id));
  return findings.filter(
    ({ subjectId, subjectKind }) =>
      subjectId === sprint.id || (subjectKind === 'work_item' && items.has(subjectId)),
  );
}

function openLines(report: SprintReport): BriefLine[] {
  return report.items
    .filter(({ outcome, scope }) => outcome === 'carried_over' && scope !== 'not_counted')
    .map(({ id, key, title, scope }) =>
      lineOf({
        text: `${key} is not done${scope === 'added' ? ' and was added later' : ''}.`,
        about: { id, key, title, url: null },
        evidence: [id],
      }),
    );
}
