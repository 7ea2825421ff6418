import type { SignalFinding } from '@adjutant/core/domain';
import { allFindings } from './all-findings.ts';
import { type BriefLine, lineOf, sectionOf } from './brief.ts';
import type { BriefDraft, BriefMoment } from './brief-draft.ts';
import { decisionLines } from './decision-lines.ts';
import { findingLine } from './finding-line.ts';
import { workPages } from './work-pages.ts';
import type { BriefReader } from './brief-reader.ts';

const dayMs = 86_400_000;

/** A meeting as a host's calendar tells of it. */
export interface Meeting {
  title: string;
  /** @unit epoch milliseconds */
  startsAt: number;
  /** When the same people last met; a week before unless told. @unit epoch milliseconds */
  previousAt?: number | undefined;
}

/** Asks a host's calendar; null where there is no such meeting. */
export type FindMeeting = (query: { now: number; name: string | null }) => Promise<Meeting | null>;

/** Returns what a meeting has to talk about, what became of last time's, and headings for notes. */
export async function buildAgenda(
  handle: BriefReader,
  { now, from }: BriefMoment,
  meeting: Meeting | null,
): Promise<BriefDraft> {
  const since = from ?? meeting?.previousAt ?? now - 7 * dayMs;
  const pages = await workPages(handle);
  const open = await allFindings(handle);
  const resolved = await allFindings(handle, { state: 'resolved' });
  const lines = (list: readonly SignalFinding[]): BriefLine[] =>
    list.map((finding) => findingLine(finding, pages));
  const assigned = open.filter(({ assignedPersonId }) => assignedPersonId !== null);
  const fresh = open.filter(
    (finding) =>
      !assigned.includes(finding) && (finding.severity === 'high' || finding.severity === 'medium'),
  );
  const settled = resolved.filter(
    ({ assignedPersonId, resolvedAt }) => assignedPersonId !== null && (resolvedAt ?? 0) >= since,
  );
  return {
    title: meeting === null ? 'Agenda' : 'Agenda of a meeting',
    window: { from: since, to: now },
    sections: [
      sectionOf('decisions', 'To decide', await decisionLines(handle), {
        empty: 'No decision waits.',
      }),
      sectionOf('follow-ups', 'From last time, still open', lines(assigned), {
        most: 10,
        empty: 'Nothing that somebody took on is open.',
      }),
      sectionOf('settled', 'From last time, settled', settled.map(settledLine), {
        most: 10,
        empty: 'Nothing that somebody took on ended since.',
      }),
      sectionOf('new', 'To talk about', lines(fresh), {
        most: 10,
        empty: 'Nothing else stands out.',
      }),
    ],
    notes: ['Decisions', 'Who does what until when', 'Open questions'],
  };
}

function settledLine(finding: SignalFinding): BriefLine {
  return lineOf({
    text: `Over: ${finding.sentence}`,
    about: {
      id: finding.subjectId,
      key: finding.subjectKey,
      title: finding.subjectTitle,
      url: null,
    },
    since: finding.resolvedAt,
    evidence: finding.evidence.length === 0 ? [finding.subjectId] : finding.evidence,
    findingId: finding.id,
  });
}
