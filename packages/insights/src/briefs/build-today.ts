import type { PullRequestSubject, SignalFinding, WorkItemSubject } from '@adjutant/core/domain';
import { countOf } from '../format.ts';
import { allFindings } from './all-findings.ts';
import { type BriefLine, lineOf, sectionOf } from './brief.ts';
import type { BriefDraft, BriefMoment } from './brief-draft.ts';
import { decisionLines } from './decision-lines.ts';
import { ruleCountLines } from './rule-counts.ts';
import { subjectLines } from './subject-lines.ts';
import { spokenHours } from '../signals/spoken-hours.ts';
import { type WorkPages, workPages } from './work-pages.ts';
import type { BriefReader } from './brief-reader.ts';

/** Returns what needs the viewer now: what waits for them first, then what is worst. */
export async function buildToday(handle: BriefReader, { now }: BriefMoment): Promise<BriefDraft> {
  const pages = await workPages(handle);
  const findings = await allFindings(handle);
  const personId = handle.viewer.kind === 'person' ? handle.viewer.personId : sponsorOf(handle);
  const mine = findings.filter(
    ({ assignedPersonId }) => personId !== null && assignedPersonId === personId,
  );
  const others = findings.filter((finding) => !mine.includes(finding));
  const lines = (list: readonly SignalFinding[]): BriefLine[] => subjectLines(list, pages);
  const grave = lines(
    others.filter(({ severity }) => severity === 'high' || severity === 'medium'),
  );
  const lesser = others.filter(({ severity }) => severity === 'low' || severity === 'info');
  return {
    title: 'What needs you today',
    window: { from: now - 86_400_000, to: now },
    sections: [
      sectionOf(
        'yours',
        'Waits for you',
        [
          ...(await decisionLines(handle)),
          ...lines(mine),
          ...(personId === null ? [] : await ownWorkLines(handle, personId, pages)),
        ],
        { most: 10, empty: 'Nothing waits for you.' },
      ),
      sectionOf(
        'severe',
        'Needs somebody now',
        grave.filter(({ severity }) => severity === 'high'),
        { empty: 'Nothing severe is open.' },
      ),
      sectionOf(
        'notable',
        'Worth a look',
        grave.filter(({ severity }) => severity === 'medium'),
        { empty: 'Nothing else stands out.' },
      ),
      // What matters least is counted, so that nothing is hidden and nothing drowns.
      sectionOf('lesser', 'Can wait', await ruleCountLines(handle, lesser, { severity: 'low' }), {
        empty: 'Nothing lesser is open.',
      }),
    ],
    notes: [],
  };
}

function sponsorOf({ viewer }: BriefReader): string | null {
  return viewer.kind === 'agent' ? viewer.sponsorPersonId : null;
}

/** What of one's own work cannot go on without oneself. */
async function ownWorkLines(
  handle: BriefReader,
  personId: string,
  pages: WorkPages,
): Promise<BriefLine[]> {
  const requests = await handle.signals.subjects('pull_request');
  const items = await handle.signals.subjects('work_item');
  return [
    ...requests
      .filter((request) => isTurnOf(request, personId))
      .map((request) => requestLine(request, pages)),
    ...items
      .filter((item) => item.assigneePersonId === personId && (item.overdueDays ?? 0) > 0)
      .map(overdueLine),
  ];
}

function isTurnOf(request: PullRequestSubject, personId: string): boolean {
  if (request.state !== 'open') return false;
  const isAuthors = request.waitingFor === 'author' || request.waitingFor === 'merge';
  return request.authorPersonId === personId && isAuthors;
}

function requestLine(request: PullRequestSubject, pages: WorkPages): BriefLine {
  const { id, key, title, repository, waitingSince, waitingWeekdayHours, evidence } = request;
  const forHow = waitingWeekdayHours === null ? '' : ` for ${spokenHours(waitingWeekdayHours)}`;
  const what =
    request.waitingFor === 'merge' ? 'is approved and waits to be merged' : 'waits for your answer';
  return lineOf({
    text: `Your pull request ${key} ${what}${forHow}.`,
    about: { id, key, title, url: pages.of(repository, key) },
    since: waitingSince,
    evidence,
  });
}

function overdueLine({ id, key, title, overdueDays, evidence }: WorkItemSubject): BriefLine {
  return lineOf({
    text: `${key} is yours and was due ${countOf(overdueDays ?? 0, 'day')} ago.`,
    about: { id, key, title, url: null },
    evidence,
  });
}
