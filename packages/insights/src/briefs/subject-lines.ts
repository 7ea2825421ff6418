import type { SignalFinding, SignalSubjectKind } from '@adjutant/core/domain';
import type { BriefLine } from './brief.ts';
import { findingLine } from './finding-line.ts';
import type { WorkPages } from './work-pages.ts';

const severityOrder = ['high', 'medium', 'low', 'info'] as const;

/** What hurts people outside comes before what hurts a team, and that before what waits in a queue. */
const urgencyOf: Readonly<Partial<Record<SignalSubjectKind, number>>> = {
  incident: 0,
  deployment_target: 1,
  pipeline: 1,
  chat_thread: 2,
  work_item: 3,
  sprint: 4,
  pull_request: 5,
};
const leastUrgent = 6;

/**
 * Returns a line for each subject of findings, the most urgent first: what several rules say of one
 * thing stands in one place. Where a severity is as bad the kind of thing decides, then how long it lasts.
 */
export function subjectLines(findings: readonly SignalFinding[], pages: WorkPages): BriefLine[] {
  const bySubject = Map.groupBy(findings.toSorted(worstFirst), ({ subjectId }) => subjectId);
  return [...bySubject.values()].map((ofOne) => {
    const lines = ofOne.map((finding) => findingLine(finding, pages));
    const [first] = lines;
    if (first === undefined) throw new RangeError('A group of findings is empty.');
    return {
      ...first,
      text: lines.map(({ text }) => text).join(' '),
      evidence: [...new Set(lines.flatMap(({ evidence }) => evidence))],
      suggestions: lines.flatMap(({ suggestions }) => suggestions),
    };
  });
}

function worstFirst(one: SignalFinding, other: SignalFinding): number {
  return (
    severityOrder.indexOf(one.severity) - severityOrder.indexOf(other.severity) ||
    (urgencyOf[one.subjectKind] ?? leastUrgent) - (urgencyOf[other.subjectKind] ?? leastUrgent) ||
    one.since - other.since ||
    (one.subjectKey < other.subjectKey ? -1 : 1)
  );
}
